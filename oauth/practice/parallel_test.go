package practice

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// order is what one process of TestTwoProcesses is told to do on the shared state file.
type order struct {
	State string
	Codes []string // each to be exchanged once
	Spend string   // a refresh token that all callers of all processes send at once
}

// report is what came of it.
type report struct {
	Access    []string
	Refreshed int
}

const orderVariable = "PRACTICE_TEST_ORDER"

func TestMain(m *testing.M) {
	if text := os.Getenv(orderVariable); text != "" {
		os.Exit(carryOut(text))
	}
	os.Exit(m.Run())
}

// carryOut is the other process.
func carryOut(text string) int {
	var told order
	if err := json.Unmarshal([]byte(text), &told); err != nil {
		return 2
	}
	if err := json.NewEncoder(os.Stdout).Encode(inParallel(told)); err != nil {
		return 2
	}
	return 0
}

// inParallel does everything in an order at once.
func inParallel(told order) report {
	s := Open(told.State)
	var mu sync.Mutex
	var all sync.WaitGroup
	var done report
	for _, code := range told.Codes {
		all.Go(func() {
			if status, body := post(s, exchangeForm(code)); status == 200 {
				mu.Lock()
				defer mu.Unlock()
				done.Access = append(done.Access, body["access_token"].(string))
			}
		})
		all.Go(func() {
			if status, _ := post(s, refreshForm(told.Spend)); status == 200 {
				mu.Lock()
				defer mu.Unlock()
				done.Refreshed++
			}
		})
	}
	all.Wait()
	return done
}

func TestTwoProcesses(t *testing.T) {
	s := newPractice(t)
	spent, spend := won(t, s)
	const processes, each = 2, 20
	var all sync.WaitGroup
	reports := make([]report, processes)
	for i := range reports {
		told := order{State: s.store.path, Spend: spend}
		for range each {
			told.Codes = append(told.Codes, allow(t, s))
		}
		text, err := json.Marshal(told)
		if err != nil {
			t.Fatal(err)
		}
		all.Go(func() {
			cmd := exec.CommandContext(t.Context(), os.Args[0])
			cmd.Env = append(os.Environ(), orderVariable+"="+string(text))
			cmd.Stderr = os.Stderr
			out, err := cmd.Output()
			if err != nil {
				t.Errorf("process %d: %v", i, err)
				return
			}
			if err := json.Unmarshal(out, &reports[i]); err != nil {
				t.Errorf("process %d said %q: %v", i, out, err)
			}
		})
	}
	all.Wait()

	refreshed, access := 0, map[string]bool{}
	for _, r := range reports {
		refreshed += r.Refreshed
		for _, token := range r.Access {
			access[token] = true
		}
	}
	if len(access) != processes*each {
		t.Errorf("%d of %d codes were exchanged", len(access), processes*each)
	}
	for token := range access {
		if got := callAPI(t, s, token, "/users/me"); got.Status != 200 {
			t.Errorf("a token won in another process: %d %v", got.Status, got.Body)
		}
	}
	if refreshed != 1 {
		t.Errorf("one refresh token was good for %d refreshes", refreshed)
	}
	callAPI(t, s, spent, "/users/me").is(t, 403, "invalid_token", "access token has been revoked")
	if left, _ := filepath.Glob(s.store.path + "*"); len(left) != 2 {
		t.Errorf("left behind: %s", strings.Join(left, " "))
	}
}

// Two Servers in one process, as the window and a verb run inside it.
func TestTwoServersOnOneFile(t *testing.T) {
	s := newPractice(t)
	_, spend := won(t, s)
	orders := []order{{State: s.store.path, Spend: spend}, {State: s.store.path, Spend: spend}}
	for i := range orders {
		for range 10 {
			orders[i].Codes = append(orders[i].Codes, allow(t, s))
		}
	}
	reports := make([]report, len(orders))
	var all sync.WaitGroup
	for i := range orders {
		all.Go(func() { reports[i] = inParallel(orders[i]) })
	}
	all.Wait()
	if won := len(reports[0].Access) + len(reports[1].Access); won != 20 {
		t.Errorf("%d of 20 codes were exchanged", won)
	}
	if n := reports[0].Refreshed + reports[1].Refreshed; n != 1 {
		t.Errorf("one refresh token was good for %d refreshes", n)
	}
}

// One code, twenty callers: one of them wins, and since the others came too, loses what it won.
func TestOneCodeManyCallers(t *testing.T) {
	s := newPractice(t)
	code := allow(t, s)
	told := order{State: s.store.path, Spend: "none"}
	for range 20 {
		told.Codes = append(told.Codes, code)
	}
	done := inParallel(told)
	if len(done.Access) != 1 {
		t.Fatalf("%d exchanges of one code succeeded", len(done.Access))
	}
	callAPI(t, s, done.Access[0], "/users/me").is(t, 403, "invalid_token", "access token has been revoked")
}
