//go:build !nogui

// Package kit is what every view is made with, beyond the parts: the voices in which a screen speaks (heading, body, muted,
// small), the notice that says what came of a press, the picture of a key, the lines of what it opens, the ways on, and the theme.
//
// It knows words and values of valet, and no service. All of it belongs to the UI goroutine.
package kit
