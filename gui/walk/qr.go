//go:build !nogui

package walk

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"github.com/skip2/go-qrcode"

	"valetkey/gui/parts"
)

// qrSize is about how wide the picture is: a phone still reads the longest consent address from the screen.
const qrSize = 224

// qrPicture draws address as a QR code, dark on white in both themes: many readers know no other. Each of its squares takes a
// whole number of units, so that it is as sharp as the screen. It gives nil for an address that is too long for one.
func qrPicture(address string) fyne.CanvasObject {
	code, err := qrcode.New(address, qrcode.Low)
	if err != nil {
		return nil
	}
	code.DisableBorder = true
	squares := len(code.Bitmap())
	picture := canvas.NewImageFromImage(code.Image(-4))
	picture.ScaleMode, picture.FillMode = canvas.ImageScalePixels, canvas.ImageFillContain
	picture.SetMinSize(fyne.NewSquareSize(float32(squares * max(2, qrSize/squares))))
	ground := canvas.NewRectangle(white)
	ground.CornerRadius = 1.25 * parts.Unit
	return parts.Layered(ground, parts.Inset(1.25*parts.Unit, 1.25*parts.Unit, picture))
}

var white = color.NRGBA{R: 0xFF, G: 0xFF, B: 0xFF, A: 0xFF}
