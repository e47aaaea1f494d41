//go:build !nogui

package parts

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// Code is a field for a code that is read somewhere else: a large box for each character. How long it is nobody knows
// beforehand, so the boxes become more as it is typed. Enter calls Done.
type Code struct {
	control
	Done     func()
	OnChange func() // after each change; nil: nobody wants to know

	name string
	line codeLine
	last float32 // the width it was last given
}

// NewCode makes empty boxes. name is what a screen reader says.
func NewCode(name string) *Code {
	c := &Code{name: name}
	c.init(c, func() {})
	return c
}

// Text is what was typed, or what was pasted, whole.
func (c *Code) Text() string { return c.line.text() }

// SetBusy bars the boxes while the code is tried: what is in them stays.
func (c *Code) SetBusy(busy bool) {
	c.barred = busy
	c.Refresh()
}

// change does something to the line and shows it.
func (c *Code) change(do func(*codeLine)) {
	if c.barred {
		return
	}
	do(&c.line)
	c.Refresh()
	if c.OnChange != nil {
		c.OnChange()
	}
}

// Paste takes a text in one piece: a code, or whatever has it inside.
func (c *Code) Paste(text string) { c.change(func(l *codeLine) { l.paste(text) }) }

// Tapped implements [fyne.Tappable]: the caret goes where the pointer is.
func (c *Code) Tapped(at *fyne.PointEvent) {
	if on := fyne.CurrentApp().Driver().CanvasForObject(c); on != nil {
		on.Focus(c)
	}
	if at != nil {
		c.change(func(l *codeLine) { l.move(boxesFor(len(l.chars), c.Size().Width).at(at.Position)) })
	}
}

// TypedRune implements [fyne.Focusable].
func (c *Code) TypedRune(typed rune) { c.change(func(l *codeLine) { l.put(typed) }) }

// TypedKey implements [fyne.Focusable].
func (c *Code) TypedKey(event *fyne.KeyEvent) {
	line := c.line
	edits := map[fyne.KeyName]func(*codeLine){
		fyne.KeyBackspace: (*codeLine).back,
		fyne.KeyDelete:    (*codeLine).forward,
		fyne.KeyLeft:      func(l *codeLine) { l.move(line.caret - 1) },
		fyne.KeyRight:     func(l *codeLine) { l.move(line.caret + 1) },
		fyne.KeyHome:      func(l *codeLine) { l.move(0) },
		fyne.KeyEnd:       func(l *codeLine) { l.move(len(line.chars)) },
	}
	switch edit := edits[event.Name]; {
	case edit != nil:
		c.change(edit)
	case event.Name == fyne.KeySpace: // comes as a rune too, and is no part of a code
	case event.Name == fyne.KeyReturn, event.Name == fyne.KeyEnter:
		if c.Done != nil && !c.barred {
			c.Done()
		}
	case len(event.Name) > 1: // a letter comes as a rune
		PassKey(c, event)
	}
}

// TypedShortcut implements [fyne.Shortcutable].
func (c *Code) TypedShortcut(shortcut fyne.Shortcut) {
	switch s := shortcut.(type) {
	case *fyne.ShortcutPaste:
		c.Paste(s.Clipboard.Content())
	case *fyne.ShortcutSelectAll:
		c.change((*codeLine).selectAll)
	case *fyne.ShortcutCopy:
		if c.line.all {
			s.Clipboard.SetContent(c.Text())
		}
	case *fyne.ShortcutCut:
		if c.line.all && !c.barred {
			s.Clipboard.SetContent(c.Text())
			c.change((*codeLine).empty)
		}
	case *desktop.CustomShortcut:
		if on, ok := fyne.CurrentApp().Driver().CanvasForObject(c).(fyne.Shortcutable); ok {
			on.TypedShortcut(shortcut)
		}
	}
}

// AccessibilityLabel implements [fyne.Accessible].
func (c *Code) AccessibilityLabel() string {
	if c.Text() == "" {
		return c.name
	}
	return c.name + ": " + c.Text()
}

// AccessibilityRole implements [fyne.Accessible].
func (c *Code) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }
