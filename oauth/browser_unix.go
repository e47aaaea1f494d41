//go:build !windows && !darwin

package oauth

import (
	"path/filepath"
	"strings"
	"syscall"
)

const rootFolder = "/"

// launchers lists what opens addresses here, the person's own choice first. $BROWSER is a list of programs; an entry with
// arguments or "%s" is meant for a shell, and left out.
func launchers(getenv func(string) string) []launcher {
	var list []launcher
	for _, program := range strings.Split(getenv("BROWSER"), ":") {
		plain := program != "" && !strings.ContainsAny(program, " \t\n%\"'`$&|;<>()*?\\") && !strings.HasPrefix(program, "-")
		if plain && (filepath.IsAbs(program) || !strings.Contains(program, "/")) {
			list = append(list, launcher{program: program})
		}
	}
	for _, program := range []string{"xdg-open", "x-www-browser", "www-browser", "wslview"} {
		list = append(list, launcher{program: program})
	}
	return list
}

// apart gives the browser a session of its own: a Ctrl-C in our terminal is not meant for it.
func apart() *syscall.SysProcAttr { return &syscall.SysProcAttr{Setsid: true} }
