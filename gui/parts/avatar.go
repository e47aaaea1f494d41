//go:build !nogui

package parts

import (
	"image"
	"image/color"
	"strings"
	"unicode"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// Avatar is the shop's picture on a disc, or its initial where there is none.
type Avatar struct {
	widget.BaseWidget
	initial string
	picture image.Image // nil: none
	size    float32
	faded   bool
}

// NewAvatar makes the disc, size wide.
func NewAvatar(size float32) *Avatar {
	a := &Avatar{size: size}
	a.ExtendBaseWidget(a)
	return a
}

// Set shows picture, a square, or the initial of name where it is nil; a faded one stands for a key that is gone.
func (a *Avatar) Set(name string, picture image.Image, faded bool) {
	a.initial, a.picture, a.faded = Initial(name), picture, faded
	a.Refresh()
}

// Initial is the letter a shop is known by.
func Initial(name string) string {
	for _, letter := range name {
		if unicode.IsLetter(letter) || unicode.IsDigit(letter) {
			return strings.ToUpper(string(letter))
		}
	}
	return "?"
}

// CreateRenderer implements [fyne.Widget].
func (a *Avatar) CreateRenderer() fyne.WidgetRenderer {
	label := canvas.NewText(a.initial, nil)
	label.TextStyle.Bold, label.Alignment = true, fyne.TextAlignCenter
	r := &avatarRenderer{stampRenderer{face: canvas.NewRectangle(nil), label: label}, a, &canvas.Image{CornerRadius: a.size / 2}}
	r.refresh = func() {
		inscribe(r.label, a.initial)
		r.label.TextSize, r.label.Color = a.size*0.4, colour(Ink)
		r.face.FillColor, r.face.CornerRadius, r.face.StrokeColor, r.face.StrokeWidth = colour(Line), a.size/2, color.Transparent, 0
		if a.faded {
			r.label.Color, r.face.FillColor = colour(Muted), color.Transparent
			r.face.StrokeColor, r.face.StrokeWidth = colour(Line), 1.5
			r.picture.Translucency = 0.5
		} else {
			r.picture.Translucency = 0
		}
		r.picture.Image = a.picture
	}
	r.least = func() fyne.Size { return fyne.NewSquareSize(a.size) }
	r.refresh()
	return r
}

// avatarRenderer lays the picture upon the disc.
type avatarRenderer struct {
	stampRenderer
	avatar  *Avatar
	picture *canvas.Image
}

func (r *avatarRenderer) Layout(size fyne.Size) {
	r.stampRenderer.Layout(size)
	r.picture.Resize(size)
}

func (r *avatarRenderer) Refresh() {
	r.stampRenderer.Refresh()
	if r.avatar.picture != nil {
		r.picture.Refresh()
	}
}

func (r *avatarRenderer) Objects() []fyne.CanvasObject {
	if r.avatar.picture == nil {
		return r.stampRenderer.Objects()
	}
	return []fyne.CanvasObject{r.face, r.picture}
}
