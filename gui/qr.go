//go:build !nogui

package gui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"github.com/skip2/go-qrcode"

	"valetkey/gui/parts"
)

// qrSize is the side of the picture, in which a phone still reads the longest consent address from the screen.
const qrSize = 184

// qrPicture draws address as a QR code, dark on white in both themes: many readers know no other. It gives nil for an
// address that is too long for one.
func qrPicture(address string) fyne.CanvasObject {
	code, err := qrcode.New(address, qrcode.Low)
	if err != nil {
		return nil
	}
	code.DisableBorder = true
	picture := canvas.NewImageFromImage(code.Image(-4))
	picture.ScaleMode, picture.FillMode = canvas.ImageScalePixels, canvas.ImageFillContain
	picture.SetMinSize(fyne.NewSquareSize(qrSize - 2.5*parts.Unit))
	ground := canvas.NewRectangle(white)
	ground.CornerRadius = 1.25 * parts.Unit
	return parts.Layered(ground, parts.Inset(1.25*parts.Unit, 1.25*parts.Unit, picture))
}

var white = rgb(0xFFFFFF)
