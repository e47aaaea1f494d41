package oauth

import (
	"syscall"
	"unsafe"
)

// systemFolder asks the system: the environment's SystemRoot can be anybody's.
func systemFolder() string {
	var buffer [syscall.MAX_PATH]uint16
	get := syscall.NewLazyDLL("kernel32.dll").NewProc("GetSystemDirectoryW")
	length, _, _ := get.Call(uintptr(unsafe.Pointer(&buffer[0])), uintptr(len(buffer)))
	if length == 0 || int(length) >= len(buffer) {
		return `C:\Windows\System32`
	}
	return syscall.UTF16ToString(buffer[:length])
}

// apart keeps a Ctrl-C in our console from the browser.
func apart() *syscall.SysProcAttr {
	return &syscall.SysProcAttr{CreationFlags: syscall.CREATE_NEW_PROCESS_GROUP, HideWindow: true}
}
