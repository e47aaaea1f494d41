package valet_test

import (
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"valetkey/keystore"
	"valetkey/oauth"
	"valetkey/oauth/practice"
	"valetkey/valet"
)

// TestDoctorReadsDamageAndMendsNothing: a program that begins with a visit sees files as they are, and leaves them so.
func TestDoctorReadsDamageAndMendsNothing(t *testing.T) {
	for _, row := range []struct {
		name   string
		broke  func(w *wreck) error
		state  valet.FindingState
		reason string
		keys   int
	}{
		{"whole", func(*wreck) error { return nil }, valet.Fine, "whole", 2},
		{"gone", func(w *wreck) error { return os.Remove(w.index) }, valet.Fine, "none", 0},
		{"cut short", func(w *wreck) error { return os.WriteFile(w.index, w.whole[:len(w.whole)-20], 0o600) }, valet.LookAt, "damaged", 2},
		{"no list", func(w *wreck) error { return os.WriteFile(w.index, []byte("hello"), 0o600) }, valet.LookAt, "damaged", 0},
		{"a folder", func(w *wreck) error { return errors.Join(os.Remove(w.index), os.Mkdir(w.index, 0o700)) }, valet.Wrong, "index-unreadable", 0},
	} {
		t.Run(row.name, func(t *testing.T) {
			w := newWreck(t)
			if err := row.broke(w); err != nil {
				t.Fatal(err)
			}
			before := len(w.tree(t))
			w.valet = valet.New(w.options)
			d := valet.NewDoctor(w.valet, valet.Instruments{Browser: theirBrowser})
			if err := d.Load(); err != nil {
				t.Fatal(err)
			}
			w.examine(t, valet.Visit{}, valet.Instruments{}).wants(t, valet.CheckIndex, row.state, row.reason)
			if keys := len(w.valet.Connections()); keys != row.keys {
				t.Errorf("%d keys, want %d", keys, row.keys)
			}
			if after := len(w.tree(t)); after != before || len(w.valet.Warnings.Take()) > 0 {
				t.Errorf("%d files, and %d were there", after, before)
			}
		})
	}
}

// TestDoctorOnFolders: modes that are too wide are told and left, and what is not a file is told.
func TestDoctorOnFolders(t *testing.T) {
	if runtime.GOOS == "windows" {
		return // there the folder of the user is what keeps others out
	}
	k := newKit(t)
	k.mustConnect(t)
	index := filepath.Join(k.options.Folders.State, "index.json")
	if err := os.Chmod(index, 0o644); err != nil {
		t.Fatal(err)
	}
	k.valet = valet.New(k.options)
	if err := valet.NewDoctor(k.valet, valet.Instruments{}).Load(); err != nil {
		t.Fatal(err)
	}
	all := k.examine(t, valet.Visit{}, valet.Instruments{})
	all.wants(t, valet.CheckFolders, valet.LookAt, "open-to-others")
	if info, err := os.Stat(index); err != nil || info.Mode().Perm() != 0o644 || all[valet.CheckFolders].Subject != index {
		t.Errorf("%v, %v, about %s", info.Mode(), err, all[valet.CheckFolders].Subject)
	}
	settings := filepath.Join(k.options.Folders.State, "settings.json")
	if err := errors.Join(os.Chmod(index, 0o600), os.Symlink("/dev/null", settings)); err != nil {
		t.Fatal(err)
	}
	if f := k.examine(t, valet.Visit{}, valet.Instruments{})[valet.CheckFolders]; f.State != valet.Wrong || f.Subject != settings {
		t.Errorf("%+v", f)
	}
}

// TestDoctorOnProviderFiles: one that was passed over is told of.
func TestDoctorOnProviderFiles(t *testing.T) {
	k := newKit(t)
	folder := filepath.Join(k.options.Folders.Config, "providers")
	if err := errors.Join(os.MkdirAll(folder, 0o700), os.WriteFile(filepath.Join(folder, "acme.json"), []byte("{}"), 0o600)); err != nil {
		t.Fatal(err)
	}
	k.start(t)
	k.examine(t, valet.Visit{}, valet.Instruments{}).wants(t, valet.CheckProviders, valet.LookAt, "bad-provider-file")
}

