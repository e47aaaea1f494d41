// Icon writes the app's icon as PNGs: the drawing of package keyart, by the rasteriser that the window uses. Run it at the
// top of the module:
//
//	go run ./valet/keyart/icon
//
// With the name of a folder it writes there what the packages of each system need instead, see [bundle].
package main

import (
	"fmt"
	"image"
	"image/png"
	"os"
	"strings"

	"github.com/fyne-io/oksvg"
	"github.com/srwiley/rasterx"

	"valetkey/valet/keyart"
)

// icons are the pictures, their sides in pixels: the size that the packagers of every system ask for, and what a window
// shows of itself. The window takes a PNG because drawing it anew would cost it a tenth of the time until it is there.
var icons = []struct {
	file    string
	palette keyart.Palette
	side    int
}{
	{"Icon.png", keyart.Dark, 1024},
	{"gui/icon.png", keyart.Light, 128},
}

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "icon:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) > 0 {
		return bundle(args[0], keyart.Dark)
	}
	for _, icon := range icons {
		if err := write(icon.file, icon.palette, icon.side); err != nil {
			return err
		}
	}
	return nil
}

// write draws the icon into file, whole or not at all.
func write(file string, palette keyart.Palette, side int) error {
	picture, err := raster(keyart.Icon(palette), side, side)
	if err != nil {
		return err
	}
	draft := file + ".new"
	out, err := os.Create(draft)
	if err != nil {
		return err
	}
	defer os.Remove(draft)
	if err := png.Encode(out, picture); err != nil {
		out.Close()
		return err
	}
	if err := out.Close(); err != nil {
		return err
	}
	return os.Rename(draft, file)
}

// raster draws an SVG as wide and high as asked. What the rasteriser does not know is an error.
func raster(svg string, width, height int) (image.Image, error) {
	drawing, err := oksvg.ReadIconStream(strings.NewReader(svg), oksvg.StrictErrorMode)
	if err != nil {
		return nil, err
	}
	drawing.SetTarget(0, 0, float64(width), float64(height))
	picture := image.NewRGBA(image.Rect(0, 0, width, height))
	scanner := rasterx.NewScannerGV(width, height, picture, picture.Bounds())
	drawing.Draw(rasterx.NewDasher(width, height, scanner), 1)
	return picture, nil
}
