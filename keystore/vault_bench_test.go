package keystore

import (
	"path/filepath"
	"testing"
)

// BenchmarkVault measures what a verb pays once (unlock, with the passphrase's real cost) and what each read and write costs.
func BenchmarkVault(b *testing.B) {
	v := OpenVault(filepath.Join(b.TempDir(), "state", "vault"), nil)
	if err := v.Create(b.Context(), []byte(testPassphrase)); err != nil {
		b.Fatal(err)
	}
	run := func(name string, call func() error) {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if err := call(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
	value := sample(1000, false)
	run("unlock", func() error { return v.Unlock(b.Context(), []byte(testPassphrase)) })
	run("set", func() error { return v.Set(b.Context(), "conn-1", value) })
	run("get", func() error { _, err := v.Get(b.Context(), "conn-1"); return err })
	run("probe", func() error { return v.Probe(b.Context()) })
}
