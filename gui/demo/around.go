//go:build linux

package main

import (
	"context"
	"errors"
)

// view is a screen that is looked at and left with Escape: how to get there from the panel, and what its picture is called.
type view struct {
	picture string
	keys    []string
	small   bool     // looked at in the smallest size too
	leave   []string // leads back from there
}

var escape = []string{"Escape"}

// views are reached by keyboard alone. In the choice of markets the last button is Back, before it is the way to less
// usual ones, and before that stand the cards. Before the
// two values of a real market come our terms, and the kinds of app key: Enter is the obvious way on.
var views = []view{
	{"choose", []string{"ctrl+n"}, false, escape},
	{"ask", []string{"ctrl+n", "shift+Tab", "shift+Tab", "shift+Tab", "space"}, true, escape},
	{"setup", []string{"ctrl+n", "shift+Tab", "shift+Tab", "shift+Tab", "shift+Tab", "space", "Return", "Return"}, true, []string{"Escape", "Escape"}},
	{"revoke", []string{"Delete"}, false, escape},
}

// lookAround visits what the story does not come through, and changes nothing.
func lookAround(ctx context.Context, k *walk) error {
	for _, v := range views {
		for _, key := range v.keys {
			if err := k.then(ctx, key); err != nil {
				return err
			}
		}
		if err := k.picture(ctx, v.picture); err != nil {
			return err
		}
		if v.small {
			if err := k.smallPicture(ctx, v.picture+"-small"); err != nil {
				return err
			}
		}
		for _, key := range v.leave {
			if err := k.then(ctx, key); err != nil {
				return err
			}
		}
	}
	now, err := k.console.onlyKey(ctx)
	if err == nil && now != k.key {
		err = errors.New("looking around changed the key")
	}
	return err
}
