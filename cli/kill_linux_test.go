package cli_test

import (
	"fmt"
	"os/exec"
	"strings"
	"testing"
)

// blow is what kills a verb: the n-th call of a name in any of its threads, or the first on path if there is one, or, without
// a call, a moment at the market's gate. The call itself is not made any more.
type blow struct {
	call   string
	path   string // "locks/" and "state/" begin our two folders, KEY stands for the key's id
	n      int
	moment moment
}

// String tells a blow from others in a message.
func (b blow) String() string {
	if b.call == "" {
		return fmt.Sprintf("at moment %d of the token request", b.moment)
	}
	if b.path != "" {
		return "before " + b.call + " of " + b.path
	}
	return fmt.Sprintf("before the %d. %s", b.n, b.call)
}

// calls are those by which a verb changes anything outside itself, and those that let go of what it had.
var calls = []string{
	"openat", "write", "sendmsg", "sendto", "mkdirat", "renameat", "renameat2", "linkat", "unlinkat", "flock", "fsync", "fchmodat",
	"ftruncate", "connect", "close", "exit_group",
}

// aim brings a blow to where its boundary is.
var (
	atRefresh = map[boundary]blow{
		lockTaken:   {call: "renameat", path: "locks/KEY.holder"},
		noteSaved:   {call: "openat", path: "state/practice.json.lock"},
		sent:        {call: "renameat", path: "state/practice.json"},
		answered:    {call: "close", path: "state/practice.json.lock"},
		recordSaved: {call: "openat", path: "locks/index.lock"},
		indexSaved:  {call: "unlinkat", path: "locks/KEY.holder"},
		unlocked:    {call: "exit_group", n: 1},
	}
	atStrictRefresh = map[boundary]blow{
		lockTaken:   atRefresh[lockTaken],
		sent:        {moment: received},
		answered:    {moment: turned},
		responding:  {moment: responded},
		recordSaved: atRefresh[recordSaved],
		indexSaved:  atRefresh[indexSaved],
		unlocked:    atRefresh[unlocked],
	}
	atRetry = map[boundary]blow{
		sent:        atRefresh[sent],
		answered:    atRefresh[answered],
		recordSaved: atRefresh[recordSaved],
	}
	atReconnect = map[boundary]blow{
		answered:    atRefresh[lockTaken], // a code is exchanged before the key is locked
		recordSaved: {call: "renameat", path: "state/index.json"},
		indexSaved:  atRefresh[indexSaved],
		unlocked:    atRefresh[unlocked],
	}
	atConnect = map[boundary]blow{ // the sweep comes to where the record is saved: no path is touched for the first time there
		answered:   atReconnect[recordSaved], // the note that a key is being kept
		indexSaved: {call: "unlinkat", path: "locks/index.holder"},
		unlocked:   atRefresh[unlocked],
	}
)

// TestKill kills the program at every point of a refresh, of a new connection and of a reconnection, and uses the key as if
// nothing had happened. The market ends the family of a refresh token that it sees twice. With the locked file it is the same.
func TestKill(t *testing.T) {
	if _, err := exec.LookPath("strace"); err != nil {
		t.Fatal("strace is missing: this test needs the package strace")
	}
	var total tally
	t.Run("verbs", func(t *testing.T) {
		for _, p := range []*plan{
			{verb: "refresh", market: inPractice, step: many(16, 1), each: many(2, 20), aims: atRefresh},
			{verb: "refresh, strict", market: behindGate, each: many(1, 20), aims: atStrictRefresh},
			{verb: "retry", first: noteSaved, market: inPractice, step: many(0, 3), each: many(1, 5), aims: atRetry},
			{verb: "retry when lost", first: answered, market: inPractice, step: many(0, 5), each: many(1, 5), aims: atRetry},
			{verb: "reconnect", market: inPractice, step: many(0, 2), each: many(1, 5), aims: atReconnect},
			{verb: "connect", market: inPractice, step: many(0, 1), each: many(1, 5), aims: atConnect},
			{verb: "refresh, file", file: true, market: inPractice, step: many(0, 1), each: many(1, 20), aims: atRefresh},
			{verb: "connect, file", file: true, market: inPractice, step: many(0, 1), each: many(1, 20), aims: atConnect},
		} {
			t.Run(p.verb, func(t *testing.T) {
				t.Parallel()
				p.tally = &total
				p.carryOut(t)
			})
		}
		if *marketFile != "" {
			t.Run("named", func(t *testing.T) {
				t.Parallel()
				for _, p := range []*plan{ // one after the other: the redirect has one port
					{verb: "refresh, named", market: named, each: many(1, 20), aims: atStrictRefresh},
					{verb: "reconnect, named", market: named, each: many(1, 5), aims: atReconnect},
				} {
					p.tally = &total
					p.carryOut(t)
				}
			})
		}
	})
	total.report(t)
}

