package words

import (
	"fmt"
	"io/fs"
	"syscall"
	"testing"

	"valetkey/valet"
)

// TestDisk: a full disk and a folder that cannot be written are named, wherever they were met.
func TestDisk(t *testing.T) {
	full := &fs.PathError{Op: "write", Path: "index.json", Err: syscall.ENOSPC}
	readOnly := &fs.PathError{Op: "open", Path: "index.json", Err: syscall.EROFS}
	for _, row := range []struct {
		err        error
		what, next string
	}{
		{full, "The disk is full.", "Make some room on the disk, then try again."},
		{fmt.Errorf("saving: %w", readOnly), "A file or folder cannot be opened.", "Check who owns it, then try again."},
		{&valet.Error{Kind: valet.NotKept, Cause: full}, "The new key could not be kept.", "Make some room on the disk, then try again."},
		{&valet.Error{Kind: valet.NotKept, Cause: fs.ErrPermission}, "The new key could not be kept.", "Check who owns it, then try again."},
		{&valet.Error{Kind: valet.StoreTrouble, Cause: full}, "The disk is full.", "Make some room on the disk, then try again."},
	} {
		if got := Sentence(row.err); got.What != row.what || got.Next != row.next {
			t.Errorf("%v: %s", row.err, got)
		}
	}
}
