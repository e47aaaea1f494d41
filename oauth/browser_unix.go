//go:build !windows

package oauth

import (
	"os"
	"strconv"
	"syscall"
)

func systemFolder() string { return "/" }

// apart gives the browser a session of its own: it outlives ours, and a Ctrl-C in our terminal is not meant for it.
func apart() *syscall.SysProcAttr {
	closeInherited()
	return &syscall.SysProcAttr{Setsid: true}
}

// closeInherited keeps descriptors that we were started with from the browser, which would hold a script's lock or pipe for as
// long as it runs. Those that Go opens are closed anyway.
func closeInherited() {
	open, _ := os.ReadDir("/dev/fd") // where there is none, nothing can be done
	for _, entry := range open {
		if descriptor, err := strconv.Atoi(entry.Name()); err == nil && descriptor > 2 {
			syscall.CloseOnExec(descriptor)
		}
	}
}
