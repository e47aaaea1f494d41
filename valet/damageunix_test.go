//go:build unix

package valet_test

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"valetkey/valet"
)

// taskVariable names the deed that this test program does as a child process, where the system refuses it something.
const taskVariable = "VALETKEY_TEST_DAMAGE"

// TestIndexPipe: a pipe where the index should be hangs nobody.
func TestIndexPipe(t *testing.T) {
	w := newWreck(t)
	if err := errors.Join(os.Remove(w.index), syscall.Mkfifo(w.index, 0o600)); err != nil {
		t.Fatal(err)
	}
	if _, err := w.reload(t); valet.KindOf(err) != valet.IndexUnreadable {
		t.Errorf("got %v", err)
	}
}

// TestNoRoom: where the system takes no more than the first bytes of a file, as on a full disk, the old index stays whole and the
// keys go on working; with room again all is written.
func TestNoRoom(t *testing.T) {
	refusing(t, func() error {
		signal.Ignore(syscall.SIGXFSZ)
		return limitFiles(true)
	}, func() error { return limitFiles(false) }, syscall.EFBIG)
}

// padding makes an index that is larger than the limit; all else that the test writes is smaller.
const padding = 96 << 10

func limitFiles(tight bool) error {
	var limit syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_FSIZE, &limit); err != nil {
		return err
	}
	limit.Cur = limit.Max
	if tight {
		limit.Cur = 64 << 10
	}
	return syscall.Setrlimit(syscall.RLIMIT_FSIZE, &limit)
}

// TestReadOnly: in a folder that cannot be written the keys are listed, tightly or not, and go on working.
func TestReadOnly(t *testing.T) {
	var state string
	refusing(t, func() error {
		state = os.Getenv(taskVariable)
		return os.Chmod(state, 0o500)
	}, func() error { return os.Chmod(state, 0o700) }, fs.ErrPermission)
}

// refusing has a child of this test do without what refuse takes away. The child is nobody, where we are root: root is refused
// nothing.
func refusing(t *testing.T, refuse, allow func() error, want error) {
	if folder := os.Getenv(taskVariable); folder != "" {
		if err := withoutWriting(t, folder, refuse, allow, want); err != nil {
			t.Fatal(err)
		}
		return
	}
	folder, err := os.MkdirTemp("", "valetkey")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(folder) })
	cmd := exec.Command(ownProgram(t, folder), "-test.run", "^"+t.Name()+"$", "-test.v")
	if os.Getuid() == 0 {
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}}
		if err := os.Chown(folder, 65534, 65534); err != nil {
			t.Fatal(err)
		}
	}
	cmd.Dir = folder
	cmd.Env = append(os.Environ(), taskVariable+"="+filepath.Join(folder, "state"), "TMPDIR="+folder)
	out, err := cmd.CombinedOutput()
	if err != nil || !bytes.Contains(out, []byte("--- PASS: "+t.Name())) {
		t.Errorf("%v\n%s", err, out)
	}
}

// ownProgram is a copy of this test program where any user may run it.
func ownProgram(t *testing.T, folder string) string {
	t.Helper()
	path, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	program := filepath.Join(folder, "test")
	if err := os.WriteFile(program, readFile(t, path), 0o755); err != nil {
		t.Fatal(err)
	}
	return program
}

// withoutWriting uses keys while the index cannot be written.
func withoutWriting(t *testing.T, state string, refuse, allow func() error, want error) error {
	w := &wreck{kit: newKit(t)}
	w.options.Folders.State = state
	w.index = filepath.Join(state, "index.json")
	w.start(t)
	for n := range w.keys {
		c, err := w.connect(t, n, valet.ConnectRequest{})
		if err != nil {
			return err
		}
		w.keys[n] = c
	}
	line := []byte(`"provider":"practice",`)
	w.whole = bytes.Replace(readFile(t, w.index), line, append(line, `"more": "`+strings.Repeat("x", padding)+`",`...), 1)
	writeFile(t, w.index, w.whole)
	if err := refuse(); err != nil {
		return err
	}
	if _, err := w.reload(t); err != nil {
		return fmt.Errorf("a new program: %w", err)
	}
	w.alive(t)
	if _, err := w.connect(t, 2, valet.ConnectRequest{}); !errors.Is(err, want) {
		return fmt.Errorf("a new key that cannot be listed: %v", err)
	}
	if !bytes.Equal(readFile(t, w.index), w.whole) {
		return errors.New("the index is not as it was")
	}
	if left, err := filepath.Glob(filepath.Join(state, ".index*")); err != nil || len(left) != 0 {
		return fmt.Errorf("left behind: %v, %v", left, err)
	}
	if err := allow(); err != nil {
		return err
	}
	damaged := bytes.TrimRight(w.whole, "}\n")
	writeFile(t, w.index, damaged)
	if err := refuse(); err != nil {
		return err
	}
	if told, err := w.reload(t); err != nil || len(told) != 1 || valet.KindOf(told[0]) != valet.IndexUnreadable {
		return fmt.Errorf("a damaged index that cannot be mended: %v, %v", told, err)
	}
	w.alive(t)
	if len(w.aside(t)) != 0 || !bytes.Equal(readFile(t, w.index), damaged) {
		return errors.New("the damaged index is not as it was")
	}
	if err := allow(); err != nil {
		return err
	}
	if told, err := w.reload(t); err != nil || len(told) != 1 || valet.KindOf(told[0]) != valet.IndexDamaged {
		return fmt.Errorf("with room again: %v, %v", told, err)
	}
	w.alive(t)
	return nil
}
