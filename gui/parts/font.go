//go:build !nogui

package parts

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
)

// WarmFonts reads the three fonts that nearly all is written in. It may be called on another goroutine, while nothing else
// measures text.
func WarmFonts() {
	for _, s := range []fyne.TextStyle{{}, {Bold: true}, {Monospace: true}} {
		measure("Mg", 12, s)
	}
}

// beyond are the signs outside of Latin that all three fonts have.
const beyond = "‘’“”–—…•"

// common reports whether the three fonts have all of text. Of what they lack Fyne finds another font, among its own and the
// system's.
func common(text string) bool {
	return !strings.ContainsFunc(text, func(r rune) bool {
		return r < ' ' || r > '~' && r < '\u00a0' || r > 'ſ' && !strings.ContainsRune(beyond, r)
	})
}

// face is the one font that text needs; nil: Fyne is to look for more. To name it saves reading all that Fyne would look into,
// once for each style, before the first picture.
func face(text string, s fyne.TextStyle) fyne.Resource {
	if common(text) {
		return theme.Font(s)
	}
	return nil
}

// measure is the size of text in one line.
func measure(text string, size float32, s fyne.TextStyle) fyne.Size {
	all, _ := fyne.CurrentApp().Driver().RenderedTextSize(text, size, s, face(text, s))
	return all
}

// inscribe puts text into a label, whose style is known.
func inscribe(label *canvas.Text, text string) {
	label.Text, label.FontSource = text, face(text, label.TextStyle)
}

// heights and baselines are remembered: layouts ask for them at every turn. They belong to the UI goroutine.
var (
	heights   = map[float32]float32{}
	baselines = map[styled]float32{}
)

type styled struct {
	size  float32
	style fyne.TextStyle
}

// lineHeight is that of a line of text, bold or not.
func lineHeight(name fyne.ThemeSizeName) float32 {
	size := theme.Size(name)
	height, ok := heights[size]
	if !ok {
		height = measure("Mg", size, fyne.TextStyle{Bold: true}).Height + 1
		heights[size] = height
	}
	return height
}

// baseline is how far below its top a text stands.
func baseline(size float32, s fyne.TextStyle) float32 {
	line, ok := baselines[styled{size, s}]
	if !ok {
		_, line = fyne.CurrentApp().Driver().RenderedTextSize("x", size, s, face("x", s))
		baselines[styled{size, s}] = line
	}
	return line
}
