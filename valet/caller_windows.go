package valet

import (
	"path/filepath"
	"strings"

	"golang.org/x/sys/windows"
)

// nameOfProcess gives the name of a process's file without its ending. A number that another process got after the parent ended
// names nobody: that one began after this process.
func nameOfProcess(pid int) string {
	process, err := windows.OpenProcess(windows.PROCESS_QUERY_LIMITED_INFORMATION, false, uint32(pid))
	if err != nil {
		return ""
	}
	defer windows.CloseHandle(process)
	theirs, err := began(process)
	if err != nil {
		return ""
	}
	ours, err := began(windows.CurrentProcess())
	if err != nil || theirs > ours {
		return ""
	}
	path := make([]uint16, windows.MAX_LONG_PATH)
	size := uint32(len(path))
	if err := windows.QueryFullProcessImageName(process, 0, &path[0], &size); err != nil {
		return ""
	}
	file := filepath.Base(windows.UTF16ToString(path[:size]))
	return strings.TrimSuffix(file, filepath.Ext(file))
}

// began is when a process began, in nanoseconds.
func began(process windows.Handle) (int64, error) {
	var began, ended, kernel, user windows.Filetime
	err := windows.GetProcessTimes(process, &began, &ended, &kernel, &user)
	return began.Nanoseconds(), err
}
