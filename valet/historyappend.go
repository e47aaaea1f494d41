package valet

import (
	"errors"
	"io/fs"
	"path/filepath"
)

// How long the file of new events grows, in octets.
const (
	historyLong    = 1 << 20          // then it is put in order when the program ends
	historyTooLong = 4 * historyLong  // then at once, though somebody waits
	historyFull    = 16 * historyLong // then it cannot be put in order, and nothing is added
)

// historyTries is how often an event is added to a file that is taken away in that moment.
const historyTries = 3

// errHistoryFull is why nothing is added.
var errHistoryFull = errors.New("the history is full and cannot be put in order")

// appendHistory adds one line, as a whole and behind those of other programs, and gives how long the file is then. It follows no
// link and waits for no pipe.
func appendHistory(path, line string) (size int64, err error) {
	for range historyTries {
		gone := false
		size, gone, err = appendOnce(path, line)
		if errors.Is(err, fs.ErrNotExist) {
			err = privateFolder(filepath.Dir(path))
			gone = err == nil
		}
		if !gone {
			return size, err
		}
	}
	return size, err
}
