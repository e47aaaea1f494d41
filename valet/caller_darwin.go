package valet

import "golang.org/x/sys/unix"

// nameOfProcess gives what the kernel calls a process: at most 16 octets.
func nameOfProcess(pid int) string {
	process, err := unix.SysctlKinfoProc("kern.proc.pid", pid)
	if err != nil {
		return "" // it has ended
	}
	return unix.ByteSliceToString(process.Proc.P_comm[:])
}
