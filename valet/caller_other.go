//go:build !linux && !darwin && !windows

package valet

// nameOfProcess knows no name: each of these systems has a way of its own to ask for it.
func nameOfProcess(int) string { return "" }
