//go:build !nogui

package gui

import (
	"bytes"
	"os"
	"os/exec"
	"testing"
)

// Fyne complains about such a LANG while it is initialised, long before main. This very program is started again to hear it.
func TestNothingIsSaidAboutTheLanguage(t *testing.T) {
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	for _, lang := range []string{"C", "POSIX", "C.UTF-8", "nonsense@of.no-language", ""} {
		cmd := exec.Command(program, "-test.list=^$")
		cmd.Env = append(os.Environ(), "LANG="+lang, "LC_ALL=", "LC_MESSAGES=", "LANGUAGE=")
		var said bytes.Buffer
		cmd.Stderr = &said
		if err := cmd.Run(); err != nil || said.Len() > 0 {
			t.Errorf("LANG=%s: %v %q", lang, err, said.String())
		}
	}
}
