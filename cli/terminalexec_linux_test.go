package cli_test

import (
	"strings"
	"syscall"
	"testing"
	"unsafe"

	"valetkey/cli"
)

// TestExecInATerminal: the terminal is the program's. Ctrl-C and a new size reach it, it can stop and go on, and it reads the
// keyboard letter by letter if it wants to.
func TestExecInATerminal(t *testing.T) {
	d, _ := apiDesk(t, "only+the/keyring=knows")
	s := d.sit("exec", "strict-sons", "--", "/bin/bash", "--norc", "-c", `
		trap 'echo interrupted' INT
		trap 'echo size $(/bin/stty size)' WINCH
		echo first; read x; echo "read $x $?"; read -sn1 letter; echo "letter $letter"; [ -t 0 ] && [ -t 1 ] && exit 9`)
	s.answer(t, "first", "\x03")
	s.resize(t, 33, 111)
	s.answer(t, "interrupted", "\n")
	s.answer(t, "read", "q")
	if shown := s.ends(t, cli.Status(9), "letter q"); !strings.Contains(shown, "size 33 111") {
		t.Errorf("it saw no new size: %s", shown)
	}
}

// resize makes the terminal's window another size.
func (s *screen) resize(t *testing.T, rows, columns uint16) {
	t.Helper()
	size := [4]uint16{rows, columns}
	if _, _, errno := syscall.Syscall(syscall.SYS_IOCTL, s.keyboard.Fd(), syscall.TIOCSWINSZ, uintptr(unsafe.Pointer(&size))); errno != 0 {
		t.Fatal(errno)
	}
}
