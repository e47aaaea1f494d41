package valet

import (
	"strconv"
	"syscall"
)

// nameOfProcess gives what the kernel calls a process: at most 15 octets. It asks the kernel and no more: a verb waits.
func nameOfProcess(pid int) string {
	file, err := syscall.Open("/proc/"+strconv.Itoa(pid)+"/comm", syscall.O_RDONLY|syscall.O_CLOEXEC, 0)
	if err != nil {
		return "" // it has ended, or /proc hides it
	}
	defer syscall.Close(file)
	name := make([]byte, 64)
	n, err := syscall.Read(file, name)
	if err != nil {
		return ""
	}
	return string(name[:n])
}
