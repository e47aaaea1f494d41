package words

import (
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"sync"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"
)

//go:embed */*.json
var files embed.FS

// tongue is one language: its rooms, each read when its first sentence is said, and what was said already.
type tongue struct {
	tag   string
	rooms map[string]func() *i18n.Localizer
	also  *tongue // says what this one lacks; nil: nobody does
	said  memory
}

// tongues are made once each: a test, or a gallery of pictures, goes from one to another and back.
var tongues = struct {
	sync.Mutex
	made map[string]*tongue
}{made: map[string]*tongue{}}

// tongueOf gives the language of a tag that [written] or [Pseudo] is.
func tongueOf(tag string) *tongue {
	tongues.Lock()
	defer tongues.Unlock()
	english := made(source, nil)
	if tag == source {
		return english
	}
	return made(tag, english)
}

// made must be called with tongues locked.
func made(tag string, also *tongue) *tongue {
	if tongues.made[tag] == nil {
		tongues.made[tag] = newTongue(tag, also)
	}
	return tongues.made[tag]
}

func newTongue(tag string, also *tongue) *tongue {
	t := &tongue{tag: tag, also: also, rooms: map[string]func() *i18n.Localizer{}}
	folder := tag
	if tag == Pseudo {
		folder = source
	}
	entries, err := files.ReadDir(folder)
	if err != nil {
		panic(err) // it is part of the program
	}
	for _, entry := range entries {
		t.rooms[strings.TrimSuffix(entry.Name(), ".json")] = sync.OnceValue(func() *i18n.Localizer {
			return load(tag, folder+"/"+entry.Name())
		})
	}
	return t
}

// load reads one room; it is part of the program, so a broken file is a broken build.
func load(tag, path string) *i18n.Localizer {
	text, err := fs.ReadFile(files, path)
	if err == nil && tag == Pseudo {
		text, err = pseudoRoom(text)
	}
	if err != nil {
		panic(err)
	}
	spoken := language.Make(tag)
	bundle := i18n.NewBundle(spoken)
	bundle.RegisterUnmarshalFunc("json", json.Unmarshal)
	if _, err := bundle.ParseMessageFileBytes(text, tag+".json"); err != nil {
		panic(fmt.Sprintf("%s: %v", path, err))
	}
	return i18n.NewLocalizer(bundle, tag)
}

func (t *tongue) localize(config *i18n.LocalizeConfig) string {
	text, err := t.lookUp(config)
	if err != nil {
		return config.MessageID
	}
	return text
}

// lookUp goes to the room that the id begins with, in this language and then in the next.
func (t *tongue) lookUp(config *i18n.LocalizeConfig) (string, error) {
	name, _, _ := strings.Cut(config.MessageID, ".")
	var missing *i18n.MessageNotFoundErr
	var err error = &i18n.MessageNotFoundErr{Tag: language.Make(t.tag), MessageID: config.MessageID}
	if room, there := t.rooms[name]; there {
		var text string
		if text, err = room().Localize(config); err == nil {
			return text, nil
		}
	}
	if t.also != nil && errors.As(err, &missing) {
		return t.also.lookUp(config)
	}
	return "", err
}
