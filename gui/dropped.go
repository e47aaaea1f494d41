//go:build !nogui

package gui

import (
	"context"
	"encoding/json"
	"io"
	"os"

	"valetkey/valet"
)

// dropped takes a file that was dropped on the window. While a walk waits, that goes first.
func (f fair) dropped(path string) {
	if f.walk != nil {
		f.resume()
		return
	}
	bring(f, path, false)
}

// bring tells by its content what a file is for, and goes on there: a provider file describes a market, any other may hold
// keys. meant tells that it was to be a provider file: that is what is said of one that is neither.
func bring(f fair, path string, meant bool) {
	before := f.present.view
	f.work(func(context.Context) func() {
		names, id := describes(path)
		file, err := (*valet.Rescue)(nil), error(nil)
		if !names {
			file, err = f.app.Rescue(path)
		}
		return func() {
			switch {
			case f.walk != nil || f.present.view != before:
			case names, err != nil && (id || meant):
				f.readFile(f.askFor(), path)
			default:
				rescuing(f).found(file, err, "")
			}
		}
	})
}

// describeLimit bounds a provider file, in octets: see [valet.Providers.DraftFile].
const describeLimit = 1 << 20

// describes reports whether a file names a protocol, as provider files do, and whether it names itself, as many files do.
func describes(path string) (protocol, id bool) {
	info, err := os.Stat(path)
	if err != nil || !info.Mode().IsRegular() { // a pipe could hang the program
		return false, false
	}
	file, err := os.Open(path)
	if err != nil {
		return false, false
	}
	defer file.Close()
	var fields map[string]json.RawMessage
	text, err := io.ReadAll(io.LimitReader(file, describeLimit))
	if err != nil || json.Unmarshal(text, &fields) != nil {
		return false, false
	}
	_, protocol = fields["protocol"]
	_, id = fields["id"]
	return protocol, id
}
