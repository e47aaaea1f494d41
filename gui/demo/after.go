//go:build linux

package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"
)

// copyToken: what is on the clipboard is the token, and the shop knows whose it is.
func copyToken(ctx context.Context, k *walk) error {
	if err := k.copy(ctx); err != nil {
		return err
	}
	if err := k.picture(ctx, "copied"); err != nil {
		return err
	}
	printed, err := k.console.verb(ctx, "token", k.key.Name)
	if err != nil {
		return err
	}
	if printed != k.token {
		return errors.New("the command line prints another token than the window copies")
	}
	if err := checkKept(ctx, k.world, k.token); err != nil {
		return err
	}
	base, err := k.console.openPractice(ctx)
	if err != nil {
		return err
	}
	return k.console.checkAccepted(ctx, base, k.key.Name, k.token)
}

// copy asks for the token and takes it from the clipboard. It has to be another one than was copied before.
func (k *walk) copy(ctx context.Context) error {
	old := k.token
	if err := k.win.press(ctx, "ctrl+shift+c"); err != nil {
		return err
	}
	return until(ctx, "a new token on the clipboard", verbLimit, func() bool {
		text, err := clipboard(ctx, k.world)
		k.token = text
		return err == nil && text != "" && text != old && tokenForm.FindString(text) == text
	})
}

// renew: Refresh in the window changes the pair, and the command line sees the new one.
func renew(ctx context.Context, k *walk) error {
	before := k.key.Refreshed
	if err := k.win.press(ctx, "ctrl+r"); err != nil {
		return err
	}
	var err error
	if k.key, err = k.console.connected(ctx, before); err != nil {
		return err
	}
	if err := k.picture(ctx, "renewed"); err != nil {
		return err
	}
	now, err := k.console.verb(ctx, "token", k.key.Name)
	if err == nil && now == k.token {
		err = errors.New("the token is the same after it was renewed")
	}
	return err
}

// reconnect: one press, and one in the browser, which still knows who is signed in; the same key is won anew.
func reconnect(ctx context.Context, k *walk) error {
	was := k.key
	// Backwards from the end: Revoke is the last button of the panel, before it is More, and before that Reconnect.
	if err := k.then(ctx, "shift+Tab", "shift+Tab", "shift+Tab"); err != nil {
		return err
	}
	if err := k.picture(ctx, "focus"); err != nil {
		return err
	}
	if err := k.then(ctx, "space"); err != nil {
		return err
	}
	address, err := opened(ctx, k.world)
	if err != nil {
		return err
	}
	if err := k.browser.visit(address, "#allow"); err != nil {
		return err
	}
	if err := k.allow("result-again"); err != nil {
		return err
	}
	if k.key, err = k.console.connected(ctx, was.Refreshed); err != nil {
		return err
	}
	if k.key.Name != was.Name {
		return fmt.Errorf("reconnecting %s made another key, %s", was.Name, k.key.Name)
	}
	// The window is told a moment after the key is stored; until then Escape would mean Cancel.
	if err := k.picture(ctx, "keep-again"); err != nil {
		return err
	}
	if err := k.then(ctx, "Escape"); err != nil {
		return err
	}
	return k.copy(ctx)
}

// closeProgram: the program ends by itself, within a few seconds, and its token is not on the clipboard any more. (X forgets
// a clipboard with its owner; that the program clears it first, for systems that keep it, is tested in package gui.)
func closeProgram(ctx context.Context, k *walk) error {
	if err := askToClose(k.world, k.win.id); err != nil {
		return err
	}
	if err := until(ctx, "the program to end", 15*time.Second, func() bool { return !k.win.child.alive() }); err != nil {
		return err
	}
	if err := k.win.child.err; err != nil {
		return fmt.Errorf("the program ended with %w", err)
	}
	text, err := clipboard(ctx, k.world)
	if err == nil && text == k.token {
		err = errors.New("the token is still on the clipboard")
	}
	return err
}

// openAgain: a new start shows the same key, and it still works.
func openAgain(ctx context.Context, k *walk) (err error) {
	if k.win, err = openWindow(ctx, k.world); err != nil {
		return err
	}
	if err := k.picture(ctx, "next-start"); err != nil {
		return err
	}
	kept := k.token
	printed, err := k.console.verb(ctx, "token", k.key.Name)
	if err != nil {
		return err
	}
	if printed != kept {
		return errors.New("after a new start the token is another one")
	}
	k.token = ""
	if err := k.copy(ctx); err != nil {
		return err
	}
	if k.token != kept {
		return errors.New("after a new start the window copies another token")
	}
	return checkKept(ctx, k.world, kept)
}

// giveBack: Del asks, and the second press does it; the key opens nothing any more.
func giveBack(ctx context.Context, k *walk) error {
	before := k.win.pressed
	// Backwards from the end: Keep it is the last button, before it is the one that does it.
	for _, keys := range [][]string{{"Delete"}, {"shift+Tab", "shift+Tab"}, {"space"}} {
		if err := k.then(ctx, keys...); err != nil {
			return err
		}
	}
	err := until(ctx, "the key to be taken back", verbLimit, func() bool {
		keys, err := k.console.keys(ctx)
		return err == nil && slices.ContainsFunc(keys, func(found key) bool { return found.Provider == olderID && found.Status == "returned" })
	})
	if err == nil && k.win.pressed-before > 2 {
		err = fmt.Errorf("to take it back took %d presses", k.win.pressed-before)
	}
	if err != nil {
		return err
	}
	return k.picture(ctx, "returned")
}
