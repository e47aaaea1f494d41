package keystore

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

// otherPassphrase takes turns with testPassphrase where the passphrase is changed without end.
const otherPassphrase = "battery staple"

// vaultTasks are what a child process may do with the vault in KEYSTORE_FOLDER; some go on until they are killed.
var vaultTasks = map[string]func(ctx context.Context, v *Vault, from int) error{
	"write": vaultWrite, "rewrap": vaultRewrap, "count": vaultCount,
}

func vaultChild(task string) int {
	folder := os.Getenv("KEYSTORE_FOLDER")
	from, _ := strconv.Atoi(os.Getenv("KEYSTORE_FROM"))
	locks, err := OpenLocksIn(filepath.Join(filepath.Dir(folder), "locks"))
	v := OpenVault(folder, locks)
	v.slow.work = 2
	if err == nil {
		err = unlockEither(context.Background(), v)
	}
	if err == nil {
		err = vaultTasks[task](context.Background(), v, from)
	}
	if err != nil {
		fmt.Println(err)
		return 1
	}
	return 0
}

func unlockEither(ctx context.Context, v *Vault) error {
	err := v.Unlock(ctx, []byte(testPassphrase))
	if errors.Is(err, ErrPassphrase) {
		err = v.Unlock(ctx, []byte(otherPassphrase))
	}
	return err
}

// vaultSample is a value that tells whether it is whole: a number, repeated as often as the number says.
func vaultSample(n int) []byte {
	return []byte(strings.Repeat(fmt.Sprintf("%08d", n), []int{1, 700, 40, 8000}[n%4]))
}

// vaultWrite writes sample after sample and says of each that it is stored.
func vaultWrite(ctx context.Context, v *Vault, from int) error {
	for n := from; ; n++ {
		if err := v.Set(ctx, "killed", vaultSample(n)); err != nil {
			return err
		}
		fmt.Println(n)
	}
}

// vaultRewrap changes the passphrase to and fro.
func vaultRewrap(ctx context.Context, v *Vault, from int) error {
	old, next := testPassphrase, otherPassphrase
	for n := from; ; n++ {
		err := v.Rewrap(ctx, []byte(old), []byte(next))
		if err != nil && !errors.Is(err, ErrPassphrase) {
			return err
		}
		old, next = next, old
		fmt.Println(n)
	}
}

const vaultRounds = 15

// vaultCount makes a value longer by a byte at a time, under its lock.
func vaultCount(ctx context.Context, v *Vault, _ int) error {
	for range vaultRounds {
		unlock, err := v.Lock(ctx, "count")
		if err != nil {
			return err
		}
		value, err := v.Get(ctx, "count")
		if err == nil || errors.Is(err, fs.ErrNotExist) {
			err = v.Set(ctx, "count", append(value, 'x'))
		}
		unlock()
		if err != nil {
			return err
		}
	}
	return nil
}

// startVault has another process do a task with the vault.
func startVault(t *testing.T, v *Vault, task string, from int) (*exec.Cmd, *bufio.Scanner) {
	t.Helper()
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(program)
	cmd.Env = append(os.Environ(), "KEYSTORE_VAULT="+task, "KEYSTORE_FOLDER="+v.chest.folder, fmt.Sprint("KEYSTORE_FROM=", from))
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	return cmd, bufio.NewScanner(out)
}

// killAtRandom lets a task get as far as its first word and kills it at any moment soon after; it gives the last number that
// the task said.
func killAtRandom(t *testing.T, v *Vault, task string, from int) int {
	t.Helper()
	cmd, said := startVault(t, v, task, from)
	last := -1
	for said.Scan() {
		n, err := strconv.Atoi(said.Text())
		if err != nil {
			t.Fatalf("%s: %s", task, said.Text())
		}
		if last < 0 {
			time.AfterFunc(time.Duration(rand.N(20_000))*time.Microsecond, func() { cmd.Process.Kill() })
		}
		last = n
	}
	cmd.Wait()
	if last < 0 {
		t.Fatalf("%s did nothing", task)
	}
	return last
}

// TestVaultKilled kills a program that writes without end: what it said was stored is stored, or the next value, whole.
func TestVaultKilled(t *testing.T) {
	v := newVault(t)
	next := 0
	for range 50 {
		said := killAtRandom(t, v, "write", next)
		value, err := v.Get(t.Context(), "killed")
		if got := string(value); err != nil || got != string(vaultSample(said)) && got != string(vaultSample(said+1)) {
			t.Fatalf("killed after %d: %.8s, %d bytes, %v", said, got, len(got), err)
		}
		next = said + 2
	}
	mustSet(t, v, "killed", "alive")
	if err := v.Unlock(t.Context(), []byte(testPassphrase)); err != nil || len(v.chest.litter()) > 0 {
		t.Errorf("Unlock: %v; left: %v", err, v.chest.litter())
	}
	mustGet(t, v, "killed", "alive")
}

// TestVaultKilledRewrapping kills a program that changes the passphrase: one of the two opens the vault.
func TestVaultKilledRewrapping(t *testing.T) {
	v := newVault(t)
	mustSet(t, v, "conn-1", "one")
	for range 15 {
		killAtRandom(t, v, "rewrap", 0)
		fresh := lockedVault(t, v.chest.folder)
		if err := unlockEither(t.Context(), fresh); err != nil {
			t.Fatal(err)
		}
		mustGet(t, fresh, "conn-1", "one")
	}
}

// TestVaultProcesses has several programs count at once in the same vault: no count is lost.
func TestVaultProcesses(t *testing.T) {
	const crowd = 4
	v := newVault(t)
	finish := make([]func() error, crowd)
	for i := range finish {
		cmd, said := startVault(t, v, "count", 0)
		finish[i] = func() error {
			for said.Scan() {
				t.Error(said.Text())
			}
			return cmd.Wait()
		}
	}
	for _, wait := range finish {
		if err := wait(); err != nil {
			t.Error(err)
		}
	}
	if value, err := v.Get(t.Context(), "count"); err != nil || len(value) != crowd*vaultRounds {
		t.Errorf("counted %d of %d, %v", len(value), crowd*vaultRounds, err)
	}
}
