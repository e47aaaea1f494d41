//go:build !nogui

package kit

import (
	"image/color"
	"math"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"valetkey/gui/parts"
	"valetkey/valet"
)

// luminance and contrast are WCAG 2.2's.
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

func contrast(a, b color.NRGBA) float64 {
	x, y := luminance(a), luminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

// over is what is seen of a colour that lets some of the ground through.
func over(c, ground color.NRGBA) color.NRGBA {
	mix := func(c8, g8 uint8) uint8 { return uint8((int(c8)*int(c.A) + int(g8)*(255-int(c.A))) / 255) }
	return color.NRGBA{R: mix(c.R, ground.R), G: mix(c.G, ground.G), B: mix(c.B, ground.B), A: 255}
}

func TestEveryTextStandsOutFromEveryGround(t *testing.T) {
	for name, p := range map[string]palette{"light": light, "dark": dark} {
		inks := map[string]color.NRGBA{"ink": p.ink, "muted": p.muted, "brass ink": p.brassInk, "red": p.red, "green": p.green}
		grounds := map[string]color.NRGBA{"paper": p.paper, "card": p.card, "selected": p.selected}
		for ink, i := range inks {
			for ground, g := range grounds {
				if got := contrast(i, g); got < 4.5 {
					t.Errorf("%s: %s on %s is %.2f : 1", name, ink, ground, got)
				}
			}
		}
		for what, got := range map[string]float64{
			"a filled button's words": contrast(p.onFill, p.fill), "a red button's words": contrast(p.paper, p.red),
			"a tick": contrast(p.paper, p.green), "the initial on its disc": contrast(p.ink, p.line), "a barred button's words": contrast(p.muted, p.selected),
			"the marked item of a menu": contrast(p.ink, over(marked(p.brass).(color.NRGBA), p.menu)),
		} {
			if got < 4.5 {
				t.Errorf("%s: %s is %.2f : 1", name, what, got)
			}
		}
		if got := contrast(p.brass, p.paper); got < 3 {
			t.Errorf("%s: brass on paper, a shape, is %.2f : 1", name, got)
		}
	}
}

// TestLooks: a look that was chosen holds whatever the system's is.
func TestLooks(t *testing.T) {
	for look, want := range map[valet.Look][2]palette{
		valet.LookOfSystem: {light, dark}, valet.LookLight: {light, light}, valet.LookDark: {dark, dark}, "sepia": {light, dark},
	} {
		th := NewThemeIn(look)
		for i, variant := range []fyne.ThemeVariant{theme.VariantLight, theme.VariantDark} {
			if got := th.Color(parts.Paper, variant); got != want[i].paper {
				t.Errorf("%q on variant %d: %v", look, variant, got)
			}
		}
	}
}
