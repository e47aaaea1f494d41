//go:build !nogui

package main

import (
	"fmt"
	"image"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"valetkey/gui/parts"
	"valetkey/valet/words"
)

// TestNothingIsCutOff measures every text and every control of every state, in every language and at every promised size: it has
// the room that it needs, in all that it stands in; it is not covered; and where it is not in sight, it can be scrolled to. Tab goes
// through it as one reads, and every stop has a name of its own.
func TestNothingIsCutOff(t *testing.T) {
	inEach(t, func(t *testing.T, name string, sc *scene) {
		for _, trouble := range slices.Concat(sc.troubles(), sc.backwards(), sc.unnamed()) {
			t.Errorf("%s: %s", name, trouble)
		}
	})
}

// TestWhatIsCutOffIsFound: the measure finds what it is there for.
func TestWhatIsCutOffIsFound(t *testing.T) {
	wear(t, theme.VariantLight)
	held := func(width, height float32, o fyne.CanvasObject) fyne.CanvasObject {
		return container.NewWithoutLayout(sized(width, height, o))
	}
	long := "A sentence that is longer than the room it has here"
	for name, draw := range map[string]func() fyne.CanvasObject{
		"a button too narrow": func() fyne.CanvasObject { return held(60, 40, parts.NewButton(parts.Filled, "Copy access token", nil)) },
		"a button too low": func() fyne.CanvasObject {
			return held(300, 12, parts.NewButton(parts.Filled, "Copy access token", nil))
		},
		"lines below the room":  func() fyne.CanvasObject { return held(90, 20, parts.NewText(parts.Body, long)) },
		"a line that is cut":    func() fyne.CanvasObject { return held(90, 20, parts.NewText(parts.Body, long).Cut()) },
		"a line beyond the end": func() fyne.CanvasObject { return held(90, 20, parts.NewText(parts.Body, long).Whole()) },
		"outside the window":    func() fyne.CanvasObject { return held(900, 20, parts.NewText(parts.Body, long).Centred()) },
		"a hint too long":       func() fyne.CanvasObject { return held(90, 40, parts.NewEntry(long, false)) },
		"a picture too coarse":  func() fyne.CanvasObject { return held(70, 70, squared()) },
		"one above the other": func() fyne.CanvasObject {
			return parts.Layered(parts.NewText(parts.Body, "above"), parts.NewText(parts.Body, "below"))
		},
		"a slit to scroll in": func() fyne.CanvasObject {
			return container.NewWithoutLayout(sized(300, 60, container.NewVScroll(parts.Space(10, 900))))
		},
	} {
		if found := stage(state{name, draw}, fyne.NewSize(400, 300)).troubles(); len(found) == 0 {
			t.Errorf("%s: not found", name)
		}
	}
	fine := func() fyne.CanvasObject {
		return parts.Column(8, parts.NewText(parts.Body, long), parts.NewButton(parts.Filled, "Copy", nil))
	}
	if found := stage(state{"fine", fine}, fyne.NewSize(400, 300)).troubles(); len(found) > 0 {
		t.Error("nothing is wrong, but:", found)
	}
}

func sized(width, height float32, o fyne.CanvasObject) fyne.CanvasObject {
	o.Resize(fyne.NewSize(width, height))
	return o
}

// squared is a picture of squares that needs more room than it is given.
func squared() fyne.CanvasObject {
	i := canvas.NewImageFromImage(image.NewGray(image.Rect(0, 0, 120, 120)))
	i.ScaleMode = canvas.ImageScalePixels
	i.SetMinSize(fyne.NewSquareSize(120))
	return i
}

// troubles says what of a screen cannot be read or reached.
func (sc *scene) troubles() []string {
	var found []string
	for _, t := range sc.things {
		if what := sc.trouble(t); what != "" {
			found = append(found, what)
		}
	}
	return append(found, sc.covered()...)
}

// trouble says what is wrong with the room of one thing; "" for nothing.
func (sc *scene) trouble(t *thing) string {
	switch o := t.CanvasObject.(type) {
	case *canvas.Text:
		if around := tooSmall(t, written(t)); around != "" && strings.TrimSpace(o.Text) != "" {
			return fmt.Sprintf("%q does not fit into %s", o.Text, around)
		}
		if shortened(t, o.Text) && !has[list](t) && !has[*parts.Code](t) { // a shop's name in the rack, and what was pasted and is no code
			return fmt.Sprintf("%q is shortened", o.Text)
		}
	case *canvas.Image:
		if around := tooSmall(t, t.box); around != "" {
			return fmt.Sprintf("a picture does not fit into %s", around)
		}
		if o.ScaleMode == canvas.ImageScalePixels {
			return tooCoarse(t, o)
		}
	case *parts.Shape:
		if p := t.parent; p != nil && (t.left < p.left-1 || t.right > p.right+1) {
			return fmt.Sprintf("a shape (%v) does not fit into %T (%v)", t.box, p.CanvasObject, p.box)
		}
		return ""
	case *parts.Entry:
		inner := o.Size().Width - 2*theme.InnerPadding()
		if o.ActionItem != nil {
			inner -= o.ActionItem.MinSize().Width
		}
		if hint := fyne.MeasureText(o.PlaceHolder, theme.TextSize(), fyne.TextStyle{}); hint.Width > inner && o.Wrapping == fyne.TextWrapOff {
			return fmt.Sprintf("the hint %q is cut off", o.PlaceHolder)
		}
	case *container.Scroll:
		if seen := t.bottom - t.top; seen < leastSeen() && o.Content.MinSize().Height > seen {
			return fmt.Sprintf("only %v of %v are seen where it scrolls", seen, o.Content.MinSize().Height)
		}
		return ""
	}
	if _, ok := t.CanvasObject.(fyne.Widget); !ok || !isControl(t.CanvasObject) {
		return ""
	}
	if wide, high := t.MinSize().Width, parts.HeightOf(t.CanvasObject, t.Size().Width); t.Size().Width < wide-0.5 || t.Size().Height < high-0.5 {
		return fmt.Sprintf("%s has %v of %v x %v", nameOf(t), t.Size(), wide, high)
	}
	if around := tooSmall(t, t.box); around != "" {
		return fmt.Sprintf("%s does not fit into %s", nameOf(t), around)
	}
	return ""
}

