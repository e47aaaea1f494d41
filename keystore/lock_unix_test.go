//go:build unix

package keystore

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
	"time"
)

// child is another process that holds a lock, or waits for it.
type child struct {
	cmd  *exec.Cmd
	in   io.WriteCloser
	said *bufio.Scanner
}

// startChild has this test program lock name as another process.
func startChild(t *testing.T, name string, env ...string) *child {
	t.Helper()
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	c := &child{cmd: exec.Command(program)}
	c.cmd.Env = append(os.Environ(), append(env, "KEYSTORE_HOLD="+name)...)
	c.cmd.Stderr = os.Stderr
	out, err := c.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if c.in, err = c.cmd.StdinPipe(); err != nil {
		t.Fatal(err)
	}
	if err := c.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	c.said = bufio.NewScanner(out)
	t.Cleanup(func() { c.cmd.Process.Kill(); c.cmd.Wait() })
	return c
}

// wants the next line that the child says.
func (c *child) wants(t *testing.T, line string) {
	t.Helper()
	if !c.said.Scan() || c.said.Text() != line {
		t.Fatalf("the child said %q, want %q", c.said.Text(), line)
	}
}

func TestLockBetweenProcesses(t *testing.T) {
	locks := testLocks(t)
	other := startChild(t, "A:b", "KEYSTORE_FOLDER="+locks.folder)
	other.wants(t, "held")
	if held := heldBy(t, locks, "A:b"); held.PID != other.cmd.Process.Pid {
		t.Errorf("held by %+v, want process %d", held, other.cmd.Process.Pid)
	}
	fmt.Fprintln(other.in)
	other.wants(t, "free")
	unlock, err := locks.Lock(t.Context(), "A:b")
	if err != nil {
		t.Fatal(err)
	}
	unlock()
}

func TestLockOfAKilledProcessIsFree(t *testing.T) {
	locks := testLocks(t)
	other := startChild(t, "a", "KEYSTORE_FOLDER="+locks.folder)
	other.wants(t, "held")
	waited := make(chan time.Time)
	go func() {
		unlock, err := locks.Lock(t.Context(), "a")
		if err != nil {
			t.Error(err)
		} else {
			unlock()
		}
		waited <- time.Now()
	}()
	other.cmd.Process.Signal(syscall.SIGKILL)
	other.cmd.Wait()
	ended := time.Now()
	if took := (<-waited).Sub(ended); took > time.Second {
		t.Errorf("the lock of a killed process went free after %s", took)
	}
}

func TestEnvironmentDoesNotMoveTheLocks(t *testing.T) {
	name := fmt.Sprint("test-", os.Getpid())
	locks, err := OpenLocks()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		os.Remove(filepath.Join(locks.folder, name+".lock"))
		os.Remove(filepath.Join(locks.folder, name+".holder"))
	})
	elsewhere := func() []string {
		home := t.TempDir()
		return []string{"HOME=" + home, "XDG_STATE_HOME=" + home, "XDG_CONFIG_HOME=" + home, "XDG_RUNTIME_DIR=" + home, "TMPDIR=" + home}
	}
	first := startChild(t, name, elsewhere()...)
	first.wants(t, "held")
	second := startChild(t, name, elsewhere()...)
	if held := heldBy(t, locks, name); held.PID != first.cmd.Process.Pid {
		t.Errorf("held by %+v, want process %d", held, first.cmd.Process.Pid)
	}
	fmt.Fprintln(first.in)
	first.wants(t, "free")
	second.wants(t, "held")
}

func TestLocksLeaveNothing(t *testing.T) {
	locks := testLocks(t)
	count := filepath.Join(t.TempDir(), "count")
	var crowd []*child
	for range 6 {
		crowd = append(crowd, startChild(t, "a", "KEYSTORE_FOLDER="+locks.folder, "KEYSTORE_COUNT="+count))
	}
	for _, c := range crowd {
		if err := c.cmd.Wait(); err != nil {
			t.Error(err)
		}
	}
	if text, err := os.ReadFile(count); err != nil || len(text) != 6*crowdRounds {
		t.Errorf("counted %d of %d under the lock, %v", len(text), 6*crowdRounds, err)
	}
	if left, err := os.ReadDir(locks.folder); err != nil || len(left) != 0 {
		t.Errorf("left in the folder: %v, %v", left, err)
	}
}

// TestLockIsNotInherited starts a program that outlives the holder's lock: it must not keep it.
func TestLockIsNotInherited(t *testing.T) {
	locks := testLocks(t)
	unlock, err := locks.Lock(t.Context(), "a")
	if err != nil {
		t.Fatal(err)
	}
	heir := exec.Command("sleep", "60")
	if err := heir.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { heir.Process.Kill(); heir.Wait() })
	open, err := os.ReadDir(fmt.Sprintf("/proc/%d/fd", heir.Process.Pid))
	for _, fd := range open {
		if to, _ := os.Readlink(fmt.Sprintf("/proc/%d/fd/%s", heir.Process.Pid, fd.Name())); filepath.Dir(to) == locks.folder {
			t.Errorf("a child has %s open", to)
		}
	}
	if err != nil && !os.IsNotExist(err) {
		t.Error(err)
	}
	unlock()
	again, err := locks.Lock(t.Context(), "a")
	if err != nil {
		t.Fatal(err)
	}
	again()
}

