//go:build !nogui

package main

import (
	"fyne.io/fyne/v2"
	fyneapp "fyne.io/fyne/v2/app"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"valetkey/gui/kit"
	"valetkey/valet/words"
)

// leafing is the window to leaf through: the states at the left, above them the choice of language, look and size.
type leafing struct {
	app   fyne.App
	place *fyne.Container
	at    int
	size  fyne.Size // zero: as large as the window
}

// asWindow is the choice of the size that the window has.
const asWindow = "as the window"

func leaf() {
	fyneapp.SetMetadata(fyne.AppMetadata{ID: "app.valetkey.gallery", Name: "Gallery", Migrations: map[string]bool{"fyneDo": true}})
	l := &leafing{app: fyneapp.NewWithID("app.valetkey.gallery"), place: container.NewStack()}
	l.app.Settings().SetTheme(kit.NewTheme())
	win := l.app.NewWindow("Gallery")
	all := states()
	list := widget.NewList(func() int { return len(all) }, func() fyne.CanvasObject { return widget.NewLabel("") },
		func(i int, o fyne.CanvasObject) { o.(*widget.Label).SetText(all[i].name) })
	list.OnSelected = func(i int) { l.at = i; l.draw() }
	split := container.NewHSplit(list, l.place)
	split.Offset = 0.15
	win.SetContent(container.NewBorder(l.choices(), nil, nil, nil, split))
	win.Resize(fyne.NewSize(1260, 760))
	list.Select(0)
	win.ShowAndRun()
}

// choices are what all states are shown in.
func (l *leafing) choices() fyne.CanvasObject {
	choice := func(options []string, first string, chosen func(string)) fyne.CanvasObject {
		s := widget.NewSelect(options, nil)
		s.SetSelected(first)
		s.OnChanged = func(option string) { chosen(option); l.draw() }
		return s
	}
	return container.NewHBox(
		choice(append(languages[:len(languages):len(languages)], words.Pseudo), words.Language(), func(tag string) { words.Prefer(func() string { return tag }) }),
		choice([]string{"as the system", "light", "dark"}, "as the system", func(look string) {
			l.app.Settings().SetTheme(kit.NewTheme())
			if half, ok := halves[look]; ok {
				l.app.Settings().SetTheme(variant{kit.NewTheme(), half})
			}
		}),
		choice([]string{asWindow, frames[0].name, frames[1].name}, asWindow, func(name string) {
			l.size = fyne.Size{}
			for _, f := range frames {
				if f.name == name {
					l.size = f.size
				}
			}
		}))
}

// draw shows the chosen state anew: what is built keeps its words.
func (l *leafing) draw() {
	var view fyne.CanvasObject = states()[l.at].draw()
	if !l.size.IsZero() {
		view = container.NewScroll(container.New(layout.NewGridWrapLayout(l.size), view))
	}
	l.place.Objects = []fyne.CanvasObject{view}
	l.place.Refresh()
}
