package instance

import (
	"net"
	"syscall"
)

// peer asks the system for the user at the other end (SO_PEERCRED, unix(7)).
func peer(conn *net.UnixConn) (user int, ok bool) {
	raw, err := conn.SyscallConn()
	if err != nil {
		return 0, false
	}
	var who *syscall.Ucred
	asking := raw.Control(func(fd uintptr) { who, err = syscall.GetsockoptUcred(int(fd), syscall.SOL_SOCKET, syscall.SO_PEERCRED) })
	if asking != nil || err != nil {
		return 0, false
	}
	return int(who.Uid), true
}
