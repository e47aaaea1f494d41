package keyringtest

import (
	"bytes"
	"os"
	"os/exec"
	"testing"
)

// childMark is set in a child process to the name of the test that it is to run.
const childMark = "KEYRINGTEST_CHILD"

// In runs body in a session that is in state. The bus's library keeps one connection a process, so the body runs in a child
// process: the test program again, with this test alone. t must be a test of its own, not a subtest; body may have some.
func In(t *testing.T, state State, body func(t *testing.T)) {
	t.Helper()
	if os.Getenv(childMark) == t.Name() {
		body(t)
		return
	}
	s := Start(t, state)
	Again(t, append(s.Env, childMark+"="+t.Name()))
}

// Again runs this test once more in a child process with env, and fails as it fails.
func Again(t *testing.T, env []string) {
	t.Helper()
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), program, "-test.run=^"+t.Name()+"$", "-test.v", "-test.count=1")
	cmd.Env = append([]string{"GORACE=atexit_sleep_ms=0"}, env...) // the race detector idles for a second at the end
	var said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &said, &said
	if err := cmd.Run(); err != nil {
		t.Errorf("in the child process: %v\n%s", err, said.String())
	}
}

// Address is that of the bus in a child process of [In].
func Address() string { return os.Getenv("DBUS_SESSION_BUS_ADDRESS") }
