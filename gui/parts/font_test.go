//go:build !nogui

package parts

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

// A sign that a font lacks is drawn from another, and is another width: of one font alone it would be a box.
func TestTheFontsHaveAllThatIsCommon(t *testing.T) {
	app := test.NewTempApp(t)
	signs := []rune(beyond)
	for r := ' '; r <= 'ſ'; r++ {
		if common(string(r)) {
			signs = append(signs, r)
		}
	}
	for _, s := range []fyne.TextStyle{{}, {Bold: true}, {Monospace: true}} {
		for _, r := range signs {
			of := face(string(r), s)
			if of == nil {
				t.Fatalf("%q: no font", r)
			}
			alone, _ := app.Driver().RenderedTextSize(string(r), 20, s, of)
			among, _ := app.Driver().RenderedTextSize(string(r), 20, s, nil)
			if alone != among {
				t.Errorf("%q %+v: %v alone, %v among all", r, s, alone, among)
			}
		}
	}
	for _, text := range []string{"лавка", "店", "Fern 🌿", "→", "\u0085"} {
		if face(text, fyne.TextStyle{}) != nil {
			t.Errorf("%q is not looked for in other fonts", text)
		}
	}
}
