//go:build linux

package main

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net"
	"strconv"
	"strings"
	"time"
)

// What follows is the little of the X protocol (X Window System Protocol, version 11, appendix B) that it takes to send one
// event. A window manager does this when its close button is pressed; there is none here, and xdotool can only destroy.
const (
	opInternAtom    = 16
	opSendEvent     = 25
	opGetInputFocus = 43 // asks for an answer, and so shows that all before it was carried out
	clientMessage   = 33
)

// askToClose does to a window what its close button does: it sends WM_DELETE_WINDOW (ICCCM 4.2.8.1).
func askToClose(w *world, id string) error {
	number, err := strconv.ParseUint(id, 10, 32)
	if err != nil {
		return err
	}
	x, err := dialX(strings.TrimPrefix(w.value("DISPLAY"), ":"), w.cookie)
	if err != nil {
		return fmt.Errorf("the X server: %w", err)
	}
	defer x.conn.Close()
	protocols, delete := x.atom("WM_PROTOCOLS"), x.atom("WM_DELETE_WINDOW")
	event := []byte{clientMessage, 32, 0, 0}
	event = binary.LittleEndian.AppendUint32(event, uint32(number))
	event = binary.LittleEndian.AppendUint32(event, protocols)
	event = binary.LittleEndian.AppendUint32(event, delete)
	event = append(event, make([]byte, 32-len(event))...)
	body := binary.LittleEndian.AppendUint32(nil, uint32(number))
	body = append(binary.LittleEndian.AppendUint32(body, 0), event...)
	x.send(opSendEvent, body)
	x.send(opGetInputFocus, nil)
	x.reply()
	return x.err
}

// xConn is a connection to the X server. The first error stays, and ends all that comes after it.
type xConn struct {
	conn net.Conn
	err  error
}

func dialX(display string, cookie []byte) (*xConn, error) {
	conn, err := net.DialTimeout("unix", "/tmp/.X11-unix/X"+display, stopLimit)
	if err != nil {
		return nil, err
	}
	conn.SetDeadline(time.Now().Add(stopLimit))
	const name = "MIT-MAGIC-COOKIE-1"
	hello := []byte{'l', 0, 11, 0, 0, 0, byte(len(name)), 0, byte(len(cookie)), 0, 0, 0}
	hello = append(hello, padded([]byte(name))...)
	hello = append(hello, padded(cookie)...)
	x := &xConn{conn: conn}
	x.write(hello)
	head := x.read(8)
	x.read(4 * int(binary.LittleEndian.Uint16(head[6:])))
	if x.err == nil && head[0] != 1 {
		x.err = errors.New("it refuses the connection")
	}
	if x.err != nil {
		conn.Close()
	}
	return x, x.err
}

func (x *xConn) send(opcode byte, body []byte) {
	request := binary.LittleEndian.AppendUint16([]byte{opcode, 0}, uint16(1+len(body)/4))
	x.write(append(request, body...))
}

// reply reads one answer; none of those asked for here is longer than 32 octets.
func (x *xConn) reply() []byte {
	answer := x.read(32)
	if x.err == nil && answer[0] != 1 {
		x.err = fmt.Errorf("it answers with an error, code %d", answer[1])
	}
	return answer
}

func (x *xConn) atom(name string) uint32 {
	body := append(binary.LittleEndian.AppendUint16(nil, uint16(len(name))), 0, 0)
	x.send(opInternAtom, append(body, padded([]byte(name))...))
	return binary.LittleEndian.Uint32(x.reply()[8:])
}

func (x *xConn) write(p []byte) {
	if x.err == nil {
		_, x.err = io.Copy(x.conn, bytes.NewReader(p))
	}
}

// read returns n octets, all zero after an error.
func (x *xConn) read(n int) []byte {
	p := make([]byte, n)
	if x.err == nil {
		_, x.err = io.ReadFull(x.conn, p)
	}
	return p
}

// padded fills up to a multiple of four.
func padded(p []byte) []byte { return append(p, make([]byte, -len(p)&3)...) }
