package cli_test

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

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

// stand is a desk with the real keyring, where one shop's key of a rotating market hangs.
type stand struct {
	*desk
	market rotating
	name   string
	id     string
	locks  string // the folder of all locks of this user
}

// newStand connects the shop. kind is the market's.
func newStand(t *testing.T, kind func(*desk) rotating) *stand {
	t.Helper()
	d := bareDesk(t, keyringtest.Ready)
	me, err := user.Current()
	if err != nil {
		t.Fatal(err)
	}
	s := &stand{desk: d, market: kind(d), name: "pots", locks: filepath.Join(me.HomeDir, ".local/state/valetkey/locks")}
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
	p := s.start(args...)
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

// stored is what the keyring's item says of a key.
type stored struct {
	Generation string
	Ended      string
	Pending    struct{ Token string }
}

// item reads a key's item with the system's own tool.
func (s *stand) item(id string) (read stored) {
	s.t.Helper()
	text, err := s.tool("lookup", "service", "valetkey", "username", id)
	if err == nil {
		err = json.Unmarshal(text, &read)
	}
	if err != nil {
		s.t.Errorf("the item in the keyring: %v", err)
	}
	return read
}

// strays gives the items that belong to no key and no app key of the index.
func (s *stand) strays() (names []string) {
	s.t.Helper()
	text, _ := s.tool("search", "--all", "service", "valetkey") // nothing found is an error
	index, err := os.ReadFile(s.state("index.json"))
	if err != nil {
		s.t.Error(err)
	}
	for line := range strings.Lines(string(text)) {
		name, found := strings.CutPrefix(strings.TrimSpace(line), "attribute.username = ")
		if found && !strings.Contains(string(index), fmt.Sprintf("%q", name)) {
			names = append(names, name)
		}
	}
	return names
}

// tool runs secret-tool against the keyring of this desk. It tells attributes on standard error.
func (s *stand) tool(args ...string) ([]byte, error) {
	cmd := exec.Command("secret-tool", args...)
	cmd.Env = s.env
	if args[0] == "search" {
		return cmd.CombinedOutput()
	}
	return cmd.Output()
}
