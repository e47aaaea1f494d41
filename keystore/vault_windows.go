package keystore

import (
	"errors"
	"io/fs"
	"time"

	"golang.org/x/sys/windows"
)

// tighten has nothing to do: the folder inherits from the user's profile that nobody else may enter.
func (c chest) tighten() error { return nil }

func checkOwner(string, fs.FileInfo) error { return nil }

// insist tries for about a second: here a file that somebody reads, a virus scanner perhaps, can be neither replaced nor
// removed until it is closed.
func insist(do func() error) error {
	for pause := 5 * time.Millisecond; ; pause *= 2 {
		err := do()
		busy := errors.Is(err, windows.ERROR_SHARING_VIOLATION) || errors.Is(err, windows.ERROR_ACCESS_DENIED)
		if !busy || pause > 500*time.Millisecond {
			return err
		}
		time.Sleep(pause)
	}
}

// syncFolder has nothing to do: folders cannot be flushed here.
func syncFolder(string) error { return nil }
