package oauth

import "syscall"

const rootFolder = "/"

// launchers: macOS has one, at a place that no PATH can change.
func launchers(func(string) string) []launcher { return []launcher{{program: "/usr/bin/open"}} }

// apart gives the browser a session of its own: a Ctrl-C in our terminal is not meant for it.
func apart() *syscall.SysProcAttr { return &syscall.SysProcAttr{Setsid: true} }
