package cli_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"strings"
	"syscall"
	"testing"
	"time"
	"unsafe"

	"golang.org/x/term"

	"valetkey/cli"
)

// screen is a terminal with the program in it: what is typed goes to the keyboard, what is shown comes from the screen.
type screen struct {
	*process
	keyboard, line *os.File
}

// openTerminal gives both ends of a new terminal.
func openTerminal(t *testing.T) (keyboard, line *os.File) {
	t.Helper()
	terminals := "/dev/pts"
	keyboard, err := os.OpenFile("/dev/ptmx", os.O_RDWR|syscall.O_NOCTTY, 0)
	if err != nil {
		terminals = mountTerminals(t)
		keyboard, err = os.OpenFile(filepath.Join(terminals, "ptmx"), os.O_RDWR|syscall.O_NOCTTY, 0)
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { keyboard.Close() })
	var locked, number int32
	for request, value := range map[uintptr]*int32{syscall.TIOCSPTLCK: &locked, syscall.TIOCGPTN: &number} {
		if _, _, errno := syscall.Syscall(syscall.SYS_IOCTL, keyboard.Fd(), request, uintptr(unsafe.Pointer(value))); errno != 0 {
			t.Fatal(errno)
		}
	}
	line, err = os.OpenFile(filepath.Join(terminals, fmt.Sprint(number)), os.O_RDWR|syscall.O_NOCTTY, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { line.Close() })
	return keyboard, line
}

// mountTerminals makes terminals where the system has none, as in a bare root folder; it takes the right to mount.
func mountTerminals(t *testing.T) string {
	t.Helper()
	folder := t.TempDir()
	if err := syscall.Mount("devpts", folder, "devpts", 0, "newinstance,ptmxmode=0666"); err != nil {
		t.Fatalf("this system has no terminals (/dev/pts), and they cannot be mounted: %v", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(folder, syscall.MNT_DETACH); err != nil {
			t.Error(err)
		}
	})
	return folder
}

// sit runs the program in a terminal of its own.
func (d *desk) sit(args ...string) *screen {
	d.t.Helper()
	return d.sitAt(d.t, filepath.Join(mustBuild(d.t), "valetkey"), args...)
}

// sitAt runs any program so.
func (d *desk) sitAt(t *testing.T, command string, args ...string) *screen {
	t.Helper()
	keyboard, line := openTerminal(t)
	p := &process{out: newOutput(), err: newOutput(), done: make(chan struct{})}
	p.cmd = exec.Command(command, args...)
	p.cmd.Env, p.cmd.Dir = d.env, d.home
	p.cmd.Stdin, p.cmd.Stdout, p.cmd.Stderr = line, line, line
	p.cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go func() {
		p.cmd.Wait()
		close(p.done)
	}()
	go func() {
		shown := make([]byte, 4096)
		for {
			n, err := keyboard.Read(shown)
			p.out.Write(shown[:n])
			if err != nil {
				return
			}
		}
	}()
	t.Cleanup(p.kill)
	return &screen{process: p, keyboard: keyboard, line: line}
}

// answer waits for a question and types.
func (s *screen) answer(t *testing.T, question, typed string) {
	t.Helper()
	s.answerNth(t, 1, question, typed)
}

// answerNth waits until a question was asked n times.
func (s *screen) answerNth(t *testing.T, n int, question, typed string) {
	t.Helper()
	if _, err := s.until(s.out, func(text string) bool { return strings.Count(text, question) >= n }); err != nil {
		t.Fatalf("no %q: %v", question, err)
	}
	if _, err := s.keyboard.WriteString(typed); err != nil {
		t.Fatal(err)
	}
}

// ends waits for the end and for the last that is shown, and gives all of it.
func (s *screen) ends(t *testing.T, want cli.Status, last string) string {
	t.Helper()
	status, _, _, err := s.wait()
	if err != nil || cli.Status(status) != want {
		t.Errorf("exit status %d, want %d (%v)", status, want, err)
	}
	limit := time.After(patience)
	for {
		text, changed := s.out.now()
		if strings.Contains(text, last) {
			return text
		}
		select {
		case <-changed:
		case <-limit:
			t.Fatalf("%q was never shown:\n%s", last, text)
		}
	}
}

