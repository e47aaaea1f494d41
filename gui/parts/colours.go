//go:build !nogui

package parts

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// The colours of the window, by the part they play. The theme of package gui gives each its value, light and dark.
const (
	Paper    = theme.ColorNameBackground
	Ink      = theme.ColorNameForeground
	Line     = theme.ColorNameSeparator
	Fill     = theme.ColorNamePrimary
	OnFill   = theme.ColorNameForegroundOnPrimary
	Selected = theme.ColorNameSelection

	CardFill fyne.ThemeColorName = "valetkey.card"
	Muted    fyne.ThemeColorName = "valetkey.muted"
	Brass    fyne.ThemeColorName = "valetkey.brass"
	BrassInk fyne.ThemeColorName = "valetkey.brassInk"
	Red      fyne.ThemeColorName = "valetkey.red"
	Green    fyne.ThemeColorName = "valetkey.green"
)

// The text sizes: three for reading, one for the single sentence a screen is about, one for the small print below all.
const (
	Tiny    fyne.ThemeSizeName = "valetkey.tiny"
	Small                      = theme.SizeNameCaptionText
	Body                       = theme.SizeNameText
	Lead                       = theme.SizeNameSubHeadingText
	Heading                    = theme.SizeNameHeadingText

	LowHeading fyne.ThemeSizeName = "valetkey.lowHeading" // of a page that is low
)

// Unit is the grid: every distance is a multiple of it or its half.
const Unit float32 = 8

func colour(name fyne.ThemeColorName) color.Color { return theme.Color(name) }
