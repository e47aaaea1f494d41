package cli_test

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"
)

// display is a virtual screen, and a connection to it that sees windows appear. It speaks the X protocol itself: whoever
// asks a program "is it there yet?" measures that program too.
type display struct {
	b    *testing.B
	name string // ":1"
	conn net.Conn
	root uint32
	ids  uint32 // the first of the numbers that we may give to what we make
}

// The requests, events and answers of the X protocol that are used here, version 11, section 9 and appendix B.
const (
	changeAttributes = 2
	getImage         = 73
	replied          = 1
	mapNotify        = 19
	eventMask        = 1 << 11
	substructure     = 1 << 19
)

func newDisplay(b *testing.B) *display {
	b.Helper()
	read, write, err := os.Pipe()
	if err != nil {
		b.Fatal(err)
	}
	defer read.Close()
	server := exec.Command("Xvfb", "-displayfd", "3", "-screen", "0", "1280x800x24", "-nolisten", "tcp", "-noreset")
	server.ExtraFiles = []*os.File{write}
	err = server.Start()
	write.Close()
	if err != nil {
		b.Fatalf("the package xvfb is needed: %v", err)
	}
	b.Cleanup(func() { server.Process.Signal(syscall.SIGTERM); server.Wait() })
	number, err := bufio.NewReader(read).ReadString('\n')
	if err != nil {
		b.Fatal("no virtual screen: ", err)
	}
	d := &display{b: b, name: ":" + strings.TrimSpace(number)}
	if d.conn, err = net.Dial("unix", "/tmp/.X11-unix/X"+d.name[1:]); err == nil {
		err = d.greet()
	}
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { d.conn.Close() })
	return d
}

// greet opens the conversation and asks to be told of windows.
func (d *display) greet() error {
	if err := d.send([]uint16{'l', 11, 0, 0, 0, 0}); err != nil {
		return err
	}
	var head struct {
		Status, _          byte
		Major, Minor, More uint16
	}
	if err := binary.Read(d.conn, binary.LittleEndian, &head); err != nil {
		return err
	}
	rest := make([]byte, 4*int(head.More))
	if _, err := io.ReadFull(d.conn, rest); err != nil {
		return err
	}
	if head.Status != replied {
		return errors.New("the virtual screen does not talk to us")
	}
	vendor, formats := int(binary.LittleEndian.Uint16(rest[16:])), int(rest[21])
	d.ids = binary.LittleEndian.Uint32(rest[4:])
	d.root = binary.LittleEndian.Uint32(rest[32+(vendor+3)/4*4+8*formats:])
	return d.send([]uint32{4<<16 | changeAttributes, d.root, eventMask, substructure})
}

func (d *display) send(request any) error { return binary.Write(d.conn, binary.LittleEndian, request) }

// next reads an event, or an answer with what follows it.
func (d *display) next() (kind byte, body []byte, err error) {
	body = make([]byte, 32)
	if _, err = io.ReadFull(d.conn, body); err == nil && body[0] == replied {
		more := make([]byte, 4*int(binary.LittleEndian.Uint32(body[4:])))
		_, err = io.ReadFull(d.conn, more)
		body = append(body, more...)
	}
	return body[0], body, err
}

// appears waits until a window is mapped, and until there is something in it.
func (d *display) appears() (window uint32, err error) {
	d.conn.SetDeadline(time.Now().Add(patience))
	for window == 0 {
		kind, body, err := d.next()
		if err != nil {
			return 0, fmt.Errorf("no window: %w", err)
		}
		if kind == mapNotify {
			window = binary.LittleEndian.Uint32(body[8:])
		}
	}
	for tick := time.NewTicker(2 * time.Millisecond); ; <-tick.C {
		painted, err := d.painted(window)
		if painted || err != nil {
			tick.Stop()
			return window, err
		}
	}
}

// painted looks at a few pixels in the window's corner: they are black until its first picture.
func (d *display) painted(window uint32) (bool, error) {
	const at, size = 24, 4
	if err := d.send([]uint32{5<<16 | 2<<8 | getImage, window, at<<16 | at, size<<16 | size, 1<<32 - 1}); err != nil {
		return false, err
	}
	for {
		kind, body, err := d.next()
		if err != nil {
			return false, fmt.Errorf("nothing in the window: %w", err)
		}
		switch kind {
		case 0: // an error: the window has gone behind the edge, or away
			return false, nil
		case replied:
			for _, pixel := range body[32:] {
				if pixel != 0 {
					return true, nil
				}
			}
			return false, nil
		}
	}
}
