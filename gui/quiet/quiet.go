// Package quiet silences Fyne before it can speak. Fyne reports to the standard logger, and its package of languages does so
// while it is initialised, for a plain LANG=C.UTF-8: no line of main has run then.
//
// Packages are initialised in the order of their import paths, each once all it imports are ready (Go 1.21, section
// "package initialization"). Fyne imports net/http and with it packages under "vendor/", which come after "valetkey/"; this
// package imports the standard logger alone, so it is ready before them, and before Fyne. A test starts a program to see it.
//
// What this program has to report goes through log/slog; whoever sets a default there gets Fyne's reports too.
package quiet

import (
	"io"
	"log"
)

func init() { log.SetOutput(io.Discard) }
