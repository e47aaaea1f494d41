//go:build !nogui

// Gallery shows every view of the window in every state, with no backend behind it: to look at, and to write as pictures.
//
//	go run -tags migrated_fynedo ./gui/gallery             a window to leaf through
//	go run -tags migrated_fynedo ./gui/gallery -out DIR    a PNG of each, light and dark; needs no display
package main

import (
	"flag"
	"fmt"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	fyneapp "fyne.io/fyne/v2/app"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/software"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"valetkey/gui/kit"
	_ "valetkey/gui/quiet"
)

func main() {
	out := flag.String("out", "", "write a picture of every state into this folder")
	width := flag.Float64("width", 1040, "of a picture")
	height := flag.Float64("height", 680, "of a picture")
	scale := flag.Float64("scale", 1, "of a picture")
	only := flag.String("only", "", "write those alone whose name begins with this")
	flag.Parse()
	if *out == "" {
		leaf()
		return
	}
	size := fyne.NewSize(float32(*width), float32(*height))
	if err := write(*out, *only, size, float32(*scale)); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// variant is the theme held to one of its halves.
type variant struct {
	*kit.Theme
	half fyne.ThemeVariant
}

// Color implements [fyne.Theme].
func (v variant) Color(name fyne.ThemeColorName, _ fyne.ThemeVariant) color.Color {
	return v.Theme.Color(name, v.half)
}

// write draws every state whose name begins with only, light and dark.
func write(folder, only string, size fyne.Size, scale float32) error {
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	a := test.NewApp()
	for name, half := range map[string]fyne.ThemeVariant{"light": theme.VariantLight, "dark": theme.VariantDark} {
		for _, s := range states() {
			if !strings.HasPrefix(s.name, only) {
				continue
			}
			a.Settings().SetTheme(variant{kit.NewTheme(), half})
			if err := picture(filepath.Join(folder, s.name+"-"+name+".png"), s, size, scale); err != nil {
				return err
			}
		}
	}
	return nil
}

func picture(path string, s state, size fyne.Size, scale float32) error {
	c := software.NewCanvas()
	c.SetPadded(false)
	c.SetScale(scale)
	s.on(c, size)
	file, err := os.Create(path)
	if err != nil {
		return err
	}
	defer file.Close()
	return png.Encode(file, c.Capture())
}

// leaf opens a window with the list of states at its left.
func leaf() {
	fyneapp.SetMetadata(fyne.AppMetadata{ID: "app.valetkey.gallery", Name: "Gallery", Migrations: map[string]bool{"fyneDo": true}})
	a := fyneapp.NewWithID("app.valetkey.gallery")
	a.Settings().SetTheme(kit.NewTheme())
	all := states()
	place := container.NewStack()
	list := widget.NewList(func() int { return len(all) }, func() fyne.CanvasObject { return widget.NewLabel("") },
		func(i int, o fyne.CanvasObject) { o.(*widget.Label).SetText(all[i].name) })
	list.OnSelected = func(i int) {
		place.Objects = []fyne.CanvasObject{all[i].draw()}
		place.Refresh()
	}
	win := a.NewWindow("Gallery")
	split := container.NewHSplit(list, place)
	split.Offset = 0.15
	win.SetContent(split)
	win.Resize(fyne.NewSize(1260, 700))
	list.Select(0)
	win.ShowAndRun()
}
