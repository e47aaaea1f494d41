//go:build !nogui

package gui

import (
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2/storage"
	"fyne.io/fyne/v2/test"
)

// What Fyne opens because it was chosen keeps what is in it, until something is written.
func TestAChosenFileIsNotEmptied(t *testing.T) {
	test.NewTempApp(t)
	keepWhatIsChosen()
	keepWhatIsChosen()
	folder := t.TempDir()
	path, none := filepath.Join(folder, "answer.json"), filepath.Join(folder, "none.json")
	if err := os.WriteFile(path, []byte("what was there"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, at := range []string{path, none} {
		file, err := storage.Writer(storage.NewFileURI(at))
		if err != nil || file.URI().Path() != at || file.Close() != nil {
			t.Fatalf("%s: %v", at, err)
		}
	}
	if text, err := os.ReadFile(path); err != nil || string(text) != "what was there" {
		t.Errorf("%q, %v", text, err)
	}
	if _, err := os.Stat(none); !os.IsNotExist(err) {
		t.Error("a file was made that nobody wrote")
	}
	file, err := storage.Writer(storage.NewFileURI(path))
	if err != nil {
		t.Fatal(err)
	}
	if _, err = file.Write([]byte("new")); err != nil || file.Close() != nil {
		t.Fatal(err)
	}
	if text, err := os.ReadFile(path); err != nil || string(text) != "new" {
		t.Errorf("%q, %v", text, err)
	}
	if list, err := storage.ListerForURI(storage.NewFileURI(folder)); err != nil || list == nil {
		t.Errorf("folders cannot be listed any more: %v", err)
	}
	file, err = storage.Writer(storage.NewFileURI(filepath.Join(folder, "no", "x")))
	if err != nil {
		t.Fatal(err)
	}
	if _, err = file.Write([]byte("x")); err == nil || file.Close() != nil {
		t.Errorf("written where nothing can be: %v", err)
	}
}
