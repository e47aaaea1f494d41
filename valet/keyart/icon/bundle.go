package main

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"image/png"
	"os"
	"path/filepath"

	"valetkey/valet/keyart"
)

// appID names the icon's files on a Linux desktop, after the desktop entry that asks for it.
const appID = "app.valetkey"

// The sides in pixels that each system asks for.
var (
	hicolorSides = []int{16, 22, 24, 32, 48, 64, 128, 256, 512}
	icoSides     = []int{16, 20, 24, 32, 40, 48, 64, 256}
)

// icnsParts are the pictures of a macOS icon by the name of their place. Some sizes have two: as they are, and as the double of
// a smaller one.
var icnsParts = []struct {
	name string
	side int
}{
	{"icp4", 16}, {"icp5", 32}, {"ic07", 128}, {"ic08", 256}, {"ic09", 512},
	{"ic11", 32}, {"ic12", 64}, {"ic13", 256}, {"ic14", 512}, {"ic10", 1024},
}

// bundle writes into folder what the packages of all systems need: hicolor/ for a Linux desktop, valetkey.ico for Windows,
// valetkey.icns for macOS. The same drawing gives the same octets.
func bundle(folder string, palette keyart.Palette) error {
	svg := keyart.Icon(palette)
	files := map[string][]byte{filepath.Join("hicolor", "scalable", "apps", appID+".svg"): []byte(svg)}
	for _, side := range hicolorSides {
		picture, err := drawn(svg, side)
		if err != nil {
			return err
		}
		files[filepath.Join("hicolor", fmt.Sprintf("%dx%d", side, side), "apps", appID+".png")] = picture
	}
	var err error
	if files["valetkey.ico"], err = ico(svg); err != nil {
		return err
	}
	if files["valetkey.icns"], err = icns(svg); err != nil {
		return err
	}
	for name, data := range files {
		path := filepath.Join(folder, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(path, data, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// drawn gives an SVG as a square PNG.
func drawn(svg string, side int) ([]byte, error) {
	picture, err := raster(svg, side, side)
	if err != nil {
		return nil, err
	}
	var data bytes.Buffer
	err = png.Encode(&data, picture)
	return data.Bytes(), err
}

// ico gives the icon as Windows has it: a table of pictures, then the pictures, each a PNG.
func ico(svg string) ([]byte, error) {
	const header, line = 6, 16
	le := binary.LittleEndian
	table := []byte{0, 0, 1, 0} // an icon, and not a cursor
	table = le.AppendUint16(table, uint16(len(icoSides)))
	var pictures []byte
	for _, side := range icoSides {
		picture, err := drawn(svg, side)
		if err != nil {
			return nil, err
		}
		at := header + line*len(icoSides) + len(pictures)
		table = append(table, byte(side), byte(side), 0, 0) // 256 is written as 0
		table = le.AppendUint16(table, 1)
		table = le.AppendUint16(table, 32)
		table = le.AppendUint32(table, uint32(len(picture)))
		table = le.AppendUint32(table, uint32(at))
		pictures = append(pictures, picture...)
	}
	return append(table, pictures...), nil
}

// icns gives the icon as macOS has it: named parts one after the other, each with its length, and the length of all in front.
func icns(svg string) ([]byte, error) {
	const head = 8
	be := binary.BigEndian
	var parts []byte
	for _, part := range icnsParts {
		picture, err := drawn(svg, part.side)
		if err != nil {
			return nil, err
		}
		parts = append(parts, part.name...)
		parts = be.AppendUint32(parts, uint32(head+len(picture)))
		parts = append(parts, picture...)
	}
	return append(be.AppendUint32([]byte("icns"), uint32(head+len(parts))), parts...), nil
}
