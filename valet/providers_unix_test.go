//go:build unix

package valet

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

func TestProviderFileMustBeRegular(t *testing.T) {
	pipe := filepath.Join(t.TempDir(), "pipe.json")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := readProviderFile(pipe); KindOf(err) != BadProviderFile {
		t.Fatalf("a pipe gave %v", err)
	}
	large := filepath.Join(t.TempDir(), "large.json")
	if err := os.WriteFile(large, make([]byte, providerFileLimit+1), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := readProviderFile(large); KindOf(err) != BadProviderFile {
		t.Fatalf("257 KiB gave %v", err)
	}
}
