package valet

import (
	"os"
	"strconv"
)

// nameOfProcess gives what the kernel calls a process: at most 15 octets.
func nameOfProcess(pid int) string {
	name, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/comm")
	if err != nil {
		return "" // it has ended, or /proc hides it
	}
	return string(name)
}
