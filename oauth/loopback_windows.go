package oauth

import (
	"errors"
	"syscall"
)

// Errors of Windows' sockets that package syscall has no name for.
const (
	wsaEAFNOSUPPORT  = syscall.Errno(10047)
	wsaEADDRINUSE    = syscall.Errno(10048)
	wsaEADDRNOTAVAIL = syscall.Errno(10049)
)

// holdAlone sets SO_EXCLUSIVEADDRUSE: without it another program may bind the port that we listen on, and get the answer.
func holdAlone(_, _ string, socket syscall.RawConn) error {
	const exclusive = ^syscall.SO_REUSEADDR
	var set error
	err := socket.Control(func(handle uintptr) {
		set = syscall.SetsockoptInt(syscall.Handle(handle), syscall.SOL_SOCKET, exclusive, 1)
	})
	return errors.Join(err, set)
}

// isBusy takes WSAEACCES too: it is what the holder's own exclusive use gives.
func isBusy(err error) bool {
	return errors.Is(err, wsaEADDRINUSE) || errors.Is(err, syscall.WSAEACCES)
}

// isAbsent reports that this machine does not have the address.
func isAbsent(err error) bool {
	return errors.Is(err, wsaEADDRNOTAVAIL) || errors.Is(err, wsaEAFNOSUPPORT)
}