// carryOut strikes until the plan is done.
func (p *plan) carryOut(t *testing.T) {
	stand := newStand
	if p.file {
		stand = newQuickFileStand
	}
	s := stand(t, p.market)
	ended, told := s.market.account().ended, 0
	for b, more := p.next(); more; b, more = p.next() {
		if p.first != "" && !s.strike(atRefresh[p.first], p.verb) {
			s.t.Fatalf("not killed %s", atRefresh[p.first])
		}
		before := s.look()
		killed := s.strike(b, p.verb)
		if killed || p.first == answered {
			at := s.reached(p.verb, before)
			v := s.judge(p.verb, p.mayLose(at))
			if v.strays > 0 && at != recordSaved {
				s.t.Errorf("%d items in the keyring belong to nobody", v.strays)
			}
			if s.t.Failed() {
				p.wrong(1, 0)
				s.t.Fatalf("killed in %s %s, at: %s", p.verb, b, at)
			}
			told += v.told
			if killed {
				p.count(p.verb, at, v)
			}
		}
		p.hear(killed)
	}
	if more := s.market.account().ended - ended; more != told {
		p.wrong(0, more-told)
		s.t.Errorf("%d families were ended, and %d losses told", more, told)
	}
}

// strike runs verb until the blow falls, with a browser that allows whatever it is asked, and tells whether it fell.
func (s *stand) strike(b blow, verb string) bool {
	args := []string{"refresh", s.name}
	switch act(verb) {
	case "reconnect":
		args = []string{"reconnect", s.name, "--no-browser"}
	case "connect":
		args = []string{"connect", "practice", "--no-browser", "--name", "second"}
	}
	p := s.victim(b, args)
	if args[0] != "refresh" {
		consent, err := p.line(1)
		switch { // what fails from here on fails because it was killed
		case err == nil && args[0] == "connect":
			newBrowser().consent(consent, fmt.Sprint(anotherShop), "allow")
		case err == nil:
			s.market.allow(consent)
		}
	}
	status, _, words, err := p.wait()
	if err != nil || status > 0 && (status != 3 || verb != "retry when lost") {
		s.t.Errorf("%s, to be killed %s: exit status %d, %v: %s", verb, b, status, err, words)
	}
	return status < 0
}

// victim starts the program under the hand that will kill it.
func (s *stand) victim(b blow, args []string) *process {
	if b.call == "" {
		started := make(chan *process, 1)
		s.market.(*guarded).on(b.moment, func() { (<-started).kill() })
		p := s.start(args...)
		started <- p
		return p
	}
	watch := []string{"-f", "-qqq", "-o", "/dev/null", "-e", "signal=none", "-e", "trace=" + b.call}
	if b.path == "" {
		watch = append(watch, "-e", fmt.Sprintf("inject=%s:signal=KILL:when=%d", b.call, b.n))
	} else { // a count would include the calls on other paths
		path := strings.NewReplacer("locks/", s.locks+"/", "state/", s.state("")+"/", "KEY", s.id).Replace(b.path)
		watch = append(watch, "-e", fmt.Sprintf("inject=%s:signal=KILL", b.call), "-P", path)
	}
	strace, err := exec.LookPath("strace")
	if err != nil {
		s.t.Fatal(err)
	}
	return s.under(append(append([]string{strace}, watch...), "--"), args)
}
