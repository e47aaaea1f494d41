//go:build linux || darwin

package valet

import (
	"math"

	"golang.org/x/sys/unix"
)

// writable reports whether this user could write to a file or folder.
func writable(path string) bool { return unix.Access(path, unix.W_OK) == nil }

// room is how much can still be written to a folder's disk, in octets. What cannot be asked is taken for enough.
func room(folder string) uint64 {
	var disk unix.Statfs_t
	if unix.Statfs(folder, &disk) != nil {
		return math.MaxUint64
	}
	return disk.Bavail * uint64(disk.Bsize)
}
