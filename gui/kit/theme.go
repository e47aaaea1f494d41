//go:build !nogui

package kit

import (
	"image/color"
	"sync"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"valetkey/gui/parts"
	"valetkey/valet"
)

// palette is one half of the theme: warm paper and ink, or dark walnut and cream. Brass is the one accent; red is only for
// what deletes or ends.
type palette struct {
	paper, card, ink, muted, line, brass, brassInk, red, green, selected, fill, onFill, menu color.NRGBA
}

func rgb(hex uint32) color.NRGBA {
	return color.NRGBA{R: uint8(hex >> 16), G: uint8(hex >> 8), B: uint8(hex), A: 255}
}

// Every text stands at least 4.5 : 1 from every ground it is put on; a test computes it from these tables.
var (
	light = palette{
		paper: rgb(0xF6F1E7), card: rgb(0xFFFCF6), ink: rgb(0x2B2621), muted: rgb(0x6B6257), line: rgb(0xE4DACA),
		brass: rgb(0xA9782B), brassInk: rgb(0x7A5418), red: rgb(0xA8332A), green: rgb(0x356B44), selected: rgb(0xEFE5D2),
		fill: rgb(0x7A5418), onFill: rgb(0xFFFCF6), menu: rgb(0xFFFCF6),
	}
	dark = palette{
		paper: rgb(0x211B16), card: rgb(0x2B241E), ink: rgb(0xF2E9DA), muted: rgb(0xB6A996), line: rgb(0x3F352B),
		brass: rgb(0xD9A74A), brassInk: rgb(0xE3B967), red: rgb(0xF08A7E), green: rgb(0x93C99C), selected: rgb(0x382E25),
		fill: rgb(0xD9A74A), onFill: rgb(0x211B16), menu: rgb(0x3F352B), // a shadow shows no edge in the dark
	}
)

// Theme is the window's own look, light and dark as the system is, or as was chosen.
type Theme struct {
	fyne.Theme // fonts and icons
	look       valet.Look
}

// NewTheme makes the theme, light and dark as the system is.
func NewTheme() *Theme { return NewThemeIn(valet.LookOfSystem) }

// NewThemeIn makes the theme in one look, whatever the system's is.
func NewThemeIn(look valet.Look) *Theme { return &Theme{theme.DefaultTheme(), look} }

// Color implements [fyne.Theme].
func (t *Theme) Color(name fyne.ThemeColorName, variant fyne.ThemeVariant) color.Color {
	switch t.look {
	case valet.LookLight:
		variant = theme.VariantLight
	case valet.LookDark:
		variant = theme.VariantDark
	}
	colours := lightColours
	if variant == theme.VariantDark {
		colours = darkColours
	}
	if own, ok := colours()[name]; ok {
		return own
	}
	return t.Theme.Color(name, variant)
}

// marked is behind the marked item of a menu, whose text stays ink. Our own rings are brass.
func marked(brass color.NRGBA) color.Color {
	brass.A = 0x4D
	return brass
}

// Every text asks for its colour at each turn.
var lightColours, darkColours = sync.OnceValue(light.colours), sync.OnceValue(dark.colours)

// colours names the palette as Fyne's own widgets ask for it, and as ours do.
func (p palette) colours() map[fyne.ThemeColorName]color.Color {
	return map[fyne.ThemeColorName]color.Color{
		parts.Paper: p.paper, parts.Ink: p.ink, parts.Line: p.line, parts.Fill: p.fill, parts.OnFill: p.onFill,
		parts.Selected: p.selected, parts.CardFill: p.card, parts.Muted: p.muted, parts.Brass: p.brass,
		parts.BrassInk: p.brassInk, parts.Red: p.red, parts.Green: p.green,

		theme.ColorNameHyperlink:           p.brassInk,
		theme.ColorNameInputBackground:     p.card,
		theme.ColorNameInputBorder:         p.line,
		theme.ColorNamePlaceHolder:         p.muted,
		theme.ColorNameHover:               p.selected,
		theme.ColorNameFocus:               marked(p.brass),
		theme.ColorNamePressed:             p.line,
		theme.ColorNameError:               p.red,
		theme.ColorNameSuccess:             p.green,
		theme.ColorNameWarning:             p.brass,
		theme.ColorNameMenuBackground:      p.menu,
		theme.ColorNameOverlayBackground:   p.card,
		theme.ColorNameScrollBar:           p.muted,
		theme.ColorNameScrollBarBackground: color.NRGBA{},
		theme.ColorNameShadow:              color.NRGBA{A: 0x22},
		theme.ColorNameDisabled:            p.muted,
		theme.ColorNameButton:              p.selected,
	}
}

// sizes keep the 8-point grid. There are three text sizes to read and one for the sentence a screen is about.
var sizes = map[fyne.ThemeSizeName]float32{
	parts.Tiny:    11,
	parts.Small:   13,
	parts.Body:    15,
	parts.Lead:    17,
	parts.Heading: 26,

	parts.LowHeading: 20,

	theme.SizeNamePadding:            4,
	theme.SizeNameInnerPadding:       8,
	theme.SizeNameInputBorder:        1,
	theme.SizeNameInputRadius:        8,
	theme.SizeNameMenuRadius:         8,
	theme.SizeNameSelectionRadius:    10,
	theme.SizeNameScrollBar:          8,
	theme.SizeNameScrollBarSmall:     4,
	theme.SizeNameSeparatorThickness: 1,
}

// Size implements [fyne.Theme].
func (t *Theme) Size(name fyne.ThemeSizeName) float32 {
	if own, ok := sizes[name]; ok {
		return own
	}
	return t.Theme.Size(name)
}
