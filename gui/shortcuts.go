//go:build !nogui

package gui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// shortcuts are the keys of the whole window. Fyne gives unmodified keys to the focused widget alone; ours hand on what they
// do not know, so that these work wherever the focus is.
func (w *window) shortcuts() {
	w.canvas.SetOnTypedKey(func(event *fyne.KeyEvent) { w.typed(event.Name) })
	control := func(key fyne.KeyName, more fyne.KeyModifier, do func()) {
		w.canvas.AddShortcut(&desktop.CustomShortcut{KeyName: key, Modifier: fyne.KeyModifierShortcutDefault | more}, func(fyne.Shortcut) {
			if !w.covered() {
				do()
			}
		})
	}
	control(fyne.KeyN, 0, w.hall.connect)
	control(fyne.KeyC, fyne.KeyModifierShift, w.desk.copyToken)
	control(fyne.KeyR, 0, w.desk.renew)
	control(fyne.KeyComma, 0, w.study.open)
	w.canvas.AddShortcut(&fyne.ShortcutCopy{}, func(fyne.Shortcut) { w.desk.copyToken() })
}

func (w *window) typed(key fyne.KeyName) {
	do := func(f func()) {
		if f != nil {
			f()
		}
	}
	switch {
	case !w.covered():
	case key == fyne.KeyEscape:
		do(w.dismiss)
		return
	default:
		return
	}
	switch key {
	case fyne.KeyReturn, fyne.KeyEnter:
		do(w.present.enter)
	case fyne.KeyEscape:
		do(w.present.escape)
	case fyne.KeyF1:
		everything(w)
	case fyne.KeyF5:
		w.desk.check()
	case fyne.KeyDelete:
		parting{w.desk}.ask()
	}
}
