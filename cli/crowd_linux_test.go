package cli_test

import (
	"fmt"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"valetkey/keystore"
	"valetkey/keystore/keyringtest"
	"valetkey/valet"
)

// crowdSize is how many programs ask for the same stale token at once.
const crowdSize = 50

// TestCrowd lets a crowd of programs ask for a token that is stale, again and again, while the window is open or another
// program watches the index as it does, and one more connects another shop. The provider ends the family of a refresh token
// that it sees twice, so a race costs the key.
func TestCrowd(t *testing.T) {
	for name, kind := range kinds(map[string]func(*desk) rotating{"practice": inPractice, "strict": behindGate}) {
		t.Run(name, func(t *testing.T) {
			s := newStand(t, kind)
			if name != "practice" { // another shop is connected at the practice market
				s.practiceKey("http://127.0.0.1:0/oauth/redirect")
			}
			c := crowd{size: crowdSize, rounds: many(2, 20)}
			if *windowProgram != "" {
				c.beside = openWindow(s)
			}
			c.carryOut(s)
		})
	}
}

// TestCrowdAtTheLockedFile: programs that all unlock the file and want its stale key in the same moment.
func TestCrowdAtTheLockedFile(t *testing.T) {
	s := newFileStand(t, behindGate)
	s.practiceKey("http://127.0.0.1:0/oauth/redirect")
	c := crowd{size: 8, rounds: many(1, 5)}
	c.carryOut(s)
}

// carryOut is all rounds, and what came of them.
func (c *crowd) carryOut(s *stand) {
	eye, ended := watchIndex(s), s.market.account().ended
	for n := range c.rounds {
		c.round(s, n)
		seen := s.listed(s.name).AccessExpires
		keyringtest.Until(s.t, "the watching program to see the renewal", func() bool {
			shown, err := eye.Find(s.name)
			return err == nil && shown.AccessExpires.Equal(seen)
		})
	}
	ended = s.market.account().ended - ended
	s.t.Logf("%s: %d rounds of %d at once: %d of %d succeeded, %d refreshes, %d rounds with more than one token, %d families ended; longest round %s",
		s.t.Name(), c.rounds, c.size, c.succeeded, c.rounds*c.size, c.refreshes, c.divided, ended, c.longest.Round(time.Millisecond))
	if c.succeeded != c.rounds*c.size || c.refreshes != c.rounds || c.divided > 0 || ended > 0 {
		s.t.Error("want all to succeed with one refresh and one token a round")
	}
	if c.beside != nil {
		c.beside.agrees()
	}
}

// watchIndex is what an open window does: it follows the index.
func watchIndex(s *stand) *valet.Valet {
	v := valet.New(valet.Options{
		Folders: valet.Folders{Config: filepath.Join(s.home, ".config/valetkey"), State: s.state("")},
		Keyring: keystore.NewMemory(new(keystore.Locks)),
	})
	ended := make(chan error, 1)
	go func() { ended <- v.Run(s.t.Context()) }()
	s.t.Cleanup(func() {
		if err := <-ended; err != nil {
			s.t.Error(err)
		}
	})
	return v
}

// crowd counts what came of all rounds.
type crowd struct {
	size, rounds int
	beside       *window // that is open meanwhile; nil: none is

	succeeded, refreshes, divided int
	longest                       time.Duration
}

// round makes the token stale and lets the crowd in. A window that is open would always be first, as it renews ahead of need;
// so it sleeps in every second round until the crowd goes, and wakes to the same stale token.
func (c *crowd) round(s *stand, n int) {
	s.t.Helper()
	before := s.market.won()
	c.beside.sleep()
	expires := s.stale()
	if n%2 == 0 {
		c.beside.wake()
	}
	waiting := s.crowd(c.size)
	other := s.start("connect", "practice", "--no-browser", "--name", "other")
	consent, err := other.line(1)
	if err != nil {
		s.t.Fatal(err)
	}
	keyringtest.Until(s.t, "the token to be stale", func() bool { return time.Now().After(expires) })

	start := time.Now()
	c.beside.wake()
	s.release(waiting)
	if err := newBrowser().consent(consent, fmt.Sprint(anotherShop), "allow"); err != nil {
		s.t.Error(err)
	}
	tokens := c.gather(s, waiting)
	c.longest = max(c.longest, time.Since(start))
	if status, _, words, err := other.wait(); status != 0 || err != nil {
		s.t.Errorf("the program that connects another shop: exit status %d, %v: %s", status, err, words)
	}
	c.refreshes += s.market.won() - before
	if len(tokens) != 1 {
		c.divided++
	}
}

// stale renews the key for a second, and tells when that is over; the next token is a long one again.
func (s *stand) stale() (expires time.Time) {
	s.t.Helper()
	s.market.life(time.Second)
	s.must([]string{"refresh", s.name})
	s.market.life(life)
	return s.listed(s.name).AccessExpires
}

// crowd starts programs that wait for a word, so that they all go at once.
func (s *stand) crowd(size int) []*process {
	s.t.Helper()
	shell, err := exec.LookPath("sh")
	if err != nil {
		s.t.Fatal(err)
	}
	command := "read -r word && exec valetkey token " + s.name
	if s.phrase != "" {
		command += " --passphrase-stdin"
	}
	waiting := make([]*process, size)
	for i := range waiting {
		if waiting[i], err = start(s.home, s.env, shell, "-c", command); err != nil {
			s.t.Fatal(err)
		}
		s.t.Cleanup(waiting[i].kill)
	}
	return waiting
}

// release says the word to all.
func (s *stand) release(waiting []*process) {
	for _, p := range waiting {
		err := p.feed("go")
		if err == nil && s.phrase != "" {
			err = p.feed(s.phrase)
		}
		if err != nil {
			s.t.Error(err)
		}
	}
}

// gather waits for all and gives the tokens that they printed.
func (c *crowd) gather(s *stand, waiting []*process) map[string]int {
	tokens := map[string]int{}
	for _, p := range waiting {
		status, out, words, err := p.wait()
		token, whole := strings.CutSuffix(out, "\n")
		if status != 0 || err != nil || !whole || token == "" || strings.Contains(token, "\n") {
			s.t.Errorf("exit status %d, %v, %d bytes on standard output: %s", status, err, len(out), words)
			continue
		}
		c.succeeded++
		tokens[token]++
	}
	return tokens
}
