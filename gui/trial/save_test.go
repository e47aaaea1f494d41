//go:build !nogui

package trial

import (
	"os"
	"path/filepath"
	"runtime"
	"testing"
)

func TestSave(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, "answer.json")
	if err := os.WriteFile(path, []byte("what was there before, and longer"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := Save(path, "{}"); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(path)
	info, bad := os.Stat(path)
	if err != nil || bad != nil || string(text) != "{}" || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Errorf("%q, %v", text, info.Mode())
	}
	inner := filepath.Join(folder, "inner")
	if err := os.Mkdir(inner, 0o700); err != nil {
		t.Fatal(err)
	}
	if Save(inner, "x") == nil || Save(filepath.Join(folder, "none", "x"), "x") == nil {
		t.Error("what cannot be a file was written")
	}
	left, err := os.ReadDir(folder)
	if err != nil || len(left) != 2 {
		t.Errorf("left behind: %v", left)
	}
}
