package oauth

import (
	"path/filepath"
	"syscall"
	"unsafe"
)

// rootFolder stands last in the order in which Windows looks for a library; nothing of the person's may lie there.
var rootFolder = systemFolder()

// launchers: the system's own, at the place the system names. A rundll32.exe in the working folder or the PATH is not run,
// and cmd.exe, which would read & and % in the address, has no part in it (CVE-2025-6514).
func launchers(func(string) string) []launcher { return windowsLaunchers(systemFolder()) }

func windowsLaunchers(folder string) []launcher {
	return []launcher{{program: filepath.Join(folder, "rundll32.exe"), before: []string{"url.dll,FileProtocolHandler"}}}
}

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
