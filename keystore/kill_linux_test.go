package keystore

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"testing"

	"valetkey/keystore/keyringtest"
)

// killName is the item that a child process writes until it is killed.
const killName = "killed"

// writeSamples is that child: values of all sizes, one after the other, without end.
func writeSamples(string) int {
	k := NewKeyring("valetkey-test", new(Locks))
	for i := 0; ; i++ {
		if err := k.Set(context.Background(), killName, killSample(i)); err != nil {
			fmt.Println(err)
			return 1
		}
	}
}

// killSample is a value that says of itself whether it is whole: its first two bytes give the rest.
func killSample(i int) []byte {
	sizes := []int{5000, 100, 9000, 2500}
	return append([]byte{byte('0' + i%10), byte('0' + i%4)}, bytes.Repeat([]byte{byte('0' + i%10)}, sizes[i%4])...)
}

func isKillSample(value []byte) bool {
	for i := range 20 {
		if bytes.Equal(value, killSample(i)) {
			return true
		}
	}
	return false
}

func TestKilledProcessLeavesAWholeValue(t *testing.T) {
	withStandIn(t, func(t *testing.T, k *Keyring, s *keyringtest.StandIn) {
		program, err := os.Executable()
		if err != nil {
			t.Fatal(err)
		}
		if err := k.Set(t.Context(), killName, killSample(0)); err != nil {
			t.Fatal(err)
		}
		for n := range 25 {
			before := s.Calls("CreateItem")
			writer := exec.Command(program)
			writer.Env = append(os.Environ(), "KEYSTORE_WRITE=1")
			if err := writer.Start(); err != nil {
				t.Fatal(err)
			}
			keyringtest.Until(t, "the writer to get on", func() bool { return s.Calls("CreateItem") >= before+n })
			writer.Process.Kill()
			writer.Wait()
			value, err := k.Get(t.Context(), killName)
			if err != nil || !isKillSample(value) {
				t.Errorf("killed at about the %d. call: %d bytes, %v", n, len(value), err)
			}
		}
		if err := k.Delete(t.Context(), killName); err != nil || len(s.Items()) != 0 {
			t.Errorf("after Delete: %v, %v", s.Items(), err)
		}
	})
}
