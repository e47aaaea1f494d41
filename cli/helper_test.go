package cli_test

import (
	"bytes"
	"encoding/base64"
	"io/fs"
	"net"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// filesWith gives the files below folder that hold text: as it is, URL-encoded or in base64.
func filesWith(folder, text string) ([]string, error) {
	forms := [][]byte{[]byte(text), []byte(url.QueryEscape(text))}
	for skip := range 3 { // base64 at every position, without what the neighbours change
		encoded := base64.RawStdEncoding.EncodeToString(append(make([]byte, skip), text...))
		forms = append(forms, []byte(encoded[4:len(encoded)-2]))
	}
	var found []string
	err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.Type().IsRegular() {
			return err
		}
		data, err := os.ReadFile(path)
		for _, form := range forms {
			if bytes.Contains(data, form) {
				found = append(found, path)
				break
			}
		}
		return err
	})
	return found, err
}

// freePort gives a port that nobody listens on now, on either loopback address.
func freePort(t testing.TB) int {
	t.Helper()
	for range 50 {
		four, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		port := four.Addr().(*net.TCPAddr).Port
		six, err := net.ListenTCP("tcp6", &net.TCPAddr{IP: net.IPv6loopback, Port: port})
		four.Close()
		if err == nil {
			six.Close()
			return port
		}
	}
	t.Fatal("no port is free on both loopback addresses")
	return 0
}

// lookPath finds program in a PATH that is not ours.
func lookPath(path, program string) (string, error) {
	for _, folder := range filepath.SplitList(path) {
		if found, err := exec.LookPath(filepath.Join(folder, program)); err == nil {
			return found, nil
		}
	}
	return "", exec.ErrNotFound
}
