package valet

import (
	"context"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"valetkey/oauth"
)

// silentStore is a keyring that nobody asks for anything but the index's lock.
type silentStore struct{ Store }

func (silentStore) Lock(context.Context, string) (func(), error) { return func() {}, nil }

// library is a program's folders with an index of keys lines in it.
func library(b *testing.B, keys int) Options {
	b.Helper()
	folder := b.TempDir()
	o := Options{Folders: Folders{Config: filepath.Join(folder, "config"), State: filepath.Join(folder, "state")}, Keyring: silentStore{}}
	scopes := make([]oauth.Scope, 20)
	for n := range scopes {
		scopes[n] = oauth.Scope(fmt.Sprintf("permission%d_r", n))
	}
	now := time.Now().UTC().Round(0)
	err := New(o).ledger.catalog.update(b.Context(), func(i *index) error {
		i.Incomplete = false
		for n := range keys {
			i.put(entry{
				ID: ID(mint()), Name: fmt.Sprintf("shop-%04d", n), Provider: "etsy", AppKey: "key-1",
				Account: Account{UserID: fmt.Sprint(n), ShopID: fmt.Sprint(n), ShopName: fmt.Sprintf("Shop %d", n)}, Asked: scopes, Granted: scopes,
				Store: InKeyring, Status: Connected, Connected: now, Refreshed: now, AccessExpires: now.Add(time.Hour), AccessLife: 3600,
				RefreshExpires: now.Add(90 * 24 * time.Hour), Renewable: true, Used: now, Generation: mint(),
			})
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	return o
}

// opened begins as a new program does.
func opened(b *testing.B, o Options) *Valet {
	v := New(o)
	if err := v.Load(b.Context()); err != nil {
		b.Fatal(err)
	}
	return v
}

// BenchmarkStart is what every verb does first, with one key and with a thousand.
func BenchmarkStart(b *testing.B) {
	for _, keys := range []int{1, 1000} {
		o := library(b, keys)
		for what, then := range map[string]func(v *Valet) error{
			"find": func(v *Valet) error { _, err := v.Find("shop-0000"); return err },
			"list": func(v *Valet) error { v.Connections(); return nil },
		} {
			b.Run(fmt.Sprintf("%s/keys=%d", what, keys), func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					if err := then(opened(b, o)); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}

// BenchmarkChange is one line changed in the index, with one key and with a thousand.
func BenchmarkChange(b *testing.B) {
	for _, keys := range []int{1, 1000} {
		b.Run(fmt.Sprintf("keys=%d", keys), func(b *testing.B) {
			v := opened(b, library(b, keys))
			c, err := v.Find("shop-0000")
			if err != nil {
				b.Fatal(err)
			}
			b.ReportAllocs()
			for b.Loop() {
				err := v.ledger.catalog.update(b.Context(), func(i *index) error { i.use(c.ID, time.Now()); return nil })
				if err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
