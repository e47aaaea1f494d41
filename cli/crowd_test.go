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

// TestCrowd lets a crowd of programs ask for a token that is stale, again and again, while another program watches the index
// and a third connects another shop. The provider ends the family of a refresh token that it sees twice, so a race costs the
// key.
func TestCrowd(t *testing.T) {
	for name, kind := range map[string]func(*desk) rotating{"practice": inPractice, "strict": behindGate} {
		t.Run(name, func(t *testing.T) {
			s := newStand(t, kind)
			if name == "strict" { // another shop is connected at the practice market
				s.practiceKey("http://127.0.0.1:0/oauth/redirect")
			}
			eye := watchIndex(s)
			var c crowd
			rounds := many(2, 20)
			for range rounds {
				c.round(s)
				seen := s.listed(s.name).AccessExpires
				keyringtest.Until(t, "the watching program to see the renewal", func() bool {
					shown, err := eye.Find(s.name)
					return err == nil && shown.AccessExpires.Equal(seen)
				})
			}
			t.Logf("%s: %d rounds of %d at once: %d of %d succeeded, %d refreshes, %d rounds with more than one token, %d families ended; longest round %s",
				name, rounds, crowdSize, c.succeeded, rounds*crowdSize, c.refreshes, c.divided, s.market.account().ended, c.longest.Round(time.Millisecond))
			if c.succeeded != rounds*crowdSize || c.refreshes != rounds || c.divided > 0 || s.market.account().ended > 0 {
				t.Error("want all to succeed with one refresh and one token a round")
			}
		})
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
	succeeded, refreshes, divided int
	longest                       time.Duration
}

// round makes the token stale and lets the crowd in.
func (c *crowd) round(s *stand) {
	s.t.Helper()
	expires := s.stale()
	waiting := s.crowd()
	other := s.start("connect", "practice", "--no-browser", "--name", "other")
	consent, err := other.line(1)
	if err != nil {
		s.t.Fatal(err)
	}
	keyringtest.Until(s.t, "the token to be stale", func() bool { return time.Now().After(expires) })

	before, start := s.market.won(), time.Now()
	s.release(waiting)
	if err := newBrowser().consent(consent, fmt.Sprint(anotherShop), "allow"); err != nil {
		s.t.Error(err)
	}
	tokens := c.gather(s, waiting)
	c.longest = max(c.longest, time.Since(start))
	if status, _, words, err := other.wait(); status != 0 || err != nil {
		s.t.Errorf("the program that connects another shop: exit status %d, %v: %s", status, err, words)
	}
	won := s.market.won() - before
	c.refreshes += won
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
func (s *stand) crowd() []*process {
	s.t.Helper()
	shell, err := exec.LookPath("sh")
	if err != nil {
		s.t.Fatal(err)
	}
	waiting := make([]*process, crowdSize)
	for i := range waiting {
		if waiting[i], err = start(s.home, s.env, shell, "-c", "read -r word && exec valetkey token "+s.name); err != nil {
			s.t.Fatal(err)
		}
		s.t.Cleanup(waiting[i].kill)
	}
	return waiting
}

// release says the word to all.
func (s *stand) release(waiting []*process) {
	for _, p := range waiting {
		if err := p.feed("go"); err != nil {
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
