package cli_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"valetkey/keystore/keyringtest"
)

// TestCrowdLosesItsFirst kills the one program of a crowd that is renewing the key. The next one finds its note and tries once
// more; either all the others have the new key, or all are told that it is lost, and nobody tries a third time.
func TestCrowdLosesItsFirst(t *testing.T) {
	for name, row := range map[string]struct {
		when   moment
		status int
	}{
		"before the market rotates": {received, 0},
		"after the market rotated":  {turned, 3},
	} {
		t.Run(name, func(t *testing.T) {
			s := newStand(t, behindGate)
			gate := s.market.(*guarded)
			for range many(1, 5) {
				expires := s.stale()
				waiting := s.crowd(crowdSize)
				gate.on(row.when, func() { s.killHolder(waiting) })
				keyringtest.Until(t, "the token to be stale", func() bool { return time.Now().After(expires) })
				before := gate.received()
				s.release(waiting)
				outcomes := s.outcomes(waiting)
				if len(outcomes) != 1 || outcomes[row.status] != crowdSize-1 || gate.received()-before != 2 {
					t.Errorf("exit statuses %v, %d requests; want %d times %d, and 2", outcomes, gate.received()-before, crowdSize-1, row.status)
				}
				if row.status == 3 {
					s.consented(0, "reconnect", s.name, "--no-browser")
				}
				s.inOrder(s.name)
			}
		})
	}
}

// killHolder kills the program that has the key's lock.
func (s *stand) killHolder(waiting []*process) {
	var holder struct{ PID int }
	text, err := os.ReadFile(filepath.Join(s.locks, s.id+".holder"))
	if err == nil {
		err = json.Unmarshal(text, &holder)
	}
	at := slices.IndexFunc(waiting, func(p *process) bool { return p.cmd.Process.Pid == holder.PID })
	if err != nil || at < 0 {
		s.t.Errorf("who holds the lock: %v, %+v", err, holder)
		return
	}
	waiting[at].kill()
}

// outcomes counts the exit statuses of all but the killed, who must agree on the token, or on the sentence.
func (s *stand) outcomes(waiting []*process) map[int]int {
	said, statuses := map[string]bool{}, map[int]int{}
	for _, p := range waiting {
		status, out, words, err := p.wait()
		if err != nil {
			s.t.Error(err)
		}
		if status < 0 {
			continue // the killed
		}
		statuses[status]++
		said[out+words] = true
	}
	for text := range said {
		sentence := fmt.Sprintf("The key to “%s” was lost while it was being renewed.\n", s.name)
		if len(said) != 1 || statuses[3] > 0 && !strings.HasPrefix(text, sentence) {
			s.t.Errorf("one of %d answers: %s", len(said), text)
		}
	}
	return statuses
}
