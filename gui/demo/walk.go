//go:build linux

package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// walk is the story of one look: what is pressed, what is seen, what must then be true.
type walk struct {
	world *world
	look  string
	out   string
	count int // pictures taken

	win     *window
	browser *browser
	console console
	key     key
	token   string // as copied
}

// step is one part of the story.
type step struct {
	name string
	do   func(context.Context, *walk) error
}

// stepAgain is where the second part of the story begins.
const stepAgain = "the same key is connected again"

// story is told in this order; each step begins where the one before it ended.
var story = []step{
	{"the window opens", openFirst},
	{"one press on the practice shop", askForPractice},
	{"two in the browser", approveInBrowser},
	{"the key hangs in the rack", findKept},
	{"the token is copied, and the shop takes it", copyToken},
	{"the key is renewed", renew},
	{"the other ways in are looked at, and left", lookAround},
	{stepAgain, reconnect},
	{"nothing is left behind when the window closes", closeProgram},
	{"the key is still there the next time", openAgain},
	{"the older interface is asked by phone, with a code that is typed", connectByPhone},
	{"that key is taken back, in two presses", giveBack},
}

// told is the part of the story that is told in a language. Where words are longer than in English, buttons fold into a menu, and
// what comes after the first look around goes from button to button.
func told(locale string) []step {
	if locale == "C.UTF-8" {
		return story
	}
	return story[:slices.IndexFunc(story, func(s step) bool { return s.name == stepAgain })]
}

func (k *walk) all(ctx context.Context, story []step) error {
	for _, s := range story {
		if err := s.do(ctx, k); err != nil {
			if k.win != nil && k.win.child.alive() {
				k.win.capture(context.WithoutCancel(ctx), filepath.Join(k.out, "failed-"+k.look+".png"))
			}
			return fmt.Errorf("%s: %w", s.name, err)
		}
		fmt.Printf("%-5s  %s\n", k.look, s.name)
	}
	return nil
}

// end closes what the world does not know of.
func (k *walk) end() {
	if k.browser != nil {
		k.browser.close()
	}
}

// name numbers the pictures in the order of the story, alike in both looks.
func (k *walk) name(what string) string {
	k.count++
	return filepath.Join(k.out, fmt.Sprintf("%02d-%s-%s.png", k.count, what, k.look))
}

// picture waits until the window stands still and takes it.
func (k *walk) picture(ctx context.Context, what string) error {
	if err := k.win.settled(ctx); err != nil {
		return err
	}
	_, err := k.win.capture(ctx, k.name(what))
	return err
}

// smallPicture shows the window at the smallest size that it promises to be usable at.
func (k *walk) smallPicture(ctx context.Context, what string) error {
	if err := k.win.resize(ctx, smallest); err != nil {
		return err
	}
	if err := k.picture(ctx, what); err != nil {
		return err
	}
	return k.win.resize(ctx, usual)
}

// then presses keys and waits until the window shows something else.
func (k *walk) then(ctx context.Context, keys ...string) error {
	before, err := k.win.look(ctx)
	if err != nil {
		return err
	}
	if err := k.win.press(ctx, keys...); err != nil {
		return err
	}
	return until(ctx, "the window to answer to "+strings.Join(keys, ", "), startLimit, func() bool {
		now, err := k.win.look(ctx)
		return err == nil && !bytes.Equal(now, before)
	})
}

func openFirst(ctx context.Context, k *walk) (err error) {
	k.console = console{k.world}
	if k.win, err = openWindow(ctx, k.world); err != nil {
		return err
	}
	if err := k.picture(ctx, "welcome"); err != nil {
		return err
	}
	return k.smallPicture(ctx, "welcome-small")
}

// askForPractice: Enter is the obvious button, here the practice shop.
func askForPractice(ctx context.Context, k *walk) error {
	if err := k.win.settled(ctx); err != nil {
		return err
	}
	return k.then(ctx, "Return")
}

// approve presses the practice shop's own buttons, in a browser that has never been there.
func approveInBrowser(ctx context.Context, k *walk) error {
	address, err := opened(ctx, k.world)
	if err != nil {
		return err
	}
	if err := k.picture(ctx, "approve"); err != nil {
		return err
	}
	if k.browser, err = openBrowser(ctx, k.world, k.look); err != nil {
		return err
	}
	if err := k.browser.visit(address, "#signin"); err != nil {
		return err
	}
	if err := k.browser.picture(k.name("practice-sign-in"), 900); err != nil {
		return err
	}
	if err := k.browser.press("#signin", "#allow"); err != nil {
		return err
	}
	if err := k.browser.picture(k.name("practice-consent"), 900); err != nil {
		return err
	}
	return k.allow("result")
}

// allow presses Allow and checks what the browser is told: on our own page, with the code gone from the address bar.
func (k *walk) allow(picture string) error {
	if err := k.browser.press("#allow", "main > ol"); err != nil {
		return err
	}
	if err := k.browser.picture(k.name(picture), 562); err != nil {
		return err
	}
	address, err := k.browser.address()
	if err != nil {
		return err
	}
	if address.RawQuery != "" {
		return errors.New("the code still stands in the browser's address bar")
	}
	return nil
}

// findKept: the key is won, with no more presses than are promised. It is in the rack and in the keyring, and the last step of the walk leads to its panel.
func findKept(ctx context.Context, k *walk) (err error) {
	if k.key, err = k.console.connected(ctx, time.Time{}); err != nil {
		return err
	}
	if here, there := k.win.pressed, k.browser.pressed; here > 3 || there > 2 {
		return fmt.Errorf("to connect took %d presses in the window and %d in the browser", here, there)
	}
	if err := k.picture(ctx, "keep"); err != nil {
		return err
	}
	if err := k.then(ctx, "Escape"); err != nil {
		return err
	}
	if err := k.picture(ctx, "panel"); err != nil {
		return err
	}
	return k.smallPicture(ctx, "panel-small")
}
