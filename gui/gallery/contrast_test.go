//go:build !nogui

package main

import (
	"image/color"
	"math"
	"strings"
	"testing"

	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"

	"valetkey/gui/parts"
)

// contrast is WCAG 2.2's.
func contrast(a, b color.NRGBA) float64 {
	x, y := luminance(a), luminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

func luminance(c color.NRGBA) float64 {
	linear := func(v uint8) float64 {
		s := float64(v) / 255
		if s <= 0.04045 {
			return s / 12.92
		}
		return math.Pow((s+0.055)/1.055, 2.4)
	}
	return 0.2126*linear(c.R) + 0.7152*linear(c.G) + 0.0722*linear(c.B)
}

func plain(c color.Color) color.NRGBA {
	if c == nil {
		return color.NRGBA{}
	}
	return color.NRGBAModel.Convert(c).(color.NRGBA)
}

// filled gives what a thing fills its place with; false for nothing, or what can be seen through.
func filled(t *thing) (color.NRGBA, bool) {
	var fill color.Color
	switch o := t.CanvasObject.(type) {
	case *canvas.Rectangle:
		fill = o.FillColor
	case *canvas.Circle:
		fill = o.FillColor
	}
	if fill == nil {
		return color.NRGBA{}, false
	}
	c := plain(fill)
	return c, c.A == 255
}

// ground is the colour below the middle of b, of all that is painted before the thing with that number.
func (sc *scene) ground(before int, b box) color.NRGBA {
	middle := box{(b.left + b.right) / 2, (b.top + b.bottom) / 2, (b.left + b.right) / 2, (b.top + b.bottom) / 2}
	for i := before - 1; i >= 0; i-- {
		if c, ok := filled(sc.things[i]); ok && middle.within(sc.things[i].box, 0) {
			return c
		}
	}
	return plain(theme.Color(theme.ColorNameBackground))
}

// TestEveryTextStandsOut: every text that any state shows, on the ground that it really stands on there, light and dark, has a
// contrast of at least 4.5.
func TestEveryTextStandsOut(t *testing.T) {
	for name, half := range halves {
		wear(t, half)
		pairs := map[[2]color.NRGBA]bool{}
		for _, s := range states() {
			sc := stage(s, promised[1])
			for i, th := range sc.things {
				text, ok := th.CanvasObject.(*canvas.Text)
				if !ok || strings.TrimSpace(text.Text) == "" {
					continue
				}
				pair := [2]color.NRGBA{plain(text.Color), sc.ground(i, written(th))}
				if pairs[pair] {
					continue
				}
				pairs[pair] = true
				if got := contrast(pair[0], pair[1]); got < 4.5 {
					t.Errorf("%s: %s: %q, %v on %v, has a contrast of %.2f", name, s.name, text.Text, pair[0], pair[1], got)
				}
			}
		}
		if len(pairs) < 10 {
			t.Errorf("%s: only %d pairs were looked at", name, len(pairs))
		}
	}
}

// TestTheHintOfAFieldStandsOut: text fields are Fyne's, so their pairs are taken from the theme.
func TestTheHintOfAFieldStandsOut(t *testing.T) {
	for name, half := range halves {
		wear(t, half)
		ground := plain(theme.Color(theme.ColorNameInputBackground))
		for _, ink := range []color.Color{theme.Color(theme.ColorNameForeground), theme.Color(theme.ColorNamePlaceHolder)} {
			if got := contrast(plain(ink), ground); got < 4.5 {
				t.Errorf("%s: %v on %v has a contrast of %.2f", name, ink, ground, got)
			}
		}
	}
}

// stroke is a line that is drawn: an edge, or a narrow surface.
type stroke struct {
	box
	colour color.NRGBA
	width  float32
}

// groundedStroke is a line and what it stands on.
type groundedStroke struct {
	stroke
	ground color.NRGBA
}

// strokes are the lines of a screen, those of Fyne's text fields too.
func (sc *scene) strokes() []groundedStroke {
	sc.look()
	var lines []groundedStroke
	for i, t := range sc.things {
		if entry, ok := t.CanvasObject.(*parts.Entry); ok {
			for _, o := range test.WidgetRenderer(entry).Objects() {
				if edge, ok := o.(*canvas.Rectangle); ok && edge.Visible() {
					lines = append(lines, groundedStroke{stroke{t.box, plain(edge.StrokeColor), edge.StrokeWidth}, sc.ground(i, t.box)})
				}
			}
		}
		r, ok := t.CanvasObject.(*canvas.Rectangle)
		if !ok {
			continue
		}
		ground := sc.ground(i, t.box)
		switch fill := plain(r.FillColor); {
		case r.StrokeWidth >= 1.5:
			lines = append(lines, groundedStroke{stroke{t.box, plain(r.StrokeColor), r.StrokeWidth}, ground})
		case t.right-t.left <= 4 && fill.A == 255:
			lines = append(lines, groundedStroke{stroke{t.box, fill, 0}, ground})
		}
	}
	return lines
}
