package instance

import (
	"bufio"
	"context"
	"errors"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// holderVariable has this test program take the seat of the folder it names, as a child process.
const holderVariable = "VALETKEY_TEST_SEAT"

func TestMain(m *testing.M) {
	if state := os.Getenv(holderVariable); state != "" {
		hold(state)
	}
	os.Exit(m.Run())
}

// hold takes the seat, says so, and stays until it is killed or nobody reads any more.
func hold(state string) {
	if _, err := Claim(context.Background(), state); err != nil {
		os.Stdout.WriteString(err.Error() + "\n")
		os.Exit(1)
	}
	os.Stdout.WriteString("held\n")
	bufio.NewReader(os.Stdin).ReadByte()
	os.Exit(0)
}

// seat claims the seat of state until the end of the test.
func seat(t *testing.T, state string) *Seat {
	t.Helper()
	s, err := Claim(t.Context(), state)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Leave)
	return s
}

// home is a state folder, and a place for sockets that the test alone uses.
func home(t *testing.T) (state, sockets string) {
	t.Helper()
	sockets, err := os.MkdirTemp("", "vk") // short: the path of a socket has 108 bytes at most
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(sockets) })
	t.Setenv("XDG_RUNTIME_DIR", sockets)
	return filepath.Join(t.TempDir(), "state"), sockets
}

// TestSecondStart: the first window comes to the front before the second start ends.
func TestSecondStart(t *testing.T) {
	state, _ := home(t)
	first := seat(t, state)
	if _, err := Claim(t.Context(), state); !errors.Is(err, ErrShown) {
		t.Errorf("while the first is not open yet: %v", err)
	}
	var shown atomic.Int32
	first.Show(func(done func()) { shown.Add(1); done() })
	for want := range int32(3) {
		if _, err := Claim(t.Context(), state); !errors.Is(err, ErrShown) || shown.Load() != want+1 {
			t.Errorf("%v, shown %d times", err, shown.Load())
		}
	}
}

// TestDeaf: a window that does not answer holds nobody up for long.
func TestDeaf(t *testing.T) {
	state, _ := home(t)
	seat(t, state).Show(func(func()) {})
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if _, err := Claim(ctx, state); !errors.Is(err, ErrDeaf) {
		t.Error(err)
	}
}

// TestLeave: whoever comes next finds the seat free, and nothing is left but the lock.
func TestLeave(t *testing.T) {
	state, sockets := home(t)
	first := seat(t, state)
	first.Leave()
	if left, _ := os.ReadDir(sockets); len(left) != 0 {
		t.Errorf("left where sockets are: %v", left)
	}
	if left, _ := os.ReadDir(state); len(left) != 1 || left[0].Name() != lockName {
		t.Errorf("left in the state folder: %v", left)
	}
	seat(t, state)
	first.Leave() // does nothing to the one who has it now
	if _, err := Claim(t.Context(), state); !errors.Is(err, ErrShown) {
		t.Error(err)
	}
}

// TestTwoHomes: another home is another window.
func TestTwoHomes(t *testing.T) {
	state, _ := home(t)
	seat(t, state)
	seat(t, filepath.Join(t.TempDir(), "state"))
}

// TestNobodySits: without a seat there is nothing to show and nothing to leave.
func TestNobodySits(t *testing.T) {
	var none *Seat
	none.Show(func(func()) { t.Error("shown") })
	none.Leave()
}

// TestNoRoom: a path too long for a socket is left for a shorter one.
func TestNoRoom(t *testing.T) {
	state, sockets := home(t)
	long := filepath.Join(sockets, "a-name-that-is-long-enough-to-leave-no-room-for-the-name-of-a-socket-behind-it-in-one-hundred-bytes")
	if err := os.Mkdir(long, 0o700); err != nil {
		t.Fatal(err)
	}
	t.Setenv("XDG_RUNTIME_DIR", long)
	seat(t, state)
	if _, err := Claim(t.Context(), state); !errors.Is(err, ErrShown) {
		t.Error(err)
	}
	if left, _ := os.ReadDir(long); len(left) != 0 {
		t.Errorf("left: %v", left)
	}
}

