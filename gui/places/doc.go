//go:build !nogui

// Package places is every other page that the window leads to: the first screen, which shop, the settings, markets and their
// files, keys out of a file, older keys for those of today, and a list that cannot be read.
//
// A view shows a value and reports wishes by functions; it knows no service. All of it belongs to the UI goroutine.
package places
