//go:build !nogui

package walk

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"github.com/skip2/go-qrcode"

	"valetkey/gui/parts"
)

// qrSize is about how wide the picture is, and qrLow in a low window: a phone still reads the longest consent address from the
// screen.
const qrSize, qrLow = 224, 144

// qrPicture draws address as a QR code, dark on white in both themes: many readers know no other. It gives nil for an address that is too long for one.
func qrPicture(address string) fyne.CanvasObject {
	code, err := qrcode.New(address, qrcode.Low)
	if err != nil {
		return nil
	}
	code.DisableBorder = true
	picture := canvas.NewImageFromImage(code.Image(-4))
	picture.ScaleMode, picture.FillMode = canvas.ImageScalePixels, canvas.ImageFillContain
	ground := canvas.NewRectangle(white)
	ground.CornerRadius = 1.25 * parts.Unit
	whole := parts.Squares(len(code.Bitmap()), qrSize, qrLow, picture)
	return parts.Layered(ground, parts.Inset(1.25*parts.Unit, 1.25*parts.Unit, whole))
}

var white = color.NRGBA{R: 0xFF, G: 0xFF, B: 0xFF, A: 0xFF}
