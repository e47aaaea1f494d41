// Package words holds every sentence that a person reads, in the window, on the command line and in the browser.
//
// A sentence has an id, "room.place.what", and stands in en/ROOM.json in the form of go-i18n: a text, or an object with
// plural forms. Blanks are written {{.Name}}. Nothing here knows the window; nothing elsewhere holds prose.
package words

import (
	"embed"
	"encoding/json"
	"fmt"
	"strings"
	"sync"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"
)

//go:embed en/*.json
var files embed.FS

// rooms reads each room's sentences when the first of them is said: most runs of a script say none.
var rooms = func() map[string]func() *i18n.Localizer {
	entries, err := files.ReadDir("en")
	if err != nil {
		panic(err)
	}
	found := make(map[string]func() *i18n.Localizer, len(entries))
	for _, entry := range entries {
		found[strings.TrimSuffix(entry.Name(), ".json")] = sync.OnceValue(func() *i18n.Localizer { return load(entry.Name()) })
	}
	return found
}()

// load reads one room; it is part of the program, so a broken file is a broken build.
func load(room string) *i18n.Localizer {
	bundle := i18n.NewBundle(language.English)
	bundle.RegisterUnmarshalFunc("json", json.Unmarshal)
	data, err := files.ReadFile("en/" + room)
	if err != nil {
		panic(err)
	}
	if _, err := bundle.ParseMessageFileBytes(data, "en.json"); err != nil {
		panic(fmt.Sprintf("%s: %v", room, err))
	}
	return i18n.NewLocalizer(bundle, "en")
}

// T gives the sentence id with its blanks filled from pairs: T("panel.connected", "Shop", name). Safe for many goroutines.
// An id without a sentence gives the id, and a test fails.
func T(id string, pairs ...any) string {
	return said.again(id, pairs, func() string { return localize(&i18n.LocalizeConfig{MessageID: id, TemplateData: data(pairs)}) })
}

// N is T for a sentence that counts; {{.Count}} is count.
func N(id string, count int, pairs ...any) string {
	pairs = append(pairs, "Count", count)
	return said.again(id, pairs, func() string {
		return localize(&i18n.LocalizeConfig{MessageID: id, PluralCount: count, TemplateData: data(pairs)})
	})
}

func localize(config *i18n.LocalizeConfig) string {
	text, err := lookUp(config)
	if err != nil {
		return config.MessageID
	}
	return text
}

// lookUp goes to the room that the id begins with.
func lookUp(config *i18n.LocalizeConfig) (string, error) {
	name, _, _ := strings.Cut(config.MessageID, ".")
	room, there := rooms[name]
	if !there {
		return "", &i18n.MessageNotFoundErr{Tag: language.English, MessageID: config.MessageID}
	}
	return room().Localize(config)
}

func data(pairs []any) map[string]any {
	blanks := make(map[string]any, len(pairs)/2)
	for i := 0; i+1 < len(pairs); i += 2 {
		blanks[pairs[i].(string)] = pairs[i+1]
	}
	return blanks
}
