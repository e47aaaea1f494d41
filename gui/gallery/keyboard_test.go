//go:build !nogui

package main

import (
	"fmt"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// stops are what Tab leads to, in its order.
func (sc *scene) stops() []*thing {
	var stops []*thing
	for _, t := range sc.things {
		if _, ok := t.CanvasObject.(fyne.Focusable); ok {
			stops = append(stops, t)
		}
	}
	return stops
}

// backwards says where Tab does not go as one reads: from each stop the next one is further down, or further right; in columns, at
// the top of the next one.
func (sc *scene) backwards() []string {
	var found []string
	stops := sc.stops()
	for i, at := range stops[1:] {
		from, to := stops[i].box, at.box
		if out, in := stops[i].in(), at.in(); out != in { // what scrolls is where its scroller is
			from, to = out.or(from), in.or(to)
		}
		if to.bottom <= from.top+1 && to.left < from.right-1 {
			found = append(found, fmt.Sprintf("Tab goes back up from %s to %s", nameOf(stops[i]), nameOf(at)))
		}
	}
	return found
}

// or gives the place of t, or b where there is no t.
func (t *thing) or(b box) box {
	if t == nil {
		return b
	}
	return t.box
}

// TestTabLeadsToEverything: the keyboard comes to all that can be pressed, once around.
func TestTabLeadsToEverything(t *testing.T) {
	wear(t, theme.VariantLight)
	for _, s := range states() {
		sc := stage(s, promised[1])
		for _, th := range sc.things {
			if !isControl(th.CanvasObject) || has[list](th) {
				continue
			}
			if _, ok := th.CanvasObject.(fyne.Focusable); !ok {
				t.Errorf("%s: Tab does not lead to %s", s.name, nameOf(th))
			}
		}
		stops := sc.stops()
		for _, want := range append(stops, stops[0]) {
			if sc.canvas.FocusNext(); sc.canvas.Focused() != want.CanvasObject.(fyne.Focusable) {
				t.Errorf("%s: Tab leads to %v, want %s", s.name, sc.canvas.Focused(), nameOf(want))
			}
		}
	}
}

// unnamed are the stops for which a screen reader has nothing to say, or the same as for another one.
func (sc *scene) unnamed() []string {
	var found []string
	named := map[string]bool{}
	for _, th := range sc.things {
		if _, ok := th.CanvasObject.(fyne.Focusable); !ok && !isControl(th.CanvasObject) || has[list](th.parent) {
			continue
		}
		name := labelOf(th.CanvasObject)
		if name == "" || named[name] {
			found = append(found, fmt.Sprintf("the name of %s is %q", nameOf(th), name))
		}
		named[name] = true
	}
	return found
}

func labelOf(o fyne.CanvasObject) string {
	if a, ok := o.(fyne.Accessible); ok {
		return a.AccessibilityLabel()
	}
	return ""
}

// TestTheFocusIsSeen: whatever has the focus shows a line that it has at no other time, with a contrast of at least 3.
func TestTheFocusIsSeen(t *testing.T) {
	for name, half := range halves {
		wear(t, half)
		seen := map[string]int{} // of each kind a few, in what states they come
		for _, s := range states() {
			sc := stage(s, promised[1])
			for _, stop := range sc.stops() {
				kind := fmt.Sprintf("%T", stop.CanvasObject)
				if seen[kind]++; seen[kind] > 60 {
					continue
				}
				if got := sc.focusContrast(stop); got < 3 {
					t.Errorf("%s: %s: %s: the focus has a contrast of %.2f", name, s.name, nameOf(stop), got)
				}
			}
		}
	}
}

// focusContrast gives the best contrast to its ground of a line that is there only while a stop has the focus.
func (sc *scene) focusContrast(stop *thing) float64 {
	sc.canvas.Unfocus()
	before := map[stroke]bool{}
	for _, line := range sc.strokes() {
		before[line.stroke] = true
	}
	sc.canvas.Focus(stop.CanvasObject.(fyne.Focusable))
	best := 0.0
	for _, line := range sc.strokes() {
		if !before[line.stroke] {
			best = max(best, contrast(line.colour, line.ground))
		}
	}
	return best
}
