//go:build !nogui

package main

import (
	"fyne.io/fyne/v2"

	"valetkey/gui/places"
	"valetkey/valet"
	"valetkey/valet/words"
)

// choices are the settings, with and without a tray.
func choices() []state {
	folders := valet.Folders{Config: "/home/owner/.config/valetkey", State: "/home/owner/.local/state/valetkey"}
	settings := func(name string, s places.SettingsState, say string) state {
		s.Folders, s.Version = folders, "1.0.0"
		return state{"settings" + name, func() fyne.CanvasObject {
			v := places.NewSettings(s, places.SettingsActions{})
			v.Notice.Say(say)
			return framed(rack, "", v.Container)
		}}
	}
	chosen := valet.Settings{Language: "en", Look: valet.LookDark, CloseToTray: true, Silent: true}
	return append(helps(),
		settings("", places.SettingsState{}, ""),
		settings("-tray", places.SettingsState{Settings: chosen, Tray: true}, words.T("window.settings.next")))
}
