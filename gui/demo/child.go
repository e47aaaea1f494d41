//go:build linux

package main

import (
	"bufio"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"
)

// stopLimit is how long a child may take to end when it is asked to; then it is ended.
const stopLimit = 10 * time.Second

// child is a program that runs as long as the world, or until it is stopped. What it says goes to its log.
type child struct {
	name string
	cmd  *exec.Cmd
	done chan struct{} // closed when it has ended
	err  error         // how; read after done
}

// start runs cmd in the world, in a process group of its own, so that stopping it stops what it started too.
func (w *world) start(name string, cmd *exec.Cmd) error {
	log, err := os.OpenFile(w.path("log", name), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer log.Close()
	if cmd.Env == nil {
		cmd.Env = w.env
	}
	cmd.Stdout, cmd.Stderr = log, log
	// Should the demo itself be killed, its children go with it.
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
	if err := cmd.Start(); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	c := &child{name: name, cmd: cmd, done: make(chan struct{})}
	w.running = append(w.running, c)
	go func() {
		c.err = cmd.Wait()
		close(c.done)
	}()
	return nil
}

// alive reports whether the child still runs.
func (c *child) alive() bool {
	select {
	case <-c.done:
		return false
	default:
		return true
	}
}

// stop asks the child to end and waits. It returns how it ended, and an error of its own if it had to be killed.
func (c *child) stop() error {
	if c.alive() {
		c.cmd.Process.Signal(syscall.SIGTERM)
	}
	select {
	case <-c.done:
		return c.err
	case <-time.After(stopLimit):
	}
	syscall.Kill(-c.cmd.Process.Pid, syscall.SIGKILL)
	<-c.done
	return fmt.Errorf("%s did not end within %v of being asked to", c.name, stopLimit)
}

// command is a short command in the world, whose output the caller reads.
func (w *world) command(ctx context.Context, name string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, w.find(name), args...)
	cmd.Env = w.env
	cmd.WaitDelay = time.Second
	return cmd
}

// find finds a program as the world's PATH has it.
func (w *world) find(name string) string {
	if own := w.path("bin", name); fileExists(own) {
		return own
	}
	return name
}

func fileExists(path string) bool { _, err := os.Stat(path); return err == nil }

// close ends everything, last started first, and takes the folder away.
func (w *world) close(keep bool) {
	for _, c := range slices.Backward(w.running) {
		c.stop()
		// What a child started and left behind.
		syscall.Kill(-c.cmd.Process.Pid, syscall.SIGKILL)
	}
	if keep {
		fmt.Println("kept:", w.dir)
		return
	}
	if w.dir != "" {
		os.RemoveAll(w.dir)
	}
}

// tellLogs shows the end of what each child said, for whoever has to find out why the walk ended early.
func (w *world) tellLogs() {
	logs, _ := filepath.Glob(w.path("log", "*"))
	for _, path := range logs {
		text, _ := os.ReadFile(path)
		lines := strings.Split(strings.TrimSpace(string(text)), "\n")
		fmt.Fprintf(os.Stderr, "--- %s\n%s\n", filepath.Base(path), strings.Join(lines[max(0, len(lines)-40):], "\n"))
	}
}

// until looks again and again whether ok is true, and gives up after limit. Looking costs little beside what is looked at.
func until(ctx context.Context, what string, limit time.Duration, ok func() bool) error {
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	tick := time.NewTicker(100 * time.Millisecond)
	defer tick.Stop()
	for !ok() {
		select {
		case <-ctx.Done():
			if errors.Is(ctx.Err(), context.Canceled) {
				return ctx.Err()
			}
			return fmt.Errorf("waited %v in vain for %s", limit, what)
		case <-tick.C:
		}
	}
	return nil
}

// firstLine reads one line from a child that is starting.
func firstLine(ctx context.Context, from *os.File) (string, error) {
	deadline := time.Now().Add(startLimit)
	if d, ok := ctx.Deadline(); ok && d.Before(deadline) {
		deadline = d
	}
	from.SetReadDeadline(deadline)
	line, err := bufio.NewReader(from).ReadString('\n')
	if errors.Is(err, io.EOF) {
		err = errors.New("it ended at once; its log says why")
	}
	return strings.TrimSpace(line), err
}

// writeCookie writes an Xauthority file that fits every display: family "wild", then length-prefixed address, number, name
// and cookie (the format of libXau's AuWrite.c).
func writeCookie(path string, cookie []byte) error {
	entry := binary.BigEndian.AppendUint16(nil, 0xffff)
	for _, field := range [][]byte{nil, nil, []byte("MIT-MAGIC-COOKIE-1"), cookie} {
		entry = append(binary.BigEndian.AppendUint16(entry, uint16(len(field))), field...)
	}
	return os.WriteFile(path, entry, 0o600)
}
