//go:build !nogui

// Package parts holds the small widgets the views are made of: texts that wrap, buttons that know Enter, cards, gauges, the
// key picture, and layouts that know how tall they are at a given width.
//
// A part shows a value and reports a wish by a function; it knows no view and no service. All of it belongs to the UI
// goroutine.
package parts