// TestDoctorOnTheBrowser: none is no harm.
func TestDoctorOnTheBrowser(t *testing.T) {
	k := newKit(t)
	t.Setenv("DISPLAY", ":7")
	none := func() (string, error) { return "", oauth.ErrNoBrowser }
	k.examine(t, valet.Visit{}, valet.Instruments{}).wants(t, valet.CheckBrowser, valet.Fine, "found")
	k.examine(t, valet.Visit{}, valet.Instruments{Browser: none}).wants(t, valet.CheckBrowser, valet.LookAt, "none")
	if runtime.GOOS == "linux" {
		for _, name := range []string{"DISPLAY", "WAYLAND_DISPLAY", "BROWSER"} {
			t.Setenv(name, "")
		}
		k.examine(t, valet.Visit{}, valet.Instruments{}).wants(t, valet.CheckBrowser, valet.LookAt, "no-display")
	}
}

// TestDoctorOnTheLockedFile: it is looked into where it is open, and nobody is asked for its passphrase.
func TestDoctorOnTheLockedFile(t *testing.T) {
	k := newKit(t)
	locks, err := keystore.OpenLocksIn(filepath.Join(t.TempDir(), "locks"))
	if err != nil {
		t.Fatal(err)
	}
	file := &faultyStore{Store: keystore.NewMemory(locks)}
	k.options.File = file
	k.start(t)
	k.examine(t, valet.Visit{}, valet.Instruments{}).wants(t, valet.CheckLockedFile, valet.Fine, "open")
	file.fail(storeFault{"file-gone"}, nil)
	k.examine(t, valet.Visit{}, valet.Instruments{}).wants(t, valet.CheckLockedFile, valet.Untried, "none")
	file.fail(nil, nil)
	c, err := k.connect(t, 0, valet.ConnectRequest{Store: valet.InFile})
	if err != nil {
		t.Fatal(err)
	}
	for trouble, want := range map[string]valet.FindingState{"file-locked": valet.Untried, "file-gone": valet.Wrong, "damaged": valet.Wrong} {
		file.fail(storeFault{trouble}, nil)
		all := k.examine(t, valet.Visit{Key: c.ID}, valet.Instruments{Keyring: nil})
		if f := all[valet.CheckLockedFile]; f.State != want || all[valet.CheckToken].State != valet.Untried {
			t.Errorf("%s: %+v, and the token %+v", trouble, f, all[valet.CheckToken])
		}
	}
}

// TestDoctorOnThePort: free, taken by a stranger, and waited on by another walk of this program.
func TestDoctorOnThePort(t *testing.T) {
	k := newKit(t)
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	port := taken.Addr().(*net.TCPAddr).Port
	back := fmt.Sprintf("http://127.0.0.1:%d/back", port)
	_, err = k.valet.Keys.Set(t.Context(), valet.NewAppKey{
		Provider: "practice", Label: "mine", ClientID: practice.ClientID, Secret: oauth.NewSecret(practice.ClientSecret), Redirect: back,
	})
	if err != nil {
		t.Fatal(err)
	}
	visit := valet.Visit{Only: []valet.CheckID{valet.CheckPort}}
	k.examine(t, visit, valet.Instruments{}).wants(t, valet.CheckPort, valet.Wrong, "port-busy")
	unlock, err := k.store.Lock(t.Context(), fmt.Sprintf("port-%d", port))
	if err != nil {
		t.Fatal(err)
	}
	k.examine(t, visit, valet.Instruments{}).wants(t, valet.CheckPort, valet.LookAt, "port-held")
	unlock()
	taken.Close()
	all := k.examine(t, visit, valet.Instruments{})
	all.wants(t, valet.CheckPort, valet.Fine, "free")
	if len(all) != 1 || all[valet.CheckPort].Subject != fmt.Sprint(port) {
		t.Errorf("%+v", all)
	}
	again, err := net.Listen("tcp", taken.Addr().String())
	if err != nil {
		t.Fatal("the port is not given back: ", err)
	}
	again.Close()
}
