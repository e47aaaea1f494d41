package cli_test

import (
	"encoding/binary"
	"errors"
	"fmt"
	"time"
)

// What is used of the X protocol's extensions DAMAGE 1.1, which tells what was drawn, and XTEST 2.2, which moves the pointer and
// presses its buttons; and of version 11 itself, to ask a window to close as its close button does (ICCCM 4.2.8.1).
const (
	internAtom     = 16
	sendEvent      = 25
	warpPointer    = 41
	queryExtension = 98
	clientMessage  = 33
	unmapNotify    = 18
	damageVersion  = 0
	damageCreate   = 1
	fakeInput      = 2
	buttonPress    = 4
	buttonRelease  = 5
)

// request sends a request of words of four octets; data is the second octet of the first one.
func (d *display) request(opcode, data byte, words ...uint32) error {
	head := uint32(1+len(words))<<16 | uint32(data)<<8 | uint32(opcode)
	return d.send(append([]uint32{head}, words...))
}

// answer waits for one of the kinds of event, or for the answer to a request.
func (d *display) answer(kinds ...byte) (body []byte, err error) {
	for {
		kind, body, err := d.next()
		switch {
		case err != nil:
			return nil, err
		case kind == 0:
			return nil, fmt.Errorf("the display answers with error %d", body[1])
		}
		for _, wanted := range kinds {
			if kind == wanted {
				return body, nil
			}
		}
	}
}

// text sends a request that ends in a text.
func (d *display) text(opcode byte, text string) error {
	body := append([]byte(text), make([]byte, -len(text)&3)...)
	if err := d.send([]uint32{uint32(2+len(body)/4)<<16 | uint32(opcode), uint32(len(text))}); err != nil {
		return err
	}
	return d.send(body)
}

// extension gives the request number of an extension, and the number of its first event.
func (d *display) extension(name string) (opcode, event byte, err error) {
	if err := d.text(queryExtension, name); err != nil {
		return 0, 0, err
	}
	body, err := d.answer(replied)
	if err == nil && body[8] == 0 {
		err = errors.New("the display has no " + name)
	}
	if err != nil {
		return 0, 0, err
	}
	return body[9], body[10], nil
}

func (d *display) atom(name string) (uint32, error) {
	if err := d.text(internAtom, name); err != nil {
		return 0, err
	}
	body, err := d.answer(replied)
	if err != nil {
		return 0, err
	}
	return binary.LittleEndian.Uint32(body[8:]), nil
}

// hide presses the window's close button, and returns when the window is gone from the screen.
func (p *pane) hide() {
	p.b.Helper()
	p.conn.SetDeadline(time.Now().Add(patience))
	protocols, err := p.atom("WM_PROTOCOLS")
	var leave uint32
	if err == nil {
		leave, err = p.atom("WM_DELETE_WINDOW")
	}
	if err == nil {
		err = p.request(sendEvent, 0, p.window, 0, 32<<8|clientMessage, p.window, protocols, leave, 0, 0, 0, 0)
	}
	if err == nil {
		_, err = p.answer(unmapNotify)
	}
	if err != nil {
		p.b.Fatal("the window does not hide: ", err)
	}
}

// wheel turns the mouse wheel at a place in the window, so many notches a turn, half of the turns down and half up, and gives the
// moments at which the window was drawn.
func (p *pane) wheel(x, y int16, turns, notches int, every time.Duration) (drawn []time.Time) {
	p.b.Helper()
	p.conn.SetDeadline(time.Now().Add(patience))
	hand, _, err := p.extension("XTEST")
	if err == nil {
		err = p.request(warpPointer, 0, 0, p.root, 0, 0, uint32(uint16(y))<<16|uint32(uint16(x)))
	}
	var told byte
	if err == nil {
		told, err = p.watch()
	}
	if err != nil {
		p.b.Fatal(err)
	}
	turned := make(chan error, 1)
	go func() { turned <- p.turn(hand, turns, notches, every) }()
	for {
		body, err := p.answer(told, replied)
		if err != nil {
			p.b.Fatal(err)
		}
		if body[0] == replied {
			break
		}
		drawn = append(drawn, time.Now())
	}
	if err := <-turned; err != nil {
		p.b.Fatal(err)
	}
	return drawn
}

// turn turns the wheel, and asks at the end for something whose answer comes after all that.
func (p *pane) turn(hand byte, turns, notches int, every time.Duration) error {
	tick := time.NewTicker(every)
	defer tick.Stop()
	for n := range turns {
		wheel := uint32(5) // down
		if n >= turns/2 {
			wheel = 4
		}
		for range notches {
			for _, kind := range []uint32{buttonPress, buttonRelease} {
				if err := p.request(hand, fakeInput, wheel<<8|kind, 0, p.root, 0, 0, 0, 0, 0); err != nil {
					return err
				}
			}
		}
		<-tick.C
	}
	return p.text(queryExtension, "XTEST")
}

// watch has the display tell of each time that something is drawn in the window.
func (p *pane) watch() (event byte, err error) {
	damage, event, err := p.extension("DAMAGE")
	if err == nil {
		err = p.request(damage, damageVersion, 1, 1)
	}
	if err == nil {
		_, err = p.answer(replied)
	}
	if err == nil {
		err = p.request(damage, damageCreate, p.ids, p.window, 0)
	}
	return event, err
}
