//go:build !nogui

package parts

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// MenuItem is a line of a menu; without words it is a rule between lines.
type MenuItem struct {
	Text  string
	Press func()
}

// MenuButton is a button that opens a menu: below itself, or above where there is no room below. The arrow keys open it too, and
// choose in it; Enter presses, Esc closes.
type MenuButton struct {
	Button
	name  string
	items []MenuItem
}

// NewMenuButton makes an outlined button with an arrow behind text, which may be empty. name is what a screen reader says.
func NewMenuButton(text, name string) *MenuButton {
	b := &MenuButton{name: name}
	b.text, b.weight = text, Outline
	b.init(b, func() { b.Open() })
	return b
}

// SetItems changes what the menu holds from its next opening on.
func (b *MenuButton) SetItems(items []MenuItem) { b.items = items }

// Items gives what the menu holds.
func (b *MenuButton) Items() []MenuItem { return b.items }

// AccessibilityLabel implements [fyne.Accessible].
func (b *MenuButton) AccessibilityLabel() string { return b.name }

// TypedKey implements [fyne.Focusable]. A menu that was opened by the keyboard has its first line chosen.
func (b *MenuButton) TypedKey(event *fyne.KeyEvent) {
	switch event.Name {
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace, fyne.KeyUp, fyne.KeyDown:
		if menu := b.Open(); menu != nil {
			menu.ActivateNext()
		}
	default:
		PassKey(b, event)
	}
}

// Open shows the menu. It gives nil while the button is barred, or on no canvas.
func (b *MenuButton) Open() *widget.PopUpMenu {
	driver := fyne.CurrentApp().Driver()
	on := driver.CanvasForObject(b)
	if on == nil || b.barred {
		return nil
	}
	return b.OpenAt(on, driver.AbsolutePositionForObject(b))
}

// OpenAt shows the menu of a button that stands at a place of a canvas.
func (b *MenuButton) OpenAt(on fyne.Canvas, at fyne.Position) *widget.PopUpMenu {
	menu := fyne.NewMenu("")
	for _, item := range b.items {
		if item.Text == "" {
			menu.Items = append(menu.Items, fyne.NewMenuItemSeparator())
			continue
		}
		menu.Items = append(menu.Items, fyne.NewMenuItem(item.Text, item.Press))
	}
	shown := widget.NewPopUpMenu(menu, on)
	below := at.AddXY(0, b.Size().Height+Unit/2)
	if height := shown.MinSize().Height; below.Y+height > on.Size().Height {
		below.Y = max(0, at.Y-height-Unit/2)
	}
	shown.ShowAtPosition(below)
	return shown
}

// CreateRenderer implements [fyne.Widget].
func (b *MenuButton) CreateRenderer() fyne.WidgetRenderer {
	r := &menuButtonRenderer{
		buttonRenderer: buttonRenderer{button: &b.Button, ring: canvas.NewRectangle(nil), face: canvas.NewRectangle(nil), label: canvas.NewText("", nil)},
		whole:          b, left: canvas.NewLine(nil), right: canvas.NewLine(nil),
	}
	r.label.TextStyle.Bold = true
	r.paint()
	return r
}

// menuButtonRenderer draws the arrow, of two lines, behind the words.
type menuButtonRenderer struct {
	buttonRenderer
	whole       *MenuButton
	left, right *canvas.Line
}

// Sizes of the arrow.
const (
	arrowHalf = 4 // of its width
	arrowDeep = 4
)

func (r *menuButtonRenderer) paint() {
	r.buttonRenderer.paint()
	for _, line := range []*canvas.Line{r.left, r.right} {
		line.StrokeColor, line.StrokeWidth = r.label.Color, 2
	}
}

func (r *menuButtonRenderer) MinSize() fyne.Size {
	text := measure(r.button.text, theme.Size(Body), fyne.TextStyle{Bold: true})
	if r.button.text == "" {
		return fyne.NewSize(5*Unit, 5*Unit)
	}
	return fyne.NewSize(text.Width+4*Unit+2*arrowHalf+Unit, 5*Unit)
}

func (r *menuButtonRenderer) Layout(size fyne.Size) {
	r.buttonRenderer.Layout(size)
	middle := size.Width / 2
	if r.button.text != "" {
		r.label.Move(fyne.NewPos(2*Unit, r.label.Position().Y))
		middle = size.Width - 2*Unit - arrowHalf
	}
	top := size.Height/2 - arrowDeep/2 + 0.5
	tip := fyne.NewPos(middle, top+arrowDeep)
	r.left.Position1, r.left.Position2 = fyne.NewPos(middle-arrowHalf, top), tip
	r.right.Position1, r.right.Position2 = tip, fyne.NewPos(middle+arrowHalf, top)
}

func (r *menuButtonRenderer) Refresh() {
	r.paint()
	r.Layout(r.whole.Size())
	canvas.Refresh(r.whole)
}

func (r *menuButtonRenderer) Objects() []fyne.CanvasObject {
	return append(r.buttonRenderer.Objects(), r.left, r.right)
}
