//go:build !nogui

// Package tongue has Fyne speak the language of our own sentences: the menus of its text fields, its file chooser, Quit.
//
// Fyne asks the system for the language, and there is no way to tell it another (2.8.0). So what it finds under the system's
// language is replaced by our words. It knows fifteen languages and we fewer; a file chooser in French around English sentences
// is nothing that anybody chose.
package tongue

import (
	"encoding/json"
	"errors"
	"io"
	"log"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"valetkey/valet/words"
)

// ids names our sentence for each of Fyne's texts.
var ids = map[string]string{
	"Advanced":          "dialog.advanced",
	"Cancel":            "dialog.cancel",
	"Confirm":           "dialog.confirm",
	"Copy":              "dialog.copy",
	"Create Folder":     "dialog.create-folder",
	"Cut":               "dialog.cut",
	"Enter filename":    "dialog.enter-name",
	"Error":             "dialog.error",
	"File":              "dialog.file",
	"Folder":            "dialog.folder",
	"New Folder":        "dialog.new-folder",
	"No":                "dialog.no",
	"OK":                "dialog.ok",
	"Open":              "dialog.open",
	"Paste":             "dialog.paste",
	"Quit":              "dialog.quit",
	"Redo":              "dialog.redo",
	"Save":              "dialog.save",
	"Select all":        "dialog.select-all",
	"Show Hidden Files": "dialog.show-hidden",
	"Undo":              "dialog.undo",
	"Yes":               "dialog.yes",
	"file.name":         "dialog.name",
	"file.parent":       "dialog.parent",
}

// Teach gives Fyne our words. Call it once, on the UI goroutine, before the first window: what is built keeps its words. Where it
// fails, Fyne goes on in its own.
func Teach() error {
	said := make(map[string]string, len(ids))
	for key, id := range ids {
		said[key] = words.T(id)
	}
	text, err := json.Marshal(said)
	if err != nil {
		return err
	}
	defer log.SetOutput(log.Writer())
	log.SetOutput(io.Discard)          // Fyne looks for the system's language again, and complains again of a plain LANG=C.UTF-8
	const fallback = fyne.Locale("en") // what Fyne speaks where it does not know the system's
	err = lang.AddTranslationsForLocale(text, fallback)
	if system := lang.SystemLocale(); system != fallback {
		err = errors.Join(err, lang.AddTranslationsForLocale(text, system))
	}
	return err
}