// TestLockPathIsALink is CVE-2025-68146: whoever can write to the folder points the lock at a file of the victim's.
func TestLockPathIsALink(t *testing.T) {
	for _, there := range []bool{true, false} {
		locks := testLocks(t)
		victim := filepath.Join(t.TempDir(), "victim")
		if there {
			if err := os.WriteFile(victim, []byte("precious"), 0o640); err != nil {
				t.Fatal(err)
			}
		}
		for _, end := range []string{"a.lock", "a.holder"} {
			if err := os.Symlink(victim, filepath.Join(locks.folder, end)); err != nil {
				t.Fatal(err)
			}
		}
		_, err := locks.Lock(t.Context(), "a")
		wantState(t, err, Other)
		os.Remove(filepath.Join(locks.folder, "a.lock"))
		unlock, err := locks.Lock(t.Context(), "a") // the holder's link alone is no obstacle, and not followed
		if err != nil {
			t.Fatal(err)
		}
		unlock()
		text, err := os.ReadFile(victim)
		if there && (err != nil || string(text) != "precious") || !there && !os.IsNotExist(err) {
			t.Errorf("the victim is now %q, %v", text, err)
		}
		if info, err := os.Stat(victim); there && (err != nil || info.Mode().Perm() != 0o640) {
			t.Errorf("the victim's mode is now %v, %v", info.Mode(), err)
		}
	}
}

func TestLockPathIsNoFile(t *testing.T) {
	locks := testLocks(t)
	if err := syscall.Mkfifo(filepath.Join(locks.folder, "a.lock"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(filepath.Join(locks.folder, "b.lock"), 0o700); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"a", "b"} {
		_, err := locks.Lock(t.Context(), name)
		wantState(t, err, Other)
	}
}

func TestLockFolderIsNarrowed(t *testing.T) {
	defer syscall.Umask(syscall.Umask(0))
	parent := filepath.Join(t.TempDir(), "valetkey")
	folder := filepath.Join(parent, "locks")
	if err := os.MkdirAll(folder, 0o777); err != nil {
		t.Fatal(err)
	}
	wide := filepath.Join(folder, "a.lock")
	if err := os.WriteFile(wide, nil, 0o666); err != nil {
		t.Fatal(err)
	}
	locks, err := OpenLocksIn(folder)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"a", "b"} {
		unlock, err := locks.Lock(t.Context(), name)
		if err != nil {
			t.Fatal(err)
		}
		defer unlock()
	}
	for path, want := range map[string]os.FileMode{
		parent: 0o700, folder: 0o700, wide: 0o600, filepath.Join(folder, "b.lock"): 0o600, filepath.Join(folder, "b.holder"): 0o600,
	} {
		if info, err := os.Stat(path); err != nil || info.Mode().Perm() != want {
			t.Errorf("%s has mode %v, %v", filepath.Base(path), info.Mode(), err)
		}
	}
}

func TestLockFolderOfOthers(t *testing.T) {
	home := t.TempDir()
	elsewhere := filepath.Join(home, "elsewhere")
	if err := os.MkdirAll(elsewhere, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(elsewhere, filepath.Join(home, "valetkey")); err != nil {
		t.Fatal(err)
	}
	if _, err := OpenLocksIn(filepath.Join(home, "valetkey", "locks")); err != nil {
		t.Errorf("a folder of ours behind a link of ours: %v", err)
	}
	file := filepath.Join(home, "file", "locks")
	if err := os.WriteFile(filepath.Dir(file), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := OpenLocksIn(file); err == nil {
		t.Error("a file taken for a folder")
	}
}

func TestLockFolderOfAnotherUser(t *testing.T) {
	foreign := "/" // root's
	if os.Geteuid() == 0 {
		foreign = t.TempDir()
		if err := os.Chown(foreign, 12345, 12345); err != nil {
			t.Fatal(err)
		}
		link := filepath.Join(t.TempDir(), "valetkey")
		if err := os.Symlink(t.TempDir(), link); err != nil {
			t.Fatal(err)
		}
		if err := os.Lchown(link, 12345, 12345); err != nil {
			t.Fatal(err)
		}
		if err := narrow(link); err == nil {
			t.Error("another user's link is followed")
		}
	}
	if err := narrow(foreign); err == nil {
		t.Error("another user's folder is taken for ours")
	}
}

func TestCleanedFolderIsNoticed(t *testing.T) {
	locks := testLocks(t)
	unlock, err := locks.Lock(t.Context(), "a")
	if err != nil {
		t.Fatal(err)
	}
	// Somebody tidies up. The next one makes a file of its own; the first, done, must not disturb it.
	if err := os.Remove(filepath.Join(locks.folder, "a.lock")); err != nil {
		t.Fatal(err)
	}
	other := startChild(t, "a", "KEYSTORE_FOLDER="+locks.folder)
	other.wants(t, "held")
	unlock()
	heldBy(t, locks, "a")

	if err := os.RemoveAll(locks.folder); err != nil {
		t.Fatal(err)
	}
	unlock, err = locks.Lock(t.Context(), "b")
	if err != nil {
		t.Fatalf("after the whole folder went: %v", err)
	}
	unlock()
}
