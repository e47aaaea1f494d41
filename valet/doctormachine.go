package valet

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"time"
)

// Load reads the list of keys and the provider files as [Valet.Load] does, but leaves them as they are: nothing is mended, made
// anew or tightened. What can be read of a damaged list is used. It is for a program that begins with a visit; one that has
// loaded them needs it not. The list being damaged is no error: [CheckIndex] says so.
func (d *Doctor) Load() error {
	if err := d.valet.Providers.load(); err != nil {
		return err
	}
	text, err := readPlain(d.valet.options.Folders.index())
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	read := &image{}
	if err == nil {
		if read, err = readIndex(text); errors.Is(err, errDamaged) {
			read = salvage(text)
		}
	}
	if read != nil {
		d.valet.Keys.adopt(read.AppKeys)
		d.valet.Rack.adopt(read.Connections)
	}
	return nil
}

// readPlain reads a regular file of ours and changes nothing, its mode neither.
func readPlain(path string) (string, error) {
	info, err := os.Lstat(path)
	if err != nil {
		return "", err
	}
	if !info.Mode().IsRegular() {
		return "", errNotRegular
	}
	file, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer file.Close()
	text, err := io.ReadAll(file)
	return string(text), err
}

// computerCheck are the checks of this computer.
type computerCheck struct{ *round }

// folders looks at owner, modes and room of what we write.
func (r computerCheck) folders(context.Context) []Finding {
	f := r.valet.options.Folders
	var found []Finding
	for _, path := range []string{f.Config, f.State, f.providers(), f.Vault(), f.index(), f.Log(), f.Practice(), filepath.Join(f.State, "settings.json")} {
		if finding := lookAtPath(path); finding.State != Fine {
			found = append(found, finding)
		}
	}
	if found == nil {
		found = one(Finding{State: Fine, Reason: "private", Subject: f.State})
	}
	return found
}

// roomLeast is how much a disk must have left for our next write, in octets.
const roomLeast = 1 << 20

// lookAtPath looks at one file or folder. One that is not there is made when it is needed.
func lookAtPath(path string) Finding {
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return Finding{State: Fine}
	}
	bad := func(state FindingState, reason string) Finding {
		return Finding{State: state, Reason: reason, Subject: path}
	}
	switch {
	case err != nil:
		return bad(Wrong, "unreadable")
	case !ours(info):
		return bad(Wrong, "not-ours")
	case !info.IsDir() && !info.Mode().IsRegular():
		return bad(Wrong, "not-a-file")
	case !writable(path):
		return bad(Wrong, "not-writable")
	case info.IsDir() && room(path) < roomLeast:
		return bad(Wrong, "disk-full")
	case runtime.GOOS != "windows" && info.Mode().Perm()&0o077 != 0:
		return bad(LookAt, "open-to-others")
	}
	return Finding{State: Fine}
}

// index reads the list of keys again.
func (r computerCheck) index(context.Context) []Finding {
	path := r.valet.options.Folders.index()
	text, err := readPlain(path)
	if errors.Is(err, fs.ErrNotExist) {
		return one(Finding{State: Fine, Reason: "none"})
	}
	if err == nil {
		_, err = readIndex(text)
	}
	switch {
	case errors.Is(err, errDamaged):
		return one(Finding{State: LookAt, Reason: "damaged", Subject: path})
	case err != nil:
		return one(failing(Wrong, unreadable(path, err), ""))
	}
	return one(Finding{State: Fine, Reason: "whole"})
}

// providers tells of the provider files that were passed over.
func (r computerCheck) providers(context.Context) []Finding {
	var found []Finding
	for _, err := range r.valet.Providers.Unusable() {
		found = append(found, failing(LookAt, err, ""))
	}
	if found == nil {
		found = one(Finding{State: Fine, Reason: "read"})
	}
	return found
}

// browser says what would open the consent page.
func (r computerCheck) browser(context.Context) []Finding {
	program, err := r.with.Browser()
	switch {
	case err != nil:
		return one(Finding{State: LookAt, Reason: "none"})
	case !displayed():
		return one(Finding{State: LookAt, Reason: "no-display", Subject: filepath.Base(program)})
	}
	return one(Finding{State: Fine, Reason: "found", Subject: filepath.Base(program)})
}

// displayed reports whether there is a screen that a browser could open on; only desktops that are started by hand lack one.
func displayed() bool {
	switch runtime.GOOS {
	case "windows", "darwin", "android", "ios":
		return true
	}
	return os.Getenv("DISPLAY") != "" || os.Getenv("WAYLAND_DISPLAY") != "" || os.Getenv("BROWSER") != ""
}

// jump is how far the clock may move against time itself before it was set.
const jump = 30 * time.Second

// clock looks for a clock that was set back. One that runs ahead of time is a computer that slept.
func (r computerCheck) clock(context.Context) []Finding {
	now := time.Now()
	if back := setBack(r.born, now); back > jump {
		return one(Finding{State: LookAt, Reason: "set-back", Span: back})
	}
	for c := range r.valet.All() {
		if ahead := c.Refreshed.Sub(now); ahead > time.Minute {
			return one(Finding{State: LookAt, Reason: "before-keys", Span: ahead, Subject: c.Name})
		}
	}
	return one(Finding{State: Fine, Reason: "steady"})
}

// setBack is how much less time has passed between two moments by the clock on the wall than by the one that nobody sets.
func setBack(from, to time.Time) time.Duration {
	return to.Sub(from) - to.Round(0).Sub(from.Round(0))
}
