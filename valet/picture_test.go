package valet_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"hash/crc32"
	raster "image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"valetkey/oauth"
	"valetkey/valet"
)

// gallery is a network that answers each address as it is told to.
type gallery struct {
	answer func(r *http.Request) (*http.Response, error)
	asked  []*http.Request
}

func (g *gallery) RoundTrip(r *http.Request) (*http.Response, error) {
	g.asked = append(g.asked, r)
	return g.answer(r)
}

func answered(status int, body []byte, header ...string) func(*http.Request) (*http.Response, error) {
	return func(*http.Request) (*http.Response, error) {
		h := http.Header{}
		for i := 0; i < len(header); i += 2 {
			h.Set(header[i], header[i+1])
		}
		return &http.Response{StatusCode: status, Header: h, Body: io.NopCloser(bytes.NewReader(body))}, nil
	}
}

// painted is a picture in one colour, in a format.
func painted(t *testing.T, width, height int, encode func(io.Writer, raster.Image) error) []byte {
	t.Helper()
	picture := raster.NewPaletted(raster.Rect(0, 0, width, height), color.Palette{color.RGBA{0x80, 0x20, 0x40, 255}})
	var file bytes.Buffer
	if err := encode(&file, picture); err != nil {
		t.Fatal(err)
	}
	return file.Bytes()
}

// pretending is a PNG that says another size in its head than it has.
func pretending(file []byte, width, height uint32) []byte {
	file = bytes.Clone(file)
	binary.BigEndian.PutUint32(file[16:], width)
	binary.BigEndian.PutUint32(file[20:], height)
	binary.BigEndian.PutUint32(file[29:], crc32.ChecksumIEEE(file[12:29]))
	return file
}

const shopIcon = "https://pictures.example/icon.png"

func pictured(address string) valet.Connection {
	return valet.Connection{ID: "1", Provider: "etsy", Account: valet.Account{Picture: address}}
}

func newGallery(t *testing.T, answer func(*http.Request) (*http.Response, error)) (*valet.Pictures, *gallery) {
	t.Helper()
	k, g := newKit(t), &gallery{answer: answer}
	k.options.Network = g
	k.start(t)
	return k.valet.Pictures, g
}

func TestPicturesAreMadeSmall(t *testing.T) {
	asJPEG := func(w io.Writer, p raster.Image) error { return jpeg.Encode(w, p, nil) }
	asGIF := func(w io.Writer, p raster.Image) error { return gif.Encode(w, p, nil) }
	for name, file := range map[string][]byte{
		"png": painted(t, 600, 400, png.Encode), "jpeg": painted(t, 40, 90, asJPEG), "gif": painted(t, 1, 1, asGIF),
	} {
		pictures, g := newGallery(t, answered(200, file, "Content-Type", "text/html"))
		c := pictured(shopIcon)
		if err := pictures.Fetch(t.Context(), c); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		got := pictures.Of(c)
		if got == nil || got.Bounds().Dx() != 96 || got.Bounds().Dy() != 96 {
			t.Fatalf("%s: %v", name, got)
		}
		if r, green, b, a := got.At(48, 48).RGBA(); r>>8 < 0x78 || r>>8 > 0x88 || green>>8 > 0x28 || b>>8 > 0x48 || a != 0xffff {
			t.Errorf("%s: its middle is %x %x %x %x", name, r, green, b, a)
		}
		if asked := g.asked[0]; asked.Header.Get("Authorization")+asked.Header.Get("x-api-key")+asked.Header.Get("Cookie") != "" {
			t.Errorf("%s: asked with %v", name, asked.Header)
		}
		if pictures.Of(pictured("https://pictures.example/other.png")) != nil {
			t.Errorf("%s: another address has it too", name)
		}
	}
}

func TestHostilePictures(t *testing.T) {
	good := painted(t, 8, 8, png.Encode)
	for name, answer := range map[string]func(*http.Request) (*http.Response, error){
		"redirect":           answered(302, good, "Location", "https://elsewhere.example/"),
		"not found":          answered(404, good),
		"a page":             answered(200, []byte("<html><img src=x>"), "Content-Type", "image/png"),
		"svg":                answered(200, []byte(`<svg xmlns="http://www.w3.org/2000/svg"/>`), "Content-Type", "image/svg+xml"),
		"nothing":            answered(200, nil),
		"more than 1 MiB":    answered(200, append(bytes.Clone(good), make([]byte, 1<<20)...)),
		"as wide as a house": answered(200, pretending(good, 1<<20, 1<<20)),
		"more pixels":        answered(200, pretending(good, 4096, 4096)),
		"no pixels":          answered(200, pretending(good, 0, 8)),
		"cut short":          answered(200, good[:len(good)-20]),
		"nobody there":       func(*http.Request) (*http.Response, error) { return nil, errors.New("no route") },
	} {
		pictures, g := newGallery(t, answer)
		c := pictured(shopIcon)
		if err := pictures.Fetch(t.Context(), c); err == nil || strings.Contains(err.Error(), "elsewhere") || pictures.Of(c) != nil {
			t.Errorf("%s: %v", name, err)
		}
		if len(g.asked) != 1 {
			t.Errorf("%s: asked %d times", name, len(g.asked))
		}
	}
}

func TestPicturesOnlyFromHTTPS(t *testing.T) {
	pictures, g := newGallery(t, answered(200, painted(t, 8, 8, png.Encode)))
	for _, address := range []string{"", "http://pictures.example/i.png", "file:///etc/passwd", "https://u:p@pictures.example/", "https:///i.png", "//x/i.png", "%"} {
		if err := pictures.Fetch(t.Context(), pictured(address)); err == nil {
			t.Errorf("fetched %q", address)
		}
	}
	if len(g.asked) > 0 {
		t.Errorf("asked %v", g.asked[0].URL)
	}
}

func TestASlowPictureIsGivenUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		pictures, _ := newGallery(t, func(r *http.Request) (*http.Response, error) {
			<-r.Context().Done()
			return nil, r.Context().Err()
		})
		began := time.Now()
		err := pictures.Fetch(t.Context(), pictured(shopIcon))
		if _, ok := errors.AsType[*oauth.TransportError](err); !ok || !errors.Is(err, context.DeadlineExceeded) || time.Since(began) > 20*time.Second {
			t.Errorf("after %v: %v", time.Since(began), err)
		}
	})
}

func TestAPictureIsKeptForADay(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		pictures, _ := newGallery(t, answered(200, painted(t, 8, 8, png.Encode)))
		c := pictured(shopIcon)
		if err := pictures.Fetch(t.Context(), c); err != nil {
			t.Fatal(err)
		}
		time.Sleep(24*time.Hour - time.Second)
		if pictures.Of(c) == nil {
			t.Error("it is gone too soon")
		}
		time.Sleep(time.Second)
		if pictures.Of(c) != nil {
			t.Error("it is still there after a day")
		}
	})
}

// TestThePracticeShopHasAPicture, by the back channel alone, and it goes with its key.
func TestThePracticeShopHasAPicture(t *testing.T) {
	k := newKit(t)
	c := k.mustConnect(t)
	if c.Account.Picture == "" {
		t.Fatal("no address of a picture")
	}
	if err := k.valet.Pictures.Fetch(t.Context(), c); err != nil || k.valet.Pictures.Of(c) == nil {
		t.Fatalf("no picture: %v", err)
	}
	if err := k.valet.Forget(t.Context(), c.ID); err != nil {
		t.Fatal(err)
	}
	if k.valet.Pictures.Of(c) != nil {
		t.Error("the key is forgotten, and the picture is not")
	}
}
