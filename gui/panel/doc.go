//go:build !nogui

// Package panel is the window's outline and what is always there in it: the Rack of keys, the Panel of one key with its bar of
// buttons, what is asked before that key is given back or forgotten, and the Banner above whatever is shown.
//
// A view shows a value and reports wishes by functions; it knows no service. All of it belongs to the UI goroutine.
package panel
