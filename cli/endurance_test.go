package cli_test

import (
	"encoding/json"
	"flag"
	"os"
	"os/user"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"valetkey/keystore"
	"valetkey/keystore/keyringtest"
)

// endurance is for the crowd and the kills in full number; an ordinary run takes a sample.
var endurance = flag.Bool("endurance", false, "crowds and kills in full number: some minutes")

// many gives few in an ordinary run, and all with -endurance.
func many(few, all int) int {
	if *endurance {
		return all
	}
	return few
}

// life is what the markets of these tests give an access token, unless a test says otherwise. A verb that asks for all of it
// refreshes whatever is left.
const (
	life    = time.Hour
	allLife = "60m"
)

// stand is a desk with the real keyring, or the locked file, where one shop's key of a rotating market hangs.
type stand struct {
	*desk
	file   *keystore.Vault // nil where the keys are in the keyring
	market rotating
	name   string
	id     string
	locks  string // the folder of all locks of this user
}

// newStand connects the shop. kind is the market's. The keys are in the keyring.
func newStand(t *testing.T, kind func(*desk) rotating) *stand {
	t.Helper()
	return hang(&stand{desk: bareDesk(t, keyringtest.Ready)}, kind)
}

// hang connects the shop of a stand.
func hang(s *stand, kind func(*desk) rotating) *stand {
	t := s.t
	t.Helper()
	me, err := user.Current()
	if err != nil {
		t.Fatal(err)
	}
	s.market, s.name, s.locks = kind(s.desk), "pots", filepath.Join(me.HomeDir, ".local/state/valetkey/locks")
	s.market.life(life)
	s.consented(0, "connect", s.market.provider(), "--no-browser", "--name", s.name)
	s.id = s.listed(s.name).ID
	t.Cleanup(func() { // what the killed left beside the locks is in the person's real home
		left, _ := filepath.Glob(filepath.Join(s.locks, s.id+".*"))
		for _, path := range left {
			os.Remove(path)
		}
	})
	return s
}

// consented runs a verb that asks for consent, gives it, and wants that exit status.
func (s *stand) consented(want int, args ...string) {
	s.t.Helper()
	secret := s.market.secret()
	asked := secret != "" && args[0] == "connect"
	if asked {
		args = append(args, "--secret-stdin")
	}
	p := s.start(args...)
	if asked {
		p.feed(secret)
	}
	consent, err := p.line(1)
	if err == nil {
		err = s.market.allow(consent)
	}
	if status, _, words, waited := p.wait(); err != nil || waited != nil || status != want {
		s.t.Errorf("%s: %v, %v, exit status %d: %s", strings.Join(args, " "), err, waited, status, words)
	}
}

// state is a file of the program's state folder.
func (s *stand) state(name string) string {
	return filepath.Join(s.home, ".local/state/valetkey", name)
}

// line is what the index says of a key.
type line struct {
	ID            string    `json:"id"`
	Name          string    `json:"name"`
	Status        string    `json:"status"`
	Generation    string    `json:"generation"`
	AccessExpires time.Time `json:"access_expires"`
}

// index reads the index file.
func (s *stand) index() (lines []line) {
	s.t.Helper()
	var read struct {
		Connections []line `json:"connections"`
	}
	text, err := os.ReadFile(s.state("index.json"))
	if err == nil {
		err = json.Unmarshal(text, &read)
	}
	if err != nil {
		s.t.Errorf("the index: %v", err)
	}
	return read.Connections
}

// listed gives the line of the key called name, an empty one if there is none.
func (s *stand) listed(name string) line {
	s.t.Helper()
	lines := s.index()
	if at := slices.IndexFunc(lines, func(l line) bool { return l.Name == name }); at >= 0 {
		return lines[at]
	}
	return line{}
}
