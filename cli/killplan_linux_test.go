package cli_test

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
)

// boundary is how far a verb had come when it was killed. It is read from what is left, and not from where we meant to strike.
type boundary string

const (
	early       boundary = "before"
	lockTaken   boundary = "lock taken"
	noteSaved   boundary = "note saved"
	sent        boundary = "sent"
	answered    boundary = "answered"
	responding  boundary = "answer on its way" // to be aimed at, never read: it shows as one of those beside it
	recordSaved boundary = "record saved"
	indexSaved  boundary = "index saved"
	unlocked    boundary = "unlocked"
)

var boundaries = []boundary{early, lockTaken, noteSaved, sent, answered, recordSaved, indexSaved, unlocked}

// plan is where one verb is killed: before each of its calls in turn, and then at each boundary until there are enough.
type plan struct {
	verb   string   // what it does, and after a comma where
	file   bool     // the keys are in the locked file
	first  boundary // where a refresh is killed before each blow; "": none is
	market func(*desk) rotating
	step   int // from one call of a kind to the next that is struck; 0: none is
	each   int // kills wanted at each boundary
	aims   map[boundary]blow
	*tally

	kind, n, missed int              // where the sweep is: in calls, at the n-th, so many in a row that never came
	tries           map[boundary]int // how often a boundary was aimed at
}

// next gives the next blow.
func (p *plan) next() (blow, bool) {
	if p.missed == many(1, 3) { // how many calls a thread makes varies a little
		p.kind, p.n, p.missed = p.kind+1, 0, 0
	}
	if p.step > 0 && p.kind < len(calls) {
		p.n += p.step
		return blow{call: calls[p.kind], n: p.n - p.step + 1}, true
	}
	if p.tries == nil {
		p.tries = map[boundary]int{}
	}
	for _, at := range append(slices.Clone(boundaries), responding) {
		if b, aimed := p.aims[at]; aimed && p.tries[at] < 6*p.each && p.kills(p.verb, at) < p.each {
			p.tries[at]++
			return b, true
		}
	}
	return blow{}, false
}

// mayLose reports whether a key can be lost by a kill there: the market had answered, and no pair was saved.
func (p *plan) mayLose(at boundary) bool {
	return p.first == answered || at == answered && act(p.verb) != "reconnect" && act(p.verb) != "connect"
}

// act is what a plan's verb does, wherever that is.
func act(verb string) string {
	act, _, _ := strings.Cut(verb, ",")
	return act
}

// hear is told whether the blow fell.
func (p *plan) hear(fell bool) {
	p.missed++
	if fell {
		p.missed = 0
	}
}

// tally counts what all plans came to.
type tally struct {
	guard  sync.Mutex // guards all below
	verbs  []string
	killed map[string]map[boundary]int
	told   int // losses that the program recognised and told
	silent int // losses that it did not, and keys that do not work
	reuses int // families ended by a spent token, and not told
	strays int // items that a killed program left in the keyring and no index names
}

// count notes a kill and what it cost.
func (y *tally) count(verb string, at boundary, v verdict) {
	y.guard.Lock()
	defer y.guard.Unlock()
	if y.killed == nil {
		y.killed = map[string]map[boundary]int{}
	}
	if y.killed[verb] == nil {
		y.verbs, y.killed[verb] = append(y.verbs, verb), map[boundary]int{}
	}
	y.killed[verb][at]++
	y.told += v.told
	y.strays += v.strays
}

func (y *tally) kills(verb string, at boundary) int {
	y.guard.Lock()
	defer y.guard.Unlock()
	return y.killed[verb][at]
}

// wrong notes what must not be: keys lost without a word, families ended without a loss that was told.
func (y *tally) wrong(silent, reuses int) {
	y.guard.Lock()
	defer y.guard.Unlock()
	y.silent += silent
	y.reuses += reuses
}

// report prints the table.
func (y *tally) report(t *testing.T) {
	var table strings.Builder
	all, row := 0, func(head string, cell func(boundary) any) {
		fmt.Fprintf(&table, "\n%-17s", head)
		for _, at := range boundaries {
			fmt.Fprintf(&table, " %12v", cell(at))
		}
	}
	row("killed at", func(at boundary) any { return at })
	for _, verb := range slices.Sorted(slices.Values(y.verbs)) {
		row(verb, func(at boundary) any { all += y.killed[verb][at]; return y.killed[verb][at] })
	}
	t.Logf("%s\n%d kills: %d keys alive, %d losses told, %d silent, %d families ended by our own reuse but for those; %d items left over",
		table.String(), all, all-y.told-y.silent, y.told, y.silent, y.reuses, y.strays)
	for _, at := range boundaries[1:] {
		if n := y.killed["refresh"][at] + y.killed["refresh, strict"][at]; n < many(2, 20) {
			t.Errorf("only %d kills of a refresh at: %s", n, at)
		}
		if n := y.killed["refresh, file"][at]; n < many(1, 20) {
			t.Errorf("only %d kills of a refresh with the locked file at: %s", n, at)
		}
	}
	if least := many(30, 200); all < least {
		t.Errorf("%d kills, want %d at least", all, least)
	}
}
