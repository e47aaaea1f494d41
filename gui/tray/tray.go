// Package tray puts an icon with a menu into the desktop's tray: by StatusNotifierItem and com.canonical.dbusmenu on Linux, by
// the system's own means elsewhere. The library below knows one tray a program, so this package does.
package tray

import (
	"slices"
	"sync"

	"fyne.io/systray"
)

// Item is a line of the menu. One without a Text is a rule; one that does nothing and leads to nothing is there to be read.
type Item struct {
	Text  string
	Press func() // is called on a goroutine of its own
	Below []Item // a menu of its own
}

// the is the one tray of the program.
var the struct {
	mu    sync.Mutex
	shown []Item              // as the menu is now, without what a press does
	lines []*systray.MenuItem // those that can change, in the order of the menu
	press []func()            // what each does now
	begun bool
	end   func() // nil before Start
}

// Start puts the icon, a PNG, into the tray. On Linux it may be called on any goroutine and takes some calls on the bus, elsewhere
// on the main goroutine alone. opened is called, on a goroutine of its own, when the menu is opened, where the desktop says so.
// A second call does nothing.
func Start(name string, icon []byte, opened func()) {
	the.mu.Lock()
	defer the.mu.Unlock()
	if the.begun {
		return
	}
	the.begun = true
	ready := make(chan struct{})
	begin, end := systray.RunWithExternalLoop(func() {
		systray.SetIcon(iconFor(icon))
		systray.SetTitle(name)
		systray.SetTooltip(name)
		close(ready)
	}, nil)
	first(name, icon)
	begin()
	the.end = end
	go func() {
		<-ready
		for range systray.TrayOpenedCh {
			opened()
		}
	}()
}

// Stop takes the icon out of the tray at the end of the program, on the goroutine that [Start] was called on. On Linux the icon ends
// with the program's connection to the bus, which others still use: there it does nothing.
func Stop() {
	the.mu.Lock()
	defer the.mu.Unlock()
	if OnMain && the.end != nil {
		the.end()
		the.end = nil
	}
}

// Set shows a menu. Where only words have changed, the lines stay as they are. Safe for many goroutines.
func Set(menu []Item) {
	the.mu.Lock()
	defer the.mu.Unlock()
	if !the.begun {
		return
	}
	if !alike(the.shown, menu) {
		systray.ResetMenu()
		the.lines, the.press = nil, nil
		build(nil, menu)
	} else {
		change(menu, 0, the.shown)
	}
	the.shown = clone(menu)
}

// alike reports whether two menus differ in words at most.
func alike(a, b []Item) bool {
	return slices.EqualFunc(a, b, func(a, b Item) bool {
		return (a.Text == "") == (b.Text == "") && (a.Press == nil) == (b.Press == nil) && alike(a.Below, b.Below)
	})
}

// clone keeps what a menu looks like.
func clone(menu []Item) []Item {
	copied := slices.Clone(menu)
	for i := range copied {
		copied[i].Below = clone(copied[i].Below)
	}
	return copied
}

// build adds the lines of a menu; the.mu is held.
func build(parent *systray.MenuItem, menu []Item) {
	for _, item := range menu {
		switch {
		case item.Text == "" && parent == nil:
			systray.AddSeparator()
			continue
		case item.Text == "":
			parent.AddSeparator()
			continue
		}
		line := add(parent, literally(item.Text))
		if item.Press == nil && item.Below == nil {
			line.Disable()
		}
		at := len(the.lines)
		the.lines, the.press = append(the.lines, line), append(the.press, item.Press)
		go serve(line, at)
		build(line, item.Below)
	}
}

func add(parent *systray.MenuItem, text string) *systray.MenuItem {
	if parent == nil {
		return systray.AddMenuItem(text, "")
	}
	return parent.AddSubMenuItem(text, "")
}

// serve does what a line says, as long as it is in the menu.
func serve(line *systray.MenuItem, at int) {
	for range line.ClickedCh {
		the.mu.Lock()
		var press func()
		if at < len(the.lines) && the.lines[at] == line {
			press = the.press[at]
		}
		the.mu.Unlock()
		if press != nil {
			press()
		}
	}
}

// change puts other words and deeds to the lines from at on; it gives the line after the last. the.mu is held.
func change(menu []Item, at int, before []Item) int {
	for i, item := range menu {
		if item.Text == "" {
			continue
		}
		if item.Text != before[i].Text {
			the.lines[at].SetTitle(literally(item.Text))
		}
		the.press[at] = item.Press
		at = change(item.Below, at+1, before[i].Below)
	}
	return at
}
