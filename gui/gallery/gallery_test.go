//go:build !nogui

package main

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/software"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"

	"valetkey/gui/kit"
)

// Every state of every view against its golden markup. To take over a wanted change: make golden, and read the difference.
func TestStates(t *testing.T) {
	a := test.NewTempApp(t)
	a.Settings().SetTheme(variant{kit.NewTheme(), theme.VariantLight})
	for _, s := range states() {
		t.Run(s.name, func(t *testing.T) {
			c := software.NewCanvas()
			c.SetPadded(false)
			s.on(c, fyne.NewSize(1040, 680))
			test.AssertRendersToMarkup(t, s.name+".xml", c)
		})
	}
}

// No screen asks for more than the smallest window that is promised, also where it is given less.
func TestStatesInLessThanThePromisedSize(t *testing.T) {
	a := test.NewTempApp(t)
	a.Settings().SetTheme(variant{kit.NewTheme(), theme.VariantDark})
	for _, s := range states() {
		c := software.NewCanvas()
		c.SetPadded(false)
		s.on(c, fyne.NewSize(640, 480))
		if least := c.Content().MinSize(); least.Width > 720 || least.Height > 520 {
			t.Errorf("%s cannot be smaller than %v", s.name, least)
		}
	}
}
