package valet

import (
	"bytes"
	"context"
	"errors"
	raster "image"
	"image/color"
	"image/draw"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"
	"net/http"
	"net/url"
	"sync"
	"time"

	"valetkey/oauth"
)

// Pictures are those of the shops whose keys hang in the rack: fetched from the https address that the provider gave for the shop,
// made small, and kept in memory for 24 hours at most. They are a courtesy: nothing waits for them. The methods are safe for many
// goroutines.
type Pictures struct {
	channel *channel

	mu   sync.Mutex // guards kept
	kept map[pictureOf]keptPicture
}

// pictureOf names a picture: whose back channel it came by, and the address.
type pictureOf struct{ provider, address string }

func pictureFor(c Connection) pictureOf { return pictureOf{c.Provider, c.Account.Picture} }

type keptPicture struct {
	image raster.Image
	until time.Time
}

// Limits of a picture. The octets are those of [oauth.Fetch], 1 MiB.
const (
	pictureKept = 24 * time.Hour
	pictureSide = 96      // of what is kept, in pixels
	pictureMost = 1 << 23 // pixels of what comes
)

// errNoPicture stands for all that can be wrong with an answer. What came is not quoted.
var errNoPicture = errors.New("not a picture that can be shown")

// Of gives the picture of the shop of c, of which only provider and account count: a square without transparency, or nil if it was
// not fetched in the last 24 hours. It returns at once.
func (p *Pictures) Of(c Connection) raster.Image {
	p.mu.Lock()
	defer p.mu.Unlock()
	if kept := p.kept[pictureFor(c)]; time.Now().Before(kept.until) {
		return kept.image
	}
	return nil
}

// Fetch fetches the picture of the shop of c by the provider's own back channel, without the key or anything of the app's: 20 s and
// 1 MiB at most, no redirect, PNG, JPEG or the first picture of a GIF. Its error says nothing of what came.
func (p *Pictures) Fetch(ctx context.Context, c Connection) error {
	at, err := url.Parse(c.Account.Picture)
	if err != nil || at.Scheme != "https" || at.Host == "" || at.User != nil {
		return errNoPicture
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, at.String(), nil)
	if err != nil {
		return errNoPicture
	}
	request.Header.Set("Accept", "image/png, image/jpeg, image/gif")
	came, err := oauth.Fetch(p.channel.transport(c.Provider), request)
	if err != nil {
		return err
	}
	if came.Status != http.StatusOK {
		return errNoPicture
	}
	small, err := smallPicture(came.Body)
	if err != nil {
		return err
	}
	p.keep(c, small)
	return nil
}

func (p *Pictures) keep(c Connection, small raster.Image) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.kept[pictureFor(c)] = keptPicture{small, time.Now().Add(pictureKept)}
	time.AfterFunc(pictureKept, func() { // also where nobody asks for it any more
		p.mu.Lock()
		defer p.mu.Unlock()
		if p.kept[pictureFor(c)].image == small {
			delete(p.kept, pictureFor(c))
		}
	})
}

// forget drops the picture of the shop of c.
func (p *Pictures) forget(c Connection) {
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.kept, pictureFor(c))
}

// pictureKinds are the kinds of pictures, told by how a file begins: what the answer says of itself does not count, and no
// decoder but these is used, whatever others the program has for its own.
var pictureKinds = []struct {
	begins string
	config func(io.Reader) (raster.Config, error)
	decode func(io.Reader) (raster.Image, error)
}{
	{"\x89PNG\r\n\x1a\n", png.DecodeConfig, png.Decode},
	{"\xff\xd8\xff", jpeg.DecodeConfig, jpeg.Decode},
	{"GIF8", gif.DecodeConfig, gif.Decode},
}

// smallPicture reads a picture and makes it small. How large it says it is, is looked at before anything is unpacked.
func smallPicture(body []byte) (raster.Image, error) {
	for _, kind := range pictureKinds {
		if !bytes.HasPrefix(body, []byte(kind.begins)) {
			continue
		}
		size, err := kind.config(bytes.NewReader(body))
		if err != nil || size.Width < 1 || size.Height < 1 || size.Width > pictureMost/size.Height {
			return nil, errNoPicture
		}
		whole, err := kind.decode(bytes.NewReader(body))
		if err != nil || whole.Bounds().Empty() {
			return nil, errNoPicture
		}
		return square(whole, pictureSide), nil
	}
	return nil, errNoPicture
}

// square is the middle of a picture on white, each pixel the mean of those it stands for.
func square(whole raster.Image, side int) raster.Image {
	from := whole.Bounds()
	least := min(from.Dx(), from.Dy())
	corner := from.Min.Add(raster.Pt((from.Dx()-least)/2, (from.Dy()-least)/2))
	flat := raster.NewRGBA(raster.Rect(0, 0, least, least))
	draw.Draw(flat, flat.Bounds(), raster.White, raster.Point{}, draw.Src)
	draw.Draw(flat, flat.Bounds(), whole, corner, draw.Over)
	small := raster.NewRGBA(raster.Rect(0, 0, side, side))
	for y := range side {
		for x := range side {
			small.SetRGBA(x, y, mean(flat, raster.Rect(x*least/side, y*least/side, (x+1)*least/side, (y+1)*least/side)))
		}
	}
	return small
}

// mean is the colour of a part of a picture without transparency; a part without a pixel has that of the one it is in.
func mean(flat *raster.RGBA, part raster.Rectangle) color.RGBA {
	part.Max.X, part.Max.Y = max(part.Max.X, part.Min.X+1), max(part.Max.Y, part.Min.Y+1)
	var red, green, blue int
	for y := part.Min.Y; y < part.Max.Y; y++ {
		for x := part.Min.X; x < part.Max.X; x++ {
			at := flat.RGBAAt(x, y)
			red, green, blue = red+int(at.R), green+int(at.G), blue+int(at.B)
		}
	}
	count := part.Dx() * part.Dy()
	return color.RGBA{uint8(red / count), uint8(green / count), uint8(blue / count), 255}
}
