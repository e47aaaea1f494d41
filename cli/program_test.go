package cli_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"runtime/pprof"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// patience bounds every wait of these tests; what is waited for comes within milliseconds on an idle machine.
const patience = 60 * time.Second

// program builds the real program once, without the window, and gives the folder it lies in.
var program = sync.OnceValues(func() (string, error) {
	folder, err := os.MkdirTemp("", "valetkey-cli-test-")
	if err != nil {
		return "", err
	}
	build := exec.Command("go", "build", "-tags", "nogui", "-o", filepath.Join(folder, "valetkey"), "valetkey")
	build.Env = append(os.Environ(), "CGO_ENABLED=0", "GOFLAGS=")
	if said, err := build.CombinedOutput(); err != nil {
		return folder, errors.New("the program does not build: " + string(said))
	}
	built = folder
	return folder, nil
})

// built is the folder to take away at the end.
var built string

// TestMain has every program speak English, takes the program away at the end, and counts goroutines: none may be left when
// all tests are over.
func TestMain(m *testing.M) {
	os.Setenv("LC_ALL", "C")
	os.Setenv("LANGUAGE", "")
	before := runtime.NumGoroutine()
	status := m.Run()
	http.DefaultClient.CloseIdleConnections()
	if built != "" {
		os.RemoveAll(built)
	}
	for end := time.Now().Add(10 * time.Second); runtime.NumGoroutine() > before; runtime.Gosched() {
		if time.Now().After(end) {
			fmt.Printf("%d goroutines are left, %d were there before\n", runtime.NumGoroutine(), before)
			pprof.Lookup("goroutine").WriteTo(os.Stdout, 1)
			status = 1
			break
		}
	}
	os.Exit(status)
}

// mustBuild gives the folder of the program or ends the test.
func mustBuild(t *testing.T) string {
	t.Helper()
	folder, err := program()
	if err != nil {
		t.Fatal(err)
	}
	return folder
}

// output keeps what a process writes and lets others wait for it.
type output struct {
	mu      sync.Mutex
	text    bytes.Buffer
	changed chan struct{}
}

func newOutput() *output { return &output{changed: make(chan struct{})} }

// Write implements io.Writer.
func (o *output) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.text.Write(p)
	close(o.changed)
	o.changed = make(chan struct{})
	return len(p), nil
}

func (o *output) now() (string, <-chan struct{}) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.text.String(), o.changed
}

// process is the program, running.
type process struct {
	cmd      *exec.Cmd
	in       io.WriteCloser
	out, err *output
	done     chan struct{}
}

// start runs command with exactly env, in folder.
func start(folder string, env []string, command string, args ...string) (*process, error) {
	p := &process{cmd: exec.Command(command, args...), out: newOutput(), err: newOutput(), done: make(chan struct{})}
	p.cmd.Dir, p.cmd.Env, p.cmd.Stdout, p.cmd.Stderr = folder, env, p.out, p.err
	p.cmd.WaitDelay = time.Second
	var err error
	if p.in, err = p.cmd.StdinPipe(); err != nil {
		return nil, err
	}
	if err := p.cmd.Start(); err != nil {
		return nil, err
	}
	go func() {
		p.cmd.Wait()
		close(p.done)
	}()
	return p, nil
}

// until waits for text in o.
func (p *process) until(o *output, found func(string) bool) (string, error) {
	limit := time.After(patience)
	for {
		text, changed := o.now()
		if found(text) {
			return text, nil
		}
		select {
		case <-changed:
		case <-p.done:
			if text, _ = o.now(); found(text) {
				return text, nil
			}
			complaint, _ := p.err.now()
			return "", errors.New("it ended before; it said: " + complaint)
		case <-limit:
			return "", errors.New("nothing came; so far: " + text)
		}
	}
}

// line waits for the n-th line of standard output, counted from 1.
func (p *process) line(n int) (string, error) {
	text, err := p.until(p.out, func(text string) bool { return strings.Count(text, "\n") >= n })
	if err != nil {
		return "", err
	}
	return strings.Split(text, "\n")[n-1], nil
}

// feed writes a line to its standard input.
func (p *process) feed(line string) error {
	_, err := io.WriteString(p.in, line+"\n")
	return err
}

// interrupt is Ctrl-C.
func (p *process) interrupt() error { return p.cmd.Process.Signal(syscall.SIGINT) }

// wait gives the exit status and all that was written.
func (p *process) wait() (status int, out, words string, err error) {
	select {
	case <-p.done:
	case <-time.After(patience):
		p.cmd.Process.Kill()
		<-p.done
		err = errors.New("it did not end")
	}
	out, _ = p.out.now()
	words, _ = p.err.now()
	return p.cmd.ProcessState.ExitCode(), out, words, err
}

// kill ends it if it still runs.
func (p *process) kill() {
	p.cmd.Process.Kill()
	<-p.done
}
