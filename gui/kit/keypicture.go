//go:build !nogui

package kit

import (
	"hash/fnv"
	"image"
	"image/color"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"valetkey/gui/parts"
	"valetkey/oauth"
	"valetkey/valet/keyart"
	"valetkey/valet/words"
)

// KeyPicture is the drawn key: its teeth are the permissions.
type KeyPicture struct {
	widget.BaseWidget
	width float32
	key   keyart.Key
	name  string      // what a screen reader says
	shop  image.Image // in the eye of the key; nil: the initial
}

// NewKeyPicture makes a picture of a plain key, width wide.
func NewKeyPicture(width float32) *KeyPicture {
	k := &KeyPicture{width: width}
	k.ExtendBaseWidget(k)
	return k
}

// Set shows a shop's key with the permissions it holds; a grey one was given back.
func (k *KeyPicture) Set(shop string, known []oauth.ScopeInfo, held []oauth.Scope, grey bool) {
	k.key = keyart.Key{Initial: shop, Teeth: keyart.Teeth(known, held), Grey: grey}
	k.name = words.KeyLabel(len(held))
	k.Refresh()
}

// SetPicture shows a square picture of the shop, round, in the place of its initial; nil is none. A grey key has none. It is seen
// from the next Set on.
func (k *KeyPicture) SetPicture(shop image.Image) { k.shop = shop }

// AccessibilityLabel implements [fyne.Accessible].
func (k *KeyPicture) AccessibilityLabel() string { return k.name }

// AccessibilityRole implements [fyne.Accessible].
func (k *KeyPicture) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// CreateRenderer implements [fyne.Widget].
func (k *KeyPicture) CreateRenderer() fyne.WidgetRenderer {
	r := &keyRenderer{key: k, image: &canvas.Image{FillMode: canvas.ImageFillContain}, shop: &canvas.Image{}}
	r.draw()
	return r
}

type keyRenderer struct {
	key   *KeyPicture
	image *canvas.Image
	shop  *canvas.Image // upon the initial
}

// eyeShare is how much of the eye a picture fills.
const eyeShare = 0.94

func (r *keyRenderer) draw() {
	drawn := r.key.key
	drawn.Palette = keyart.Light
	if dim(theme.Color(parts.Paper)) {
		drawn.Palette = keyart.Dark
	}
	r.image.Resource = drawing(keyart.Draw(drawn))
	r.shop.Image = r.key.shop
}

// dim reports whether a ground is dark.
func dim(ground color.Color) bool { return color.GrayModel.Convert(ground).(color.Gray).Y < 128 }

// drawing wraps an SVG. Fyne keeps rasters by name, so another drawing needs another name.
func drawing(svg string) fyne.Resource {
	sum := fnv.New64a()
	sum.Write([]byte(svg))
	return fyne.NewStaticResource("key-"+strconv.FormatUint(sum.Sum64(), 36)+".svg", []byte(svg))
}

func (r *keyRenderer) MinSize() fyne.Size {
	return fyne.NewSize(r.key.width, r.key.width*keyart.Height/keyart.Width)
}

// hangs reports whether the picture is on a canvas. Before, its pixels are not known; Fyne draws it when it comes there.
func (r *keyRenderer) hangs() bool {
	return fyne.CurrentApp().Driver().CanvasForObject(r.image) != nil
}

func (r *keyRenderer) Layout(size fyne.Size) {
	unit := size.Width / keyart.Width
	radius := unit * keyart.EyeRadius * eyeShare
	r.shop.Move(fyne.NewPos(unit*keyart.EyeX-radius, unit*keyart.EyeY-radius))
	r.shop.Resize(fyne.NewSquareSize(2 * radius))
	r.shop.CornerRadius = radius
	if r.hangs() {
		r.image.Resize(size)
		return
	}
	drawing := r.image.Resource
	r.image.Resource = nil
	r.image.Resize(size)
	r.image.Resource = drawing
}

func (r *keyRenderer) Refresh() {
	if r.draw(); r.hangs() {
		r.image.Refresh()
		r.shop.Refresh()
	}
}

func (r *keyRenderer) Objects() []fyne.CanvasObject {
	if r.key.shop == nil || r.key.key.Grey {
		return []fyne.CanvasObject{r.image}
	}
	return []fyne.CanvasObject{r.image, r.shop}
}
func (r *keyRenderer) Destroy() {}

// KeyOf is the picture of a shop's key beside what is said of it.
func KeyOf(shop string, known []oauth.ScopeInfo, held []oauth.Scope) *KeyPicture {
	k := NewKeyPicture(336)
	k.Set(shop, known, held, false)
	return k
}
