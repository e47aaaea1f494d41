//go:build unix

package keystore

import (
	"context"
	"errors"
	"fmt"
	"os/signal"
	"syscall"
	"testing"
)

func init() { vaultTasks["full"] = vaultFull }

// vaultFull has the system refuse all but the first bytes of a file, as a full disk does, and wants the old value to stay.
func vaultFull(ctx context.Context, v *Vault, _ int) error {
	signal.Ignore(syscall.SIGXFSZ)
	var limit syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_FSIZE, &limit); err != nil {
		return err
	}
	limit.Cur = 100
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &limit); err != nil {
		return err
	}
	for _, call := range []func() error{
		func() error { return v.Set(ctx, "conn-1", []byte("two")) },
		func() error { return v.Probe(ctx) },
		func() error { return v.Rewrap(ctx, []byte(testPassphrase), []byte(otherPassphrase)) },
	} {
		if err := call(); !errors.Is(err, syscall.EFBIG) {
			return fmt.Errorf("on a full disk: %w", err)
		}
	}
	if left := v.chest.litter(); len(left) > 0 {
		return fmt.Errorf("left behind: %v", left)
	}
	return v.Delete(ctx, "conn-2") // what makes room still works
}

func TestVaultFullDisk(t *testing.T) {
	v := newVault(t)
	mustSet(t, v, "conn-1", "one")
	mustSet(t, v, "conn-2", "two")
	cmd, said := startVault(t, v, "full", 0)
	for said.Scan() {
		t.Error(said.Text())
	}
	if err := cmd.Wait(); err != nil {
		t.Error(err)
	}
	if err := v.Unlock(t.Context(), []byte(testPassphrase)); err != nil {
		t.Error(err)
	}
	mustGet(t, v, "conn-1", "one")
	if _, err := v.Get(t.Context(), "conn-2"); err == nil {
		t.Error("what was removed is there")
	}
}
