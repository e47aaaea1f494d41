package practice

import (
	"context"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"
)

func TestWhere(t *testing.T) {
	path := filepath.Join(t.TempDir(), "practice.json")
	server, other := Open(path), Open(path)
	if at := other.Where(t.Context()); at.Base != "" {
		t.Fatalf("nobody serves, and it is at %q", at.Base)
	}
	serve := func() (string, func()) {
		ctx, cancel := context.WithCancel(t.Context())
		base, done, err := server.ServeAll(ctx, "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		return base, func() { cancel(); <-done }
	}
	first, endFirst := serve()
	second, endSecond := serve()
	if at := other.Where(t.Context()); at.Base != second {
		t.Errorf("at %q, want the newest, %q", at.Base, second)
	}
	endSecond()
	if at := other.Where(t.Context()); at.Base != first {
		t.Errorf("at %q, want the one that is left, %q", at.Base, first)
	}
	if at := Open(filepath.Join(t.TempDir(), "practice.json")).Where(t.Context()); at.Base != "" {
		t.Errorf("another state is served at %q", at.Base)
	}
	endFirst()
	if at := other.Where(t.Context()); at.Base != "" {
		t.Errorf("nobody serves any more, and it is at %q", at.Base)
	}
	if n, err := server.store.readNote(); err != nil || len(n.At) > 0 {
		t.Errorf("the note says %v (%v)", n.At, err)
	}
}

// TestWhereIsProved: who listens where a practice market was, and passes every question on to one that is served, is not taken for it.
func TestWhereIsProved(t *testing.T) {
	server := newPractice(t)
	ctx, cancel := context.WithCancel(t.Context())
	base, done, err := server.ServeAll(ctx, "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { cancel(); <-done }()
	stranger := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, answer := fetch(t, base+r.URL.RequestURI())
		w.Write([]byte(answer))
	}))
	t.Cleanup(stranger.Close)
	n, err := server.store.readNote()
	if err != nil || !n.proved(t.Context(), base, "whole") {
		t.Fatalf("%v: the one that is served does not prove it", err)
	}
	if n.proved(t.Context(), stranger.URL, "whole") || n.proved(t.Context(), base, "pages") {
		t.Error("a stranger is taken for the practice market")
	}
}

func TestNoteNamesThisComputerAlone(t *testing.T) {
	server := newPractice(t)
	text := `{"mark":"M","at":["http://192.0.2.1:80","http://127.0.0.1:1","http://[::1]:2","https://etsy.example"]}`
	if err := os.MkdirAll(filepath.Dir(server.store.path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(server.store.path+noteEnding, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	n, err := server.store.readNote()
	if err != nil || len(n.At) != 2 || n.At[0] != "http://127.0.0.1:1" {
		t.Errorf("%v, %v", n.At, err)
	}
}

// TestPagesProveThemselves: a walk that serves the pages alone is no stranger, and no API.
func TestPagesProveThemselves(t *testing.T) {
	server := newPractice(t)
	base, _, err := server.Serve(t.Context(), "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	n, err := server.store.readNote()
	if err != nil || !n.proved(t.Context(), base, "pages") || n.proved(t.Context(), base, "whole") {
		t.Errorf("%v, %v", n, err)
	}
}
