//go:build unix

package valet

import (
	"io/fs"
	"os"
	"syscall"
)

// ours reports whether what info describes belongs to the user that this program runs for.
func ours(info fs.FileInfo) bool {
	stat, ok := info.Sys().(*syscall.Stat_t)
	return ok && int(stat.Uid) == os.Geteuid()
}
