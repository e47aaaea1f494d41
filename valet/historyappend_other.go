//go:build !unix

package valet

import "os"

// appendOnce is one try of [appendHistory]. A file that is open cannot be taken away here.
func appendOnce(path, line string) (size int64, gone bool, err error) {
	if info, err := os.Lstat(path); err == nil && !info.Mode().IsRegular() {
		return 0, false, errNotRegular
	}
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o600)
	if err != nil {
		return 0, false, err
	}
	defer file.Close()
	info, err := file.Stat()
	switch {
	case err != nil:
		return 0, false, err
	case info.Size() > historyFull:
		return info.Size(), false, errHistoryFull
	}
	_, err = file.WriteString(line)
	return info.Size() + int64(len(line)), false, err
}

// takeAway removes a file that was read. Nobody else has it open, or it could not have been moved.
func takeAway(file *os.File, path string) (late []byte, err error) {
	if err := file.Close(); err != nil {
		return nil, err
	}
	return nil, removed(path)
}
