package keystore

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"
	"unicode"
)

// HeldError says that another has the right to a name, and did not give it back in time.
type HeldError struct {
	Holder  string    // for a person: "valetkey (4711)"; empty when it did not say
	Program string    // the file name of its program
	PID     int       // its process id
	Since   time.Time // when it took the lock, UTC
}

// Error is for logs.
func (e *HeldError) Error() string {
	if e.Holder == "" {
		return "keystore: lock: held by another program"
	}
	return fmt.Sprintf("keystore: lock: held by %s since %s", e.Holder, e.Since.Format(time.RFC3339))
}

// HeldBy names who has the right, for a person; empty when it did not say.
func (e *HeldError) HeldBy() string { return e.Holder }

// holder is what stands beside a lock. It is a courtesy: the lock holds without it.
type holder struct {
	PID     int       `json:"pid"`
	Program string    `json:"program"`
	Since   time.Time `json:"since"`
}

// maxHolder is how much of a holder file is read.
const maxHolder = 1024

// writeHolder notes that this process has the lock. What stands there is replaced whole, so that no reader sees half of it
// and a link that somebody put there is not followed. Failure is no reason not to work.
func writeHolder(path string) {
	note, err := json.Marshal(holder{PID: os.Getpid(), Program: programName(), Since: time.Now().UTC().Truncate(time.Second)})
	if err != nil {
		return
	}
	place := path + ".new" // nobody else writes here meanwhile, but one that was killed may have
	os.Remove(place)
	draft, err := os.OpenFile(place, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return
	}
	_, err = draft.Write(append(note, '\n'))
	if closed := draft.Close(); err != nil || closed != nil || os.Rename(place, path) != nil {
		os.Remove(place)
	}
}

// readHolder says who has the lock, as far as that is known.
func readHolder(path string) *HeldError {
	if path == "" {
		return &HeldError{Holder: describeHolder(programName(), os.Getpid()), Program: programName(), PID: os.Getpid()}
	}
	file, err := os.OpenFile(path, holderFlags, 0)
	if err != nil {
		return &HeldError{}
	}
	defer file.Close()
	var note holder
	text, err := io.ReadAll(io.LimitReader(file, maxHolder))
	if err != nil || json.Unmarshal(text, &note) != nil || note.PID <= 0 {
		return &HeldError{}
	}
	program := printable(note.Program)
	return &HeldError{Holder: describeHolder(program, note.PID), Program: program, PID: note.PID, Since: note.Since}
}

func describeHolder(program string, pid int) string { return fmt.Sprintf("%s (%d)", program, pid) }

// programName is the file name of this program.
func programName() string {
	path, err := os.Executable()
	if err != nil {
		path = os.Args[0]
	}
	return printable(strings.TrimSuffix(filepath.Base(path), ".exe"))
}

// printable keeps what a terminal or a label can show of a name, and not more than fits there.
func printable(name string) string {
	kept := strings.Map(func(r rune) rune {
		if unicode.IsPrint(r) {
			return r
		}
		return -1
	}, name)
	if runes := []rune(kept); len(runes) > 40 {
		kept = string(runes[:40])
	}
	if kept == "" {
		return "?"
	}
	return kept
}
