package main

import (
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"valetkey/oauth"
	"valetkey/oauth/etsy"
	"valetkey/valet/keyart"
)

func picture(t *testing.T, key keyart.Key, width int) image.Image {
	t.Helper()
	drawn, err := raster(keyart.Draw(key), width, width*keyart.Height/keyart.Width)
	if err != nil {
		t.Fatal(err)
	}
	return drawn
}

func painted(c color.Color) bool { _, _, _, a := c.RGBA(); return a > 0x8000 }

// column counts the painted pixels of a column below the blade, which is where the teeth are.
func column(picture image.Image, x int) (count int) {
	height := picture.Bounds().Dy()
	for y := height * 75 / keyart.Height; y < height; y++ {
		if painted(picture.At(x, y)) {
			count++
		}
	}
	return count
}

// TestTeethStayInPlace takes pictures of keys with one permission each and finds every tooth again, at the same columns, in the
// picture of the key with all of them; between the teeth there is nothing.
func TestTeethStayInPlace(t *testing.T) {
	const width, blade = 2 * keyart.Width, 264 // the blade begins there
	known := etsy.Provider().Scopes
	var every []oauth.Scope
	for _, info := range known {
		every = append(every, info.Name)
	}
	full := picture(t, keyart.Key{Teeth: keyart.Teeth(known, every), Palette: keyart.Light}, width)
	claimed := make([]int, width)
	for _, info := range known {
		one := picture(t, keyart.Key{Teeth: keyart.Teeth(known, []oauth.Scope{info.Name}), Palette: keyart.Light}, width)
		found := 0
		for x := blade; x < width; x++ {
			if n := column(one, x); n > 0 {
				found++
				claimed[x] += n
			}
		}
		if found < 10 {
			t.Errorf("%s has a tooth of %d columns", info.Name, found)
		}
	}
	for x := blade; x < width; x++ {
		if got := column(full, x); got != claimed[x] {
			t.Fatalf("column %d has %d pixels, the single keys %d", x, got, claimed[x])
		}
	}
}

func TestPlainKeyHasNoTeeth(t *testing.T) {
	plain := picture(t, keyart.Key{Teeth: keyart.Teeth(etsy.Provider().Scopes, nil), Palette: keyart.Dark}, 2*keyart.Width)
	for x := 264; x < 2*keyart.Width; x++ {
		if column(plain, x) > 0 {
			t.Fatalf("something hangs at column %d", x)
		}
	}
}

// TestEverySize: the picture is there at every size, and the eye of the bow is a hole.
func TestEverySize(t *testing.T) {
	for _, width := range []int{53, 106, 424, 460, 1000} {
		for _, grey := range []bool{false, true} {
			drawn := picture(t, keyart.Key{Initial: "I", Palette: keyart.Dark, Grey: grey}, width)
			count := 0
			for y := range drawn.Bounds().Dy() {
				for x := range width {
					if painted(drawn.At(x, y)) {
						count++
					}
				}
			}
			area := width * drawn.Bounds().Dy()
			if count < area/8 || count > area/2 {
				t.Errorf("width %d, grey %v: %d of %d pixels", width, grey, count, area)
			}
			if !grey && painted(drawn.At(width*34/keyart.Width, width*62/keyart.Width)) {
				t.Errorf("width %d: the bow has no eye", width)
			}
		}
	}
}

// TestIconsAreCurrent: the committed icons are what the program draws, but for the last bit of a machine's arithmetic.
func TestIconsAreCurrent(t *testing.T) {
	for _, icon := range icons {
		fresh := filepath.Join(t.TempDir(), "icon.png")
		if err := write(fresh, icon.palette, icon.side); err != nil {
			t.Fatal(err)
		}
		got, want := load(t, fresh), load(t, filepath.Join("..", "..", "..", filepath.FromSlash(icon.file)))
		if got.Bounds() != want.Bounds() {
			t.Fatalf("%s is %v", icon.file, want.Bounds())
		}
		for i, value := range got.Pix {
			if other := want.Pix[i]; max(value, other)-min(value, other) > 4 {
				t.Fatalf("%s differs at %d, %d: go run ./valet/keyart/icon", icon.file, i/4%icon.side, i/4/icon.side)
			}
		}
	}
}

func TestWriteSaysWhatFails(t *testing.T) {
	if err := write(filepath.Join(t.TempDir(), "none", "Icon.png"), keyart.Dark, 16); err == nil {
		t.Error("no folder, no error")
	}
}

func load(t *testing.T, file string) *image.RGBA {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	picture, err := png.Decode(f)
	if err != nil {
		t.Fatal(err)
	}
	plain := image.NewRGBA(picture.Bounds())
	draw.Draw(plain, plain.Bounds(), picture, image.Point{}, draw.Src)
	return plain
}