func TestSecretIsNotShownWhileItIsTyped(t *testing.T) {
	d := newDesk(t)
	s := d.sit("key", "set", "etsy")
	s.answer(t, "Keystring:", "abcdefghij0123456789wxyz\n")
	s.answer(t, "Client secret (it is not shown):", "typedsecret\n")
	shown := s.ends(t, cli.Done, "is kept in the system's keyring")
	if strings.Contains(shown, "typedsecret") || !strings.Contains(shown, "abcdefghij0123456789wxyz") {
		t.Errorf("on the screen:\n%s", shown)
	}
	kept := fmt.Sprint(d.keyring.Items())
	if !strings.Contains(kept, "typedsecret") {
		t.Errorf("the keyring has %s", kept)
	}
}

func TestCtrlCWhileASecretIsTyped(t *testing.T) {
	d := newDesk(t)
	s := d.sit("key", "set", "etsy")
	before, err := term.GetState(int(s.line.Fd()))
	if err != nil {
		t.Fatal(err)
	}
	s.answer(t, "Keystring:", "abcdefghij0123456789wxyz\n")
	s.answer(t, "Client secret (it is not shown):", "typed\x03")
	s.ends(t, cli.Cancelled, "Stopped before it was finished.")
	after, err := term.GetState(int(s.line.Fd()))
	if err != nil || !reflect.DeepEqual(before, after) {
		t.Errorf("the terminal is left as %v, it was %v (%v)", after, before, err)
	}
}

func TestRevokeAsksAtATerminal(t *testing.T) {
	d := newDesk(t)
	d.practiceKey("http://127.0.0.1:0/oauth/redirect")
	d.connected()
	before := d.stored()
	for _, no := range []string{"n\n", "\n", "what?\n"} {
		s := d.sit("revoke", "red-oak-prints")
		s.answer(t, "Give the key red-oak-prints back? Whatever uses it stops working. [y/N]", no)
		s.ends(t, cli.Cancelled, "Nothing was changed.")
		d.unchanged(before)
	}
	s := d.sit("forget", "red-oak-prints")
	s.answer(t, "[y/N]", "no\n")
	s.ends(t, cli.Cancelled, "Nothing was changed.")
	d.unchanged(before)

	s = d.sit("revoke", "red-oak-prints")
	s.answer(t, "[y/N]", "y\n")
	s.ends(t, cli.Done, "To take it off: valetkey forget red-oak-prints")
	s = d.sit("forget", "red-oak-prints") // nothing is left to ask about
	s.ends(t, cli.Done, "red-oak-prints is forgotten here.")
}

func TestOtherShopIsAskedAboutAtATerminal(t *testing.T) {
	d := newDesk(t)
	d.practiceKey("http://127.0.0.1:0/oauth/redirect")
	d.connected()
	before := d.stored()
	again := func(answer string) *screen {
		s := d.sit("reconnect", "red-oak-prints", "--no-browser")
		consent, err := s.process.line(1)
		if err != nil {
			t.Fatal(err)
		}
		browsed := make(chan error, 1) // the browser waits for its page until the question is answered
		go func() { browsed <- newBrowser().consent(strings.TrimSpace(consent), "51730426", "allow") }()
		s.answer(t, "This is Blue Fern Pottery. You asked for Red Oak Prints. Keep both keys? [y/N]", answer)
		if err := <-browsed; err != nil {
			t.Error(err)
		}
		return s
	}
	again("n\n").ends(t, cli.Failed, "You asked for Red Oak Prints.")
	d.unchanged(before)
	again("y\n").ends(t, cli.Done, "Connected. The key is called blue-fern-pottery.")
	if status, out, _ := d.run([]string{"list"}); status != 0 || !strings.Contains(out, "red-oak-prints") || !strings.Contains(out, "blue-fern-pottery") {
		t.Errorf("the list, exit status %d:\n%s", status, out)
	}
}
