//go:build !nogui

// Package trial is where a key is tried: what can be asked with it, a line to ask anything else of the same market, and the answer as
// a table, a tree or text.
//
// A view here knows no service: it reports wishes by [Actions], and is told what came of them. All of it belongs to the UI goroutine.
package trial
