package valet_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"valetkey/valet"
)

func settingsOf(k *kit) string { return filepath.Join(k.options.Folders.State, "settings.json") }

// putSettings writes a file as another program may have left it.
func (k *kit) putSettings(t *testing.T, text string) {
	t.Helper()
	if err := k.options.Folders.Make(); err != nil {
		t.Fatal(err)
	}
	writeFile(t, settingsOf(k), []byte(text))
}

// TestSettingsLast: what was chosen is there at the next start, in a file for its owner alone.
func TestSettingsLast(t *testing.T) {
	k := newKit(t)
	if got := k.valet.Settings.Read(); got != (valet.Settings{}) {
		t.Errorf("a first start: %+v", got)
	}
	want := valet.Settings{Language: "en", Look: valet.LookDark, Terms: valet.Terms, CloseToTray: true, Silent: true, WindowWidth: 901.5, WindowHeight: 640}
	if err := k.valet.Settings.Change(t.Context(), func(s *valet.Settings) { *s = want }); err != nil {
		t.Fatal(err)
	}
	k.start(t)
	if diff := cmp.Diff(want, k.valet.Settings.Read()); diff != "" {
		t.Error(diff)
	}
	if info, err := os.Stat(settingsOf(k)); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Errorf("%v %v", info.Mode(), err)
	}
}

// TestSettingsOfANewerProgram: what this one does not know stays, also a value of a field that it does know.
func TestSettingsOfANewerProgram(t *testing.T) {
	k := newKit(t)
	k.putSettings(t, `{"language": "de", "look": "sepia", "close_to_tray": "on fridays", "fonts": {"size": 12}, "window_width": -3, "window_height": 500}`)
	got := k.valet.Settings.Read()
	if diff := cmp.Diff(valet.Settings{Language: "de"}, got); diff != "" {
		t.Error(diff)
	}
	if err := k.valet.Settings.Change(t.Context(), func(s *valet.Settings) { s.Silent = true }); err != nil {
		t.Fatal(err)
	}
	var kept map[string]any
	if err := json.Unmarshal(readFile(t, settingsOf(k)), &kept); err != nil {
		t.Fatal(err)
	}
	want := map[string]any{"language": "de", "look": "sepia", "close_to_tray": "on fridays", "silent": true,
		"fonts": map[string]any{"size": 12.0}, "window_width": -3.0, "window_height": 500.0}
	if diff := cmp.Diff(want, kept); diff != "" {
		t.Error(diff)
	}
}

// TestSettingsDamaged: a damaged file changes nothing but the settings, and is kept beside the new one.
func TestSettingsDamaged(t *testing.T) {
	for name, text := range map[string]string{
		"empty": "", "cut": `{"look": "dark"`, "a list": `[]`, "nothing": "null", "a picture": "\x89PNG\r\n", "huge": strings.Repeat(" ", 1<<20) + "{}",
	} {
		t.Run(name, func(t *testing.T) {
			k := newKit(t)
			k.putSettings(t, text)
			if got := k.valet.Settings.Read(); got != (valet.Settings{}) {
				t.Errorf("read: %+v", got)
			}
			if err := k.valet.Settings.Change(t.Context(), func(s *valet.Settings) { s.Look = valet.LookLight }); err != nil {
				t.Fatal(err)
			}
			if got := k.valet.Settings.Read(); got.Look != valet.LookLight {
				t.Errorf("after a change: %+v", got)
			}
			if old := readFile(t, filepath.Join(k.options.Folders.State, "settings.damaged.json")); string(old) != text {
				t.Errorf("kept beside it: %.40q", old)
			}
		})
	}
}

// TestSettingsOfTwoPrograms: what one changes does not undo what the other changed.
func TestSettingsOfTwoPrograms(t *testing.T) {
	k, _, _ := newShared(t)
	other := valet.New(k.options)
	var both sync.WaitGroup
	for n := range 20 {
		both.Go(func() {
			err := k.valet.Settings.Change(t.Context(), func(s *valet.Settings) { s.WindowWidth += 1; s.Look = valet.LookDark })
			if err != nil {
				t.Error(n, err)
			}
		})
		both.Go(func() {
			if err := other.Settings.Change(t.Context(), func(s *valet.Settings) { s.WindowHeight += 1; s.CloseToTray = true }); err != nil {
				t.Error(n, err)
			}
		})
	}
	both.Wait()
	want := valet.Settings{Look: valet.LookDark, CloseToTray: true, WindowWidth: 20, WindowHeight: 20}
	if diff := cmp.Diff(want, k.valet.Settings.Read()); diff != "" {
		t.Error(diff)
	}
}
