//go:build !nogui

package main

import (
	"fmt"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/software"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"

	"valetkey/gui/kit"
	"valetkey/gui/parts"
	"valetkey/valet/words"
)

// The sizes that are promised: the smallest, the usual one, and a large screen.
var promised = []fyne.Size{{Width: 720, Height: 520}, {Width: 1040, Height: 680}, {Width: 3840, Height: 2160}}

// spoken are the languages there are, and the one that is longer than they.
func spoken() []string { return []string{"en", "de", words.Pseudo} }

// speak has the window speak a language until the test is over.
func speak(t *testing.T, tag string) {
	words.Prefer(func() string { return tag })
	t.Cleanup(func() { words.Prefer(func() string { return "en" }) })
}

// wear lets the theme be drawn without a display until the test is over.
func wear(t *testing.T, half fyne.ThemeVariant) {
	test.NewTempApp(t).Settings().SetTheme(variant{kit.NewTheme(), half})
}

// box is where something stands on the canvas.
type box struct{ left, top, right, bottom float32 }

func boxAt(at fyne.Position, size fyne.Size) box {
	return box{at.X, at.Y, at.X + size.Width, at.Y + size.Height}
}

// within reports whether b stands in other, but for slack at each side.
func (b box) within(other box, slack float32) bool {
	return b.left >= other.left-slack && b.top >= other.top-slack && b.right <= other.right+slack && b.bottom <= other.bottom+slack
}

// meets reports whether more than slack of b and other is the same place.
func (b box) meets(other box, slack float32) bool {
	return min(b.right, other.right)-max(b.left, other.left) > slack && min(b.bottom, other.bottom)-max(b.top, other.top) > slack
}

// thing is a visible object of a screen, in the order in which it is painted.
type thing struct {
	fyne.CanvasObject
	box
	parent *thing
}

// in gives the next scroller around t, nil for none.
func (t *thing) in() *thing {
	for p := t.parent; p != nil; p = p.parent {
		if _, ok := p.CanvasObject.(*container.Scroll); ok {
			return p
		}
	}
	return nil
}

// has reports whether t or what it stands in is of a kind.
func has[kind any](t *thing) bool {
	for p := t; p != nil; p = p.parent {
		if _, ok := p.CanvasObject.(kind); ok {
			return true
		}
	}
	return false
}

// scene is a screen with all that is seen of it, and what could be seen by scrolling.
type scene struct {
	canvas software.WindowlessCanvas
	things []*thing
}

// stage lays a state out, without painting it.
func stage(s state, size fyne.Size) *scene {
	on := software.NewCanvas()
	on.SetPadded(false)
	on.SetContent(s.draw()) // an open menu is Fyne's
	on.Resize(size)
	sc := &scene{canvas: on}
	sc.look()
	return sc
}

// look walks through the objects again.
func (sc *scene) look() {
	sc.things = sc.things[:0]
	sc.walk(sc.canvas.Content(), fyne.NewPos(0, 0), nil)
}

func (sc *scene) walk(o fyne.CanvasObject, at fyne.Position, parent *thing) {
	if !o.Visible() {
		return
	}
	at = at.Add(o.Position())
	t := &thing{o, boxAt(at, o.Size()), parent}
	sc.things = append(sc.things, t)
	for _, child := range childrenOf(o) {
		sc.walk(child, at, t)
	}
}

// childrenOf are the objects within o. What Fyne's text fields and scrollers are made of is theirs.
func childrenOf(o fyne.CanvasObject) []fyne.CanvasObject {
	switch o := o.(type) {
	case *fyne.Container:
		return o.Objects
	case *container.Scroll:
		return []fyne.CanvasObject{o.Content}
	case *parts.Entry:
		return nil
	case fyne.Widget:
		return test.WidgetRenderer(o).Objects()
	}
	return nil
}

// written gives the place of the letters of a text, however large its own place is.
func written(t *thing) box {
	text := t.CanvasObject.(*canvas.Text)
	need := text.MinSize()
	b := t.box
	switch text.Alignment {
	case fyne.TextAlignCenter:
		b.left += (b.right - b.left - need.Width) / 2
	case fyne.TextAlignTrailing:
		b.left = b.right - need.Width
	}
	b.top += (b.bottom - b.top - need.Height) / 2
	return boxAt(fyne.NewPos(b.left, b.top), need)
}

// list is Fyne's list, or what is made of it.
type list interface{ UnselectAll() }

// isControl reports whether something can be pressed or typed into.
func isControl(o fyne.CanvasObject) bool {
	switch o.(type) {
	case list, *container.Scroll:
		return false
	case fyne.Focusable, fyne.Tappable:
		return true
	}
	return false
}

// inEach runs a check for every state in every language, as a window that is drawn from one promised size to the next.
func inEach(t *testing.T, check func(t *testing.T, name string, sc *scene)) {
	for _, tag := range spoken() {
		t.Run(tag, func(t *testing.T) {
			wear(t, theme.VariantLight)
			speak(t, tag)
			for _, s := range states() {
				sc := stage(s, promised[0])
				for _, size := range promised {
					sc.canvas.Resize(size)
					sc.look()
					check(t, fmt.Sprint(s.name, " ", tag, " ", size.Width, "x", size.Height), sc)
				}
			}
		})
	}
}
