package practice

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"math"
	"net/http"
)

// pathIcons is where the icons of the shops are, below the host that the shops' own addresses name. That host is nowhere: only what
// comes by [Server.Transport], or to a Server that serves everything, reaches it.
const pathIcons = "/shop/{slug}/icon.png"

// iconSide is the side of an icon, in pixels.
const iconSide = 240

// icon is the address of the shop's icon.
func (s shop) icon() string { return "https://practice-market.example/shop/" + s.Slug + "/icon.png" }

// serveIcon answers with the icon of a shop.
func serveIcon(w http.ResponseWriter, r *http.Request) {
	s := findShop(func(s shop) bool { return s.Slug == r.PathValue("slug") })
	if s.ID == 0 {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Type", "image/png")
	w.Write(s.drawIcon())
}

// glazes are the colours of the icons: the ground, and the bowl on it.
var glazes = [][2]color.RGBA{
	{{0xDD, 0xE7, 0xEC, 255}, {0x2F, 0x5D, 0x7C, 255}},
	{{0xF1, 0xDF, 0xD2, 255}, {0x9A, 0x3F, 0x2B, 255}},
	{{0xE3, 0xE8, 0xD5, 255}, {0x4C, 0x6B, 0x3A, 255}},
	{{0xEE, 0xE4, 0xC8, 255}, {0x8A, 0x63, 0x1D, 255}},
}

// drawIcon draws the shop's icon, a bowl with as many rings in its glaze as the number of the shop says.
func (s shop) drawIcon() []byte {
	glaze := glazes[s.ID%int64(len(glazes))]
	rings := 1 + s.ID/int64(len(glazes))%3
	picture := image.NewPaletted(image.Rect(0, 0, iconSide, iconSide), color.Palette{glaze[0], glaze[1]})
	for y := range iconSide {
		for x := range iconSide {
			if bowl(float64(x)/iconSide*2-1, float64(y)/iconSide*2-1, rings) {
				picture.SetColorIndex(x, y, 1)
			}
		}
	}
	var file bytes.Buffer
	png.Encode(&file, picture) // a Buffer takes everything
	return file.Bytes()
}

// bowl reports whether a point is of the bowl; both go from -1 to 1, y down.
func bowl(x, y float64, rings int64) bool {
	body := y > -0.18 && x*x+(y+0.18)*(y+0.18) < 0.38
	foot := y > 0.40 && y < 0.52 && math.Abs(x) < 0.24
	rim := y > -0.26 && y <= -0.18 && math.Abs(x) < 0.70
	for i := range rings {
		line := -0.06 + 0.14*float64(i)
		if y > line && y < line+0.05 {
			body = false
		}
	}
	return body || foot || rim
}
