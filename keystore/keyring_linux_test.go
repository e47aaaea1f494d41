package keystore

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"valetkey/keystore/keyringtest"
)

func realKeyring(t *testing.T) *Keyring {
	t.Helper()
	return NewKeyring("valetkey-test", testLocks(t))
}

// found lists what a person would find with the system's own tool.
func found(t *testing.T) string {
	t.Helper()
	out, err := exec.Command("secret-tool", "search", "--all", "service", "valetkey-test").CombinedOutput()
	if err != nil && len(out) == 0 {
		return ""
	}
	if err != nil {
		t.Fatalf("secret-tool (package libsecret-tools): %v %s", err, out)
	}
	return string(out)
}

func TestRealKeyringContract(t *testing.T) {
	keyringtest.In(t, keyringtest.Ready, func(t *testing.T) {
		k := realKeyring(t)
		if name := k.Describe(); name != "GNOME Keyring" {
			t.Errorf("it is called %q", name)
		}
		testContract(t, k)
		if left := found(t); left != "" {
			t.Errorf("left in the keyring:\n%s", left)
		}
	})
}

func TestRealKeyringShowsWhatIsKept(t *testing.T) {
	keyringtest.In(t, keyringtest.Ready, func(t *testing.T) {
		k := realKeyring(t)
		value := `{"version":1,"access":"abc"}`
		if err := k.Set(t.Context(), "conn-1", []byte(value)); err != nil {
			t.Fatal(err)
		}
		if shown := found(t); !strings.Contains(shown, value) || !strings.Contains(shown, "conn-1") {
			t.Errorf("secret-tool shows\n%s", shown)
		}
		if state, err := k.Look(t.Context()); state != Ready || err != nil {
			t.Errorf("Look = %q, %v", state, err)
		}
	})
}

// wantTrouble wants every call to fail with state, within a time, and the look to see it too.
func wantTrouble(t *testing.T, k *Keyring, state State, within time.Duration) {
	t.Helper()
	if seen, err := k.Look(t.Context()); seen != state || err != nil {
		t.Errorf("Look = %q, %v; want %q", seen, err, state)
	}
	for op, call := range map[string]func() error{
		"get":    func() error { _, err := k.Get(t.Context(), "a"); return err },
		"set":    func() error { return k.Set(t.Context(), "a", []byte("v")) },
		"delete": func() error { return k.Delete(t.Context(), "a") },
		"probe":  func() error { return k.Probe(t.Context()) },
	} {
		start := time.Now()
		err := call()
		if errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%s says that nothing is there: %v", op, err)
		}
		wantState(t, err, state)
		if took := time.Since(start); took > within {
			t.Errorf("%s took %s", op, took)
		}
	}
}

func TestAbsentWithoutBus(t *testing.T) {
	keyringtest.In(t, keyringtest.NoBus, func(t *testing.T) {
		// A program that would start a bus is in the way, and must not be run.
		trap := t.TempDir()
		marker := filepath.Join(trap, "was-run")
		script := "#!/bin/sh\ntouch " + marker + "\nexit 1\n"
		if err := os.WriteFile(filepath.Join(trap, "dbus-launch"), []byte(script), 0o700); err != nil {
			t.Fatal(err)
		}
		t.Setenv("PATH", trap)
		for _, address := range []string{"", "autolaunch:", "autolaunch:scope=*user", "unix:path=/nowhere/bus", "nonsense"} {
			t.Setenv("DBUS_SESSION_BUS_ADDRESS", address)
			wantTrouble(t, realKeyring(t), Absent, 3*time.Second)
		}
		if _, err := os.Stat(marker); err == nil {
			t.Error("a bus would have been started")
		}
		t.Setenv("DBUS_SESSION_BUS_ADDRESS", "")
	})
}

func TestAbsentWithoutService(t *testing.T) {
	keyringtest.In(t, keyringtest.NoService, func(t *testing.T) {
		k := realKeyring(t)
		wantTrouble(t, k, Absent, 3*time.Second)
		// One that comes later is found.
		keyringtest.NewStandIn(t, keyringtest.Address())
		if err := k.Probe(t.Context()); err != nil {
			t.Error(err)
		}
	})
}

func TestBusIsFoundInTheRuntimeFolder(t *testing.T) {
	keyringtest.In(t, keyringtest.Ready, func(t *testing.T) {
		address := keyringtest.Address()
		t.Setenv("DBUS_SESSION_BUS_ADDRESS", "")
		if err := realKeyring(t).Probe(t.Context()); err != nil {
			t.Error(err)
		}
		if got := keyringtest.Address(); got != address {
			t.Errorf("the bus found is %q, want %q", got, address)
		}
	})
}

func TestNoCollection(t *testing.T) {
	keyringtest.In(t, keyringtest.NoCollection, func(t *testing.T) {
		k := realKeyring(t)
		wantTrouble(t, k, NoCollection, 3*time.Second)
		wantState(t, k.CreateDefault(t.Context()), Locked) // there is no display to ask for a password on
	})
}

func TestLockedWithNobodyToAsk(t *testing.T) {
	keyringtest.In(t, keyringtest.Locked, func(t *testing.T) {
		k := realKeyring(t)
		wantTrouble(t, k, Locked, 3*time.Second)
		if name := k.Describe(); name != "GNOME Keyring" {
			t.Errorf("it is called %q", name)
		}
	})
}

func TestLockedInTheMeantime(t *testing.T) {
	keyringtest.In(t, keyringtest.Ready, func(t *testing.T) {
		k := realKeyring(t)
		if err := k.Set(t.Context(), "a", []byte("v")); err != nil {
			t.Fatal(err)
		}
		keyringtest.Lock(t, keyringtest.Address())
		wantTrouble(t, k, Locked, 3*time.Second)
	})
}

func TestRuntimeFolder(t *testing.T) {
	fallback := fmt.Sprint("/run/user/", os.Getuid())
	for set, want := range map[string]string{"": fallback, "run": fallback, "../x": fallback, "/run/user/7": "/run/user/7"} {
		t.Setenv("XDG_RUNTIME_DIR", set)
		if got := runtimeFolder(); got != want {
			t.Errorf("with XDG_RUNTIME_DIR=%q it is %q, want %q", set, got, want)
		}
	}
}