// TestCrowd: of many starts at once one gets the seat, and the others show it.
func TestCrowd(t *testing.T) {
	state, _ := home(t)
	var crowd sync.WaitGroup
	var seats, shown atomic.Int32
	for range 8 {
		crowd.Go(func() {
			s, err := Claim(t.Context(), state)
			switch {
			case err == nil:
				seats.Add(1)
				t.Cleanup(s.Leave)
			case errors.Is(err, ErrShown):
				shown.Add(1)
			default:
				t.Error(err)
			}
		})
	}
	if crowd.Wait(); seats.Load() != 1 || shown.Load() != 7 {
		t.Errorf("%d seats, shown %d times", seats.Load(), shown.Load())
	}
}

// TestKilled: a program that was killed leaves a lock file, an address and a socket behind. None of them keeps the next from
// its seat, and the socket is cleared away.
func TestKilled(t *testing.T) {
	state, sockets := home(t)
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	child := exec.Command(program)
	child.Env = append(os.Environ(), holderVariable+"="+state)
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	in, err := child.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	line, _ := bufio.NewReader(out).ReadString('\n')
	if _, err := Claim(t.Context(), state); line != "held\n" || !errors.Is(err, ErrShown) {
		t.Errorf("while it lives: %q %v", line, err)
	}
	child.Process.Kill()
	child.Wait()
	stale := addressIn(t, state)
	if _, err := os.Lstat(stale); err != nil {
		t.Fatalf("nothing stale was left: %v", err)
	}
	seat(t, state)
	if left, _ := filepath.Glob(filepath.Join(sockets, "*")); len(left) != 1 || addressIn(t, state) == stale {
		t.Errorf("sockets: %v", left)
	}
}

func addressIn(t *testing.T, state string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(state, addressName))
	if err != nil {
		t.Fatal(err)
	}
	return string(text[:len(text)-1])
}

// TestStrangeAddress: a file that names something else has nothing removed.
func TestStrangeAddress(t *testing.T) {
	state, sockets := home(t)
	mine := filepath.Join(sockets, "valetkey-mine", "letter")
	for _, err := range []error{os.MkdirAll(state, 0o700), os.Mkdir(filepath.Dir(mine), 0o700), os.WriteFile(mine, nil, 0o600),
		os.WriteFile(filepath.Join(state, addressName), []byte(mine), 0o600)} {
		if err != nil {
			t.Fatal(err)
		}
	}
	seat(t, state)
	if _, err := os.Stat(mine); err != nil {
		t.Error(err)
	}
}

// TestStrangeWords: nothing but the one word does anything, and nothing is answered to it.
func TestStrangeWords(t *testing.T) {
	state, _ := home(t)
	first := seat(t, state)
	first.Show(func(done func()) { t.Error("shown"); done() })
	for _, words := range []string{"\n", "quit\n", "show me\n", "shew\n", "a line that is longer than any that is known here, and then some\n"} {
		conn := dial(t, addressIn(t, state))
		conn.Write([]byte(words))
		if said, _ := bufio.NewReader(conn).ReadString('\n'); said != "" {
			t.Errorf("%q was answered: %q", words, said)
		}
	}
}

func dial(t *testing.T, path string) net.Conn {
	t.Helper()
	conn, err := net.Dial("unix", path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	return conn
}

// TestAnotherUser: whoever the system says is somebody else, or cannot name, has nothing shown. Others do not get that far: they
// may not enter the folder.
func TestAnotherUser(t *testing.T) {
	state, _ := home(t)
	seat(t, state)
	path := addressIn(t, state)
	for _, file := range []string{filepath.Dir(path), state} {
		if info, err := os.Stat(file); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o700 {
			t.Errorf("%s: %v %v", file, info.Mode(), err)
		}
	}
	socket, err := net.ListenUnix("unix", &net.UnixAddr{Name: filepath.Join(filepath.Dir(path), "other"), Net: "unix"})
	if err != nil {
		t.Fatal(err)
	}
	defer socket.Close()
	for user, known := range map[int]bool{os.Geteuid() + 1: true, -1: runtime.GOOS != "linux"} {
		d := door{peer: func(*net.UnixConn) (int, bool) { return user, known },
			asked: func(context.Context) bool { t.Error("shown"); return true }}
		conn := dial(t, socket.Addr().String())
		conn.Write([]byte(wish))
		guest, err := socket.AcceptUnix()
		if err != nil {
			t.Fatal(err)
		}
		d.answer(guest)
		if said, _ := bufio.NewReader(conn).ReadString('\n'); said != "" {
			t.Errorf("user %d was answered: %q", user, said)
		}
	}
}
