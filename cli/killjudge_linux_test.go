package cli_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// view is what can be seen from outside of a key and of its market.
type view struct {
	item    stored
	indexed string // the generation that the index says
	second  string // id of the key that is being connected, "" while there is none
	strays  []string
	account account
}

func (s *stand) look() view {
	return view{
		item: s.item(s.id), indexed: s.listed(s.name).Generation, second: s.listed("second").ID,
		strays: s.strays(), account: s.market.account(),
	}
}

// locked reports whether a lock's file is left: nobody has given the lock back.
func (s *stand) locked(id string) bool {
	_, err := os.Stat(filepath.Join(s.locks, id+".lock"))
	return err == nil
}

// reached tells how far the killed verb had come.
func (s *stand) reached(verb string, before view) boundary {
	now := s.look()
	key, saved, indexed := s.id, now.item.Generation != before.item.Generation, now.indexed != before.indexed
	if act(verb) == "connect" {
		key, saved, indexed = now.second, now.second != "" || len(now.strays) > len(before.strays), now.second != ""
	}
	switch {
	case saved && indexed && !s.locked(key):
		return unlocked
	case saved && indexed:
		return indexSaved
	case saved:
		return recordSaved
	case now.account.rotated != before.account.rotated:
		return answered
	case now.account.asked != before.account.asked && now.account.asked != "":
		return sent
	case now.item.Pending.Token != "":
		return noteSaved
	case s.locked(s.id):
		return lockTaken
	}
	return early
}

// verdict is what a kill cost.
type verdict struct{ told, strays int }

// judge uses the key as if nothing had happened, and says what was lost. Anything but a key that works, or a loss that is
// told where there may be one, fails the test.
func (s *stand) judge(verb string, mayLose bool) (v verdict) {
	if act(verb) == "connect" {
		v.strays = s.settleSecond()
	}
	status, _, words := s.run([]string{"token", s.name})
	if status == 0 {
		status, _, words = s.run([]string{"token", s.name, "--min", allLife})
	} else if s.item(s.id).Ended == "" { // the token is good for an hour, whatever became of the next one
		s.t.Errorf("a plain token: exit status %d: %s", status, words)
	}
	if status == 3 && mayLose {
		s.mourn(words)
		v.told++
	} else if status != 0 {
		s.t.Errorf("the key does not work: exit status %d: %s", status, words)
	}
	s.inOrder(s.name)
	return v
}

// mourn wants the loss of the key to be told in its own sentence, at once and from then on, and connects anew.
func (s *stand) mourn(words string) {
	sentence := fmt.Sprintf("The key to “%s” was lost while it was being renewed.\n", s.name)
	status, out, again := s.run([]string{"token", s.name})
	if !strings.HasPrefix(words, sentence) || !strings.HasPrefix(again, sentence) || status != 3 || out != "" {
		s.t.Errorf("the loss was told so: %s\nand then, with exit status %d: %s", words, status, again)
	}
	s.consented(0, "reconnect", s.name, "--no-browser")
}

// inOrder wants a key that the market takes, that list and show agree on, with nothing under way.
func (s *stand) inOrder(name string) {
	if status, _, words := s.run([]string{"check", name}); status != 0 {
		s.t.Errorf("the market does not take the token: exit status %d: %s", status, words)
	}
	for _, verb := range [][]string{{"list", "--json"}, {"show", name, "--json"}} {
		if status, out, words := s.run(verb); status != 0 || !strings.Contains(out, `"status": "connected"`) {
			s.t.Errorf("%s: exit status %d: %s%s", verb[0], status, out, words)
		}
	}
	line := s.listed(name)
	item := s.item(line.ID)
	if item.Generation != line.Generation || item.Pending.Token != "" || item.Ended != "" {
		s.t.Errorf("the index says %+v, and the keyring %+v", line, item)
	}
	if s.locked(line.ID) {
		s.t.Error("the lock was not given back")
	}
}

// settleSecond uses the key that was being connected, if there is one, and forgets it; or counts what is left of it in the
// keyring, and clears that away.
func (s *stand) settleSecond() (strays int) {
	s.must([]string{"list"}) // whatever the program can put in order by itself, it may
	if s.listed("second").ID != "" {
		if status, _, words := s.run([]string{"token", "second", "--min", allLife}); status != 0 {
			s.t.Errorf("the key that was listed: exit status %d: %s", status, words)
		}
		s.inOrder("second")
		s.must([]string{"forget", "second"})
	}
	left := s.strays()
	for _, name := range left {
		s.clear(name)
	}
	return len(left)
}
