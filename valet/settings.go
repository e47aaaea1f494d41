package valet

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
)

// Look is which half of the theme is shown.
type Look string

// The looks; the empty one follows the system.
const (
	LookOfSystem Look = ""
	LookLight    Look = "light"
	LookDark     Look = "dark"
)

// Settings are what a person has chosen, and how the window was left. The zero value is that of a first start.
type Settings struct {
	Language                  string // a tag of BCP 47; "": that of the system
	Look                      Look
	CloseToTray               bool    // closing the window hides it, where there is a tray
	Silent                    bool    // no notifications of the desktop
	Terms                     int     // the version of our terms that was agreed to, see [Settings.Agreed]; 0: none
	WindowWidth, WindowHeight float32 // as the window was left, in the window library's units; 0: not known
}

// Terms is the version of this program's own terms. It counts up when what they say changes, not when it is said better.
const Terms = 1

// Agreed reports whether a person has agreed to the terms as they are now. A practice market needs no terms.
func (s Settings) Agreed() bool { return s.Terms >= Terms }

// fields names the settings as they stand in the file.
func (s *Settings) fields() map[string]any {
	return map[string]any{
		"language": &s.Language, "look": &s.Look, "close_to_tray": &s.CloseToTray, "silent": &s.Silent, "terms": &s.Terms,
		"window_width": &s.WindowWidth, "window_height": &s.WindowHeight,
	}
}

// SettingsFile is settings.json in the state folder, shared by the window and the verbs. Its methods are safe for many
// goroutines and many programs; they read and write a small file.
type SettingsFile struct {
	path string
	lock func(ctx context.Context, name string) (unlock func(), err error)
	log  *slog.Logger
	mu   sync.Mutex
}

// ReadSettings gives the settings in the state folder before there is a [Valet]: what the program's words depend on. As
// [SettingsFile.Read].
func ReadSettings(folders Folders, log *slog.Logger) Settings {
	return (&SettingsFile{path: folders.settings(), log: log}).Read()
}

// settingsLimit is the size in bytes from which on a file is not ours.
const settingsLimit = 64 << 10

// errNoSettings is why a file is not read as settings.
var errNoSettings = errors.New("not a file of settings")

// Read gives the settings. What is missing, damaged or unknown is as on a first start: a window opens all the same.
func (f *SettingsFile) Read() Settings {
	f.mu.Lock()
	defer f.mu.Unlock()
	raw, err := f.load()
	if err != nil {
		f.log.Warn("settings not read", "error", err)
	}
	return decodeSettings(raw)
}

// Change reads the settings, has change change them, and writes what is different. What a newer program put into the file stays
// as it is. A damaged file is kept beside the new one, as settings.damaged.json.
func (f *SettingsFile) Change(ctx context.Context, change func(*Settings)) error {
	unlock, err := f.lock(ctx, "settings")
	if err != nil {
		return err
	}
	defer unlock()
	f.mu.Lock()
	defer f.mu.Unlock()
	raw, err := f.load()
	if errors.Is(err, errNoSettings) {
		err = replace(f.path, filepath.Join(filepath.Dir(f.path), "settings.damaged.json"))
	}
	if err != nil {
		return err
	}
	before := decodeSettings(raw)
	after := before
	change(&after)
	if after == before {
		return nil
	}
	if raw == nil {
		raw = make(map[string]json.RawMessage)
	}
	old := before.fields()
	for name, field := range after.fields() {
		was, now := encoded(old[name]), encoded(field)
		if !bytes.Equal(was, now) {
			raw[name] = now
		}
	}
	text, err := json.MarshalIndent(raw, "", "  ")
	if err != nil {
		return err
	}
	return writePrivate(f.path, append(text, '\n'))
}

// load gives what stands in the file, by name; nothing where there is no file.
func (f *SettingsFile) load() (map[string]json.RawMessage, error) {
	info, err := os.Lstat(f.path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil
	case err != nil:
		return nil, err
	case !info.Mode().IsRegular() || info.Size() > settingsLimit:
		return nil, errNoSettings
	}
	text, err := readPrivate(f.path)
	if err != nil {
		return nil, err
	}
	var raw map[string]json.RawMessage
	if json.Unmarshal([]byte(text), &raw) != nil || raw == nil {
		return nil, errNoSettings
	}
	return raw, nil
}

// decodeSettings takes each value that can be understood.
func decodeSettings(raw map[string]json.RawMessage) Settings {
	var s Settings
	for name, field := range s.fields() {
		if value, ok := raw[name]; ok {
			_ = json.Unmarshal(value, field) // of another kind: as if it were not there
		}
	}
	if s.Look != LookLight && s.Look != LookDark {
		s.Look = LookOfSystem
	}
	if s.WindowWidth < 0 || s.WindowHeight < 0 {
		s.WindowWidth, s.WindowHeight = 0, 0
	}
	return s
}

// encoded is the JSON of a setting: a text, a number or a truth, which can always be written but for a number that is none.
func encoded(value any) json.RawMessage {
	text, err := json.Marshal(value)
	if err != nil {
		return json.RawMessage("null")
	}
	return text
}