// leastSeen is how much can be seen where it scrolls: some lines, and one where each is longer than in any real language.
func leastSeen() float32 {
	if words.Language() == words.Pseudo {
		return 2 * parts.Unit
	}
	return 12 * parts.Unit
}

// tooCoarse says why a picture of squares could not be read by a phone's camera: it has less than two units for each, not a whole
// number of them, or never stands in sight as a whole.
func tooCoarse(t *thing, picture *canvas.Image) string {
	each := picture.Size().Width / float32(-picture.Image.Bounds().Dx()/-4)
	if each < 2 || each != float32(int(each)) || picture.Size().Width != picture.Size().Height {
		return fmt.Sprintf("the squares of a picture are %v wide", each)
	}
	if scroll := t.in(); scroll != nil && scroll.bottom-scroll.top < picture.Size().Height {
		return "a picture to be read is never in sight as a whole"
	}
	return ""
}

// tooSmall names what b does not fit into, of all that t stands in up to the next scroller and, across, up to the window.
func tooSmall(t *thing, b box) string {
	scrolled := false
	for p := t.parent; p != nil; p = p.parent {
		room := p.box
		if scrolled {
			room.top, room.bottom = b.top, b.bottom
		}
		if !b.within(room, 1) {
			return fmt.Sprintf("%T (%v of %v)", p.CanvasObject, b, room)
		}
		if _, ok := p.CanvasObject.(*container.Scroll); ok {
			scrolled = true
		}
		if scroll := p.parent; scroll != nil && !scrolled {
			_, scrolled = scroll.CanvasObject.(*container.Scroll)
		}
	}
	return ""
}

// shortened reports whether a line ends earlier than its text.
func shortened(t *thing, line string) bool {
	for p := t.parent; p != nil; p = p.parent {
		if text, ok := p.CanvasObject.(*parts.Text); ok {
			return strings.HasSuffix(line, "…") && !strings.Contains(text.String(), line)
		}
	}
	return false
}

// covered says what stands on top of something else.
func (sc *scene) covered() []string {
	var found []string
	var all []*thing
	for _, t := range sc.things {
		switch t.CanvasObject.(type) {
		case *canvas.Text, *canvas.Image:
			all = append(all, t)
		default:
			if isControl(t.CanvasObject) || has[*container.Scroll](t) && t.in() == nil {
				all = append(all, t)
			}
		}
	}
	for i, a := range all {
		for _, b := range all[i+1:] {
			if _, ok := a.CanvasObject.(*canvas.Image); ok && a.parent == b.parent {
				continue // the shop's picture in the eye of the key
			}
			if a.in() == b.in() && !a.holds(b) && !b.holds(a) && a.seen().meets(b.seen(), 1.5) && !sc.hidden(a, b) {
				found = append(found, fmt.Sprintf("%s and %s stand in one place", nameOf(a), nameOf(b)))
			}
		}
	}
	return found
}

// hidden reports whether a lies below a ground that was painted before b, which stands on it.
func (sc *scene) hidden(a, b *thing) bool {
	from, to := slices.Index(sc.things, a), slices.Index(sc.things, b)
	return slices.ContainsFunc(sc.things[from:to], func(t *thing) bool {
		_, ok := filled(t)
		return ok && b.seen().within(t.box, 0) && !t.holds(a)
	})
}

// seen is the place that a thing fills.
func (t *thing) seen() box {
	switch t.CanvasObject.(type) {
	case *canvas.Text:
		return written(t)
	case *container.Scroll: // it reaches over its margins, for the rings of what has the focus
		return box{t.left, t.top + parts.Unit/2, t.right, t.bottom - parts.Unit/2}
	}
	return t.box
}

// holds reports whether other stands in t.
func (t *thing) holds(other *thing) bool {
	for p := other.parent; p != nil; p = p.parent {
		if p == t {
			return true
		}
	}
	return false
}

// nameOf is what a thing is called in a complaint.
func nameOf(t *thing) string {
	switch o := t.CanvasObject.(type) {
	case *canvas.Text:
		return fmt.Sprintf("%q", o.Text)
	case fyne.Accessible:
		return fmt.Sprintf("%T %q", o, o.AccessibilityLabel())
	}
	return fmt.Sprintf("%T", t.CanvasObject)
}
