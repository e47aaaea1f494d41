package instance

import (
	"net"
	"os"
	"path/filepath"
	"runtime"
	"syscall"
	"testing"
	"time"
)

// nobody is a user who has nothing.
const nobody = 65534

// TestPeer: the system names who is at the other end. Where the test may become somebody else, it does: first the folder keeps
// that user out, and once it is opened wide the socket does.
func TestPeer(t *testing.T) {
	state, sockets := home(t)
	first := seat(t, state)
	if first.Show(func(done func()) { done() }); !ask(t.Context(), addressIn(t, state)) {
		t.Error("we ourselves are refused")
	}
	if os.Geteuid() != 0 {
		return
	}
	first.Show(func(done func()) { t.Error("shown to somebody else"); done() })
	path := addressIn(t, state)
	if err := os.Chmod(sockets, 0o711); err != nil {
		t.Fatal(err)
	}
	if _, err := asNobody(path); err == nil {
		t.Error("the folder lets anybody in")
	}
	for _, file := range []string{filepath.Dir(path), path} {
		if err := os.Chmod(file, 0o777); err != nil {
			t.Fatal(err)
		}
	}
	if said, err := asNobody(path); err != nil || said != "" {
		t.Errorf("answered %q %v", said, err)
	}
}

// asNobody says the word at a socket as another user: on a thread of its own, which ends with it.
func asNobody(path string) (said string, err error) {
	done := make(chan struct{})
	go func() {
		defer close(done)
		runtime.LockOSThread()
		if _, _, errno := syscall.RawSyscall(syscall.SYS_SETRESUID, nobody, nobody, nobody); errno != 0 {
			err = errno
			return
		}
		var conn net.Conn
		if conn, err = net.Dial("unix", path); err != nil {
			return
		}
		defer conn.Close()
		conn.SetDeadline(time.Now().Add(10 * time.Second))
		conn.Write([]byte(wish))
		answer := make([]byte, 16)
		n, _ := conn.Read(answer)
		said = string(answer[:n])
	}()
	<-done
	return said, err
}
