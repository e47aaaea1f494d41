//go:build !linux

package keystore

func closeBus() {}

func writeSamples(string) int { return 1 }
