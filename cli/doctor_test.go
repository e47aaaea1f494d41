package cli_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"valetkey/cli"
)

// doctored are the findings of doctor --json with args, and its exit status.
func (d *desk) doctored(args ...string) (cli.Status, []map[string]string) {
	d.t.Helper()
	status, out, words := d.run(append([]string{"doctor", "--json"}, args...))
	var list []map[string]string
	if err := json.Unmarshal([]byte(out), &list); err != nil {
		d.t.Fatalf("%v: %s\n%s", err, out, words)
	}
	return cli.Status(status), list
}

// finding gives the first finding of a check.
func finding(list []map[string]string, check string) map[string]string {
	at := slices.IndexFunc(list, func(f map[string]string) bool { return f["check"] == check })
	if at < 0 {
		return nil
	}
	return list[at]
}

// TestDoctorJSON holds the fields and their values that scripts may rely on.
func TestDoctorJSON(t *testing.T) {
	d := newDesk(t)
	d.practiceKey("http://127.0.0.1:0/oauth/redirect")
	d.connected()
	before := d.stored()
	status, list := d.doctored()
	if status != cli.Done {
		t.Errorf("exit status %d", status)
	}
	var checks []string
	for _, f := range list {
		checks = append(checks, f["check"])
		for field := range f {
			if !slices.Contains([]string{"check", "state", "reason", "about", "provider", "sentence", "next"}, field) {
				t.Errorf("a field %s", field)
			}
		}
		if !slices.Contains([]string{"fine", "look", "wrong", "untried"}, f["state"]) || f["reason"] == "" || f["sentence"] == "" || (f["next"] == "") != (f["state"] == "fine") {
			t.Errorf("%v", f)
		}
	}
	if want := "folders index providers keyring locked-file browser clock network secret app-key port token"; strings.Join(checks, " ") != want {
		t.Errorf("the checks: %q", checks)
	}
	want := map[string]string{"check": "token", "state": "fine", "reason": "fresh", "about": "red-oak-prints", "provider": "Practice market"}
	for field, value := range want {
		if got := finding(list, "token")[field]; got != value {
			t.Errorf("%s: %q, want %q", field, got, value)
		}
	}
	d.unchanged(before)
}

// TestDoctorOnABusyPort: who listens where the answer would come back to is in the way.
func TestDoctorOnABusyPort(t *testing.T) {
	d := newDesk(t)
	occupied(d, "127.0.0.1")
	status, list := d.doctored("practice")
	if f := finding(list, "port"); status != cli.Failed || f["state"] != "wrong" || f["reason"] != "port-busy" || f["about"] != "busy" {
		t.Errorf("exit status %d, %v", status, f)
	}
}

// TestDoctorOnAMarketsClock: an hour between the clocks is worth a look, and a market that does not answer is wrong.
func TestDoctorOnAMarketsClock(t *testing.T) {
	d := newDesk(t)
	market(time.Hour, "3600")(d)
	d.must([]string{"provider", "add", "./strict.json"})
	status, list := d.doctored("strict")
	if f := finding(list, "clock"); f["about"] == "" {
		list = slices.DeleteFunc(list, func(f map[string]string) bool { return f["check"] == "clock" && f["about"] == "" })
	}
	if f := finding(list, "clock"); status != cli.Done || f["state"] != "look" || f["reason"] != "behind" || !strings.Contains(f["sentence"], "60 minutes behind Strict Market") {
		t.Errorf("exit status %d, %v", status, f)
	}
	host := strings.TrimPrefix(d.strict.URL, "http://")
	if f := finding(list, "network"); f["state"] != "fine" || f["sentence"] != fmt.Sprintf("Strict Market can be reached at %s.", host) {
		t.Errorf("%v", f)
	}
	d.strict.Close()
	status, list = d.doctored("strict")
	if f := finding(list, "network"); status != cli.Failed || f["state"] != "wrong" || f["reason"] != "refused" {
		t.Errorf("exit status %d, %v", status, f)
	}
}
