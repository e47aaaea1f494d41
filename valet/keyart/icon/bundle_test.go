package main

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"valetkey/valet/keyart"
)

// wantPicture wants a PNG of that side that begins with data.
func wantPicture(t *testing.T, what string, data []byte, side int) {
	t.Helper()
	config, err := png.DecodeConfig(bytes.NewReader(data))
	if err != nil || config.Width != side || config.Height != side {
		t.Errorf("%s is %d by %d: %v", what, config.Width, config.Height, err)
	}
}

func read(t *testing.T, path ...string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(path...))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// TestBundle reads the icons of all systems as those systems do.
func TestBundle(t *testing.T) {
	folder := t.TempDir()
	if err := bundle(folder, keyart.Dark); err != nil {
		t.Fatal(err)
	}
	t.Run("Linux", func(t *testing.T) {
		for _, side := range []int{16, 32, 48, 128, 256, 512} {
			name := fmt.Sprintf("%dx%d", side, side)
			wantPicture(t, name, read(t, folder, "hicolor", name, "apps", "app.valetkey.png"), side)
		}
		if svg := read(t, folder, "hicolor", "scalable", "apps", "app.valetkey.svg"); !bytes.HasPrefix(svg, []byte("<svg")) {
			t.Error("no SVG")
		}
	})
	t.Run("Windows", func(t *testing.T) { wantICO(t, read(t, folder, "valetkey.ico")) })
	t.Run("macOS", func(t *testing.T) { wantICNS(t, read(t, folder, "valetkey.icns")) })
}

func wantICO(t *testing.T, data []byte) {
	le := binary.LittleEndian
	if kind := le.Uint16(data[2:]); kind != 1 {
		t.Fatalf("kind %d", kind)
	}
	end := 0
	for n := range int(le.Uint16(data[4:])) {
		line := data[6+16*n:]
		side := int(line[0])
		if side == 0 {
			side = 256
		}
		size, at := int(le.Uint32(line[8:])), int(le.Uint32(line[12:]))
		wantPicture(t, fmt.Sprint("picture ", n), data[at:at+size], side)
		end = at + size
	}
	if end != len(data) {
		t.Errorf("the last picture ends at %d of %d", end, len(data))
	}
}

func wantICNS(t *testing.T, data []byte) {
	be := binary.BigEndian
	if string(data[:4]) != "icns" || int(be.Uint32(data[4:])) != len(data) {
		t.Fatal("no macOS icon of that length")
	}
	sides := make(map[string]int)
	for _, part := range icnsParts {
		sides[part.name] = part.side
	}
	for at := 8; at < len(data); {
		name, size := string(data[at:at+4]), int(be.Uint32(data[at+4:]))
		wantPicture(t, name, data[at+8:at+size], sides[name])
		delete(sides, name)
		at += size
	}
	if len(sides) > 0 {
		t.Errorf("missing: %v", sides)
	}
}
