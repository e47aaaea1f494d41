//go:build linux

package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/chromedp/chromedp"
)

// olderID is the practice shop's older interface among the markets.
const olderID = "practice-v2"

// connectByPhone: the older interface is chosen, and asked for by phone. Another program reads the picture of the address from
// the window, as a phone's camera would; the code that the page then shows is typed, and a second key hangs in the rack.
func connectByPhone(ctx context.Context, k *walk) error {
	if err := k.chooseOlder(ctx); err != nil {
		return err
	}
	// Open is the second button behind the boxes, which have the focus. It shows in this browser what the picture leads to.
	read, err := k.readPicture(ctx)
	if err != nil {
		return err
	}
	if err := k.win.press(ctx, "Tab", "Tab", "space"); err != nil {
		return err
	}
	address, err := opened(ctx, k.world)
	if err != nil {
		return err
	}
	if read != address {
		return errors.New("the picture leads to another address than the button")
	}
	code, err := k.allowForCode(address)
	if err != nil {
		return err
	}
	if err := k.then(ctx, append([]string{"shift+Tab", "shift+Tab"}, strings.Split(code, "")...)...); err != nil {
		return err
	}
	if err := k.picture(ctx, "code"); err != nil {
		return err
	}
	return k.useCode(ctx)
}

// chooseOlder goes to the less usual markets, and there by keyboard to the older interface: behind it stand the cards
// for a market to add and for a file with tokens, the ways to another app key and out of two older tokens, and Back. Then it asks for the walk by phone, the third button from the end.
func (k *walk) chooseOlder(ctx context.Context) error {
	for _, keys := range [][]string{{"ctrl+n"}, {"shift+Tab", "shift+Tab", "space"}} {
		if err := k.then(ctx, keys...); err != nil {
			return err
		}
	}
	if err := k.picture(ctx, "markets"); err != nil {
		return err
	}
	for _, keys := range [][]string{append(slices.Repeat([]string{"shift+Tab"}, 7), "space"), {"Return"}} {
		if err := k.then(ctx, keys...); err != nil {
			return err
		}
	}
	if _, err := opened(ctx, k.world); err != nil {
		return err
	}
	if err := k.win.settled(ctx); err != nil {
		return err
	}
	return k.then(ctx, "shift+Tab", "shift+Tab", "shift+Tab", "space")
}

// readPicture reads the address from the picture in the window.
func (k *walk) readPicture(ctx context.Context) (string, error) {
	path := k.name("phone")
	var read []byte
	err := until(ctx, "a picture of the address that can be read", startLimit, func() bool {
		if _, err := k.win.capture(ctx, path); err != nil {
			return false
		}
		ctx, cancel := context.WithTimeout(ctx, verbLimit)
		defer cancel()
		found, err := k.world.command(ctx, "zbarimg", "--quiet", "--raw", "-Sdisable", "-Sqrcode.enable", path).Output()
		read = found
		return err == nil
	})
	return strings.TrimSpace(string(read)), err
}

// allowForCode allows it in the browser, which still knows who is signed in, and gives the code that the page shows.
func (k *walk) allowForCode(address string) (string, error) {
	if err := k.browser.visit(address, "#allow"); err != nil {
		return "", err
	}
	if err := k.browser.press("#allow", "#verifier"); err != nil {
		return "", err
	}
	if err := k.browser.picture(k.name("practice-code"), 562); err != nil {
		return "", err
	}
	shown, err := chromedp.Run(k.browser.ctx, chromedp.Evaluate[string]("document.querySelector('#verifier').textContent"))
	code := strings.Join(strings.Fields(shown), "")
	if err == nil && len(code) != 8 {
		err = fmt.Errorf("the page shows a code of %d characters", len(code))
	}
	return code, err
}

// useCode: the key is won and kept, signs a request, and leaves its token in no file.
func (k *walk) useCode(ctx context.Context) error {
	if err := k.win.press(ctx, "Return"); err != nil {
		return err
	}
	var older key
	err := until(ctx, "the key of the older interface", verbLimit, func() bool {
		keys, err := k.console.keys(ctx)
		for _, found := range keys {
			if found.Provider == olderID && found.Status == "connected" {
				older = found
			}
		}
		return err == nil && older.Name != ""
	})
	if err != nil {
		return err
	}
	if err := k.picture(ctx, "keep-older"); err != nil {
		return err
	}
	if err := k.then(ctx, "Escape"); err != nil {
		return err
	}
	if err := k.picture(ctx, "panel-older"); err != nil {
		return err
	}
	me, err := k.console.verb(ctx, "request", older.Name, "GET", "/v2/users/__SELF__")
	if err != nil || !strings.Contains(me, "user_id") {
		return fmt.Errorf("the key of the older interface does not say whose it is: %w", err)
	}
	token, err := k.console.verb(ctx, "token", older.Name)
	if err != nil {
		return err
	}
	return checkKept(ctx, k.world, token)
}
