//go:build !nogui

package gui

import (
	"context"
	"time"

	"valetkey/gui/walk"
	"valetkey/valet"
	"valetkey/valet/words"
)

// moving brings a key to another place, after saying what will happen.
type moving struct{ *desk }

// movable reports whether a key can be brought elsewhere now.
func (m moving) movable(c valet.Connection) bool {
	return (c.Status == valet.Connected || c.Status == valet.Refreshing) && !c.Unsaved && len(m.app.Stores.Offered()) > 1
}

// ask shows the other places.
func (m moving) ask() {
	c, ok := m.usable()
	if !ok || !m.movable(c) {
		return
	}
	var rungs []walk.Rung
	l := &ladder{window: m.window, leave: m.back}
	for _, kind := range m.app.Stores.Offered() {
		switch {
		case kind == c.Store:
		case kind == valet.InFile:
			rungs = append(rungs, walk.RungOf(kind, "", func() { l.file(func() { m.lay(c.ID); m.ask() }) }))
		default:
			rungs = append(rungs, walk.RungOf(kind, m.app.Keyring, func() { m.move(c.ID, kind) }))
		}
	}
	l.ready = func(kind valet.StoreKind) {
		if l.seen() {
			m.move(c.ID, kind)
		}
	}
	view := walk.NewMove(c, m.state(c, time.Now()).Scopes, m.app.Keyring, rungs, m.back)
	l.climb(screen{view: view.Container, enter: rungs[0].Press, escape: m.back})
}

// move does it, and says on the panel what came of it.
func (m moving) move(id valet.ID, to valet.StoreKind) {
	m.lay(id)
	if _, ok := m.key(); !ok || m.id != id || m.panel == nil {
		return
	}
	m.perform(deed{saying: words.T("window.moving"), again: func() { m.move(id, to) }, do: func(ctx context.Context, id valet.ID) (string, error) {
		moved, err := m.app.Stores.Move(ctx, id, to)
		if err != nil {
			return "", err
		}
		return words.T("window.moved", "Store", words.StoreName(moved.Store, m.app.Keyring)), nil
	}})
}
