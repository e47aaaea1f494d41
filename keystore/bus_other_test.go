//go:build !linux

package keystore

func closeBus() {}
