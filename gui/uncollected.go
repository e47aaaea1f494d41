//go:build !nogui

package gui

import (
	"runtime/debug"
	"sync"
)

// uncollected has no garbage collected until collect is called: nearly all that is made before the first picture stays.
func uncollected() (collect func()) {
	pace := debug.SetGCPercent(-1)
	return sync.OnceFunc(func() { debug.SetGCPercent(pace) })
}
