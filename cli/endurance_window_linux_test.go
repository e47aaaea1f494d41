package cli_test

import (
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"

	"valetkey/keystore/keyringtest"
)

// windowProgram is not built here: that takes minutes where nothing of it is cached.
var windowProgram = flag.String("window", "", "`file` of the program with its window, to be open beside the crowd; else the index is watched alone")

// window is the program as a person has it open, on a screen of its own. Of none, sleep and wake do nothing.
type window struct {
	*stand
	p      *process
	screen []string // the environment of whoever sits in front of it
	frame  string   // as the screen counts windows
}

// openWindow gives a window that shows the stand's key.
func openWindow(s *stand) *window {
	s.t.Helper()
	path, err := filepath.Abs(*windowProgram)
	if err != nil {
		s.t.Fatal(err)
	}
	server := s.beside(s.env, "Xvfb", "-displayfd", "1", "-screen", "0", "1280x800x24", "-nolisten", "tcp", "-noreset")
	number, err := server.line(1)
	if err != nil {
		s.t.Fatal(err)
	}
	w := &window{stand: s, screen: append(s.env[:len(s.env):len(s.env)], "DISPLAY=:"+number, "LIBGL_ALWAYS_SOFTWARE=1", "FYNE_SCALE=1")}
	w.p = s.beside(w.screen, path)
	keyringtest.Until(s.t, "the window", func() bool {
		w.frame = w.sees("xdotool", "search", "--onlyvisible", "--name", "Valet Key")
		return w.frame != ""
	})
	return w
}

// beside runs another program until the end of the test.
func (s *stand) beside(env []string, program string, args ...string) *process {
	s.t.Helper()
	path, err := exec.LookPath(program)
	var p *process
	if err == nil {
		p, err = start(s.home, env, path, args...)
	}
	if err != nil {
		s.t.Fatal(err)
	}
	s.t.Cleanup(p.kill)
	return p
}

// sees gives the first line that a tool of the person in front of the window tells, "" if it tells nothing.
func (w *window) sees(tool string, args ...string) string {
	cmd := exec.Command(tool, args...)
	cmd.Env = w.screen
	out, _ := cmd.Output()
	line, _, _ := strings.Cut(string(out), "\n")
	return line
}

// sleep stops the program as a laptop's lid does, when it has no lock in its hands.
func (w *window) sleep() {
	if w == nil {
		return
	}
	pid := w.p.cmd.Process.Pid
	keyringtest.Until(w.t, "the window to be at rest", func() bool {
		syscall.Kill(pid, syscall.SIGSTOP)
		keyringtest.Until(w.t, "the window to stop", func() bool {
			status, _ := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
			return strings.Contains(string(status), "State:\tT")
		})
		if !w.locked(w.stand.id) && !w.locked("index") {
			return true
		}
		w.wake()
		return false
	})
}

// wake lets it go on.
func (w *window) wake() {
	if w != nil {
		syscall.Kill(w.p.cmd.Process.Pid, syscall.SIGCONT)
	}
}

// agrees wants the window to hand on the token that the command line does, without a refresh, and then to close without
// complaint.
func (w *window) agrees() {
	w.t.Helper()
	before := w.market.account()
	status, token, words := w.run([]string{"token", w.name})
	if status != 0 {
		w.t.Errorf("exit status %d: %s", status, words)
	}
	w.sees("xdotool", "windowfocus", w.frame)
	w.sees("xdotool", "key", "ctrl+shift+c")
	keyringtest.Until(w.t, "the window to copy the token", func() bool {
		return w.sees("xclip", "-selection", "clipboard", "-o", "-target", "UTF8_STRING") == strings.TrimSpace(token)
	})
	if now := w.market.account(); now != before {
		w.t.Errorf("to copy a fresh token the market was asked: %+v, and before %+v", now, before)
	}
	if err := w.p.interrupt(); err != nil {
		w.t.Error("the window did not survive: ", err)
	}
	status, _, words, err := w.p.wait()
	if status != 0 || err != nil || words != "" {
		w.t.Errorf("the window ended with exit status %d, %v: %s", status, err, words)
	}
	if log, err := os.ReadFile(w.state("valetkey.log")); err == nil && strings.Contains(string(log), "level=WARN") {
		w.t.Errorf("the log says:\n%s", log)
	}
}
