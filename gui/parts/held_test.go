//go:build !nogui

package parts

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
)

func TestWhatIsHeldIsLetGo(t *testing.T) {
	test.NewTempApp(t)
	space := &fyne.KeyEvent{Name: fyne.KeySpace}
	mouse := &desktop.MouseEvent{Button: desktop.MouseButtonPrimary}
	for name, c := range map[string]struct{ begin, end func(h *Hold) }{
		"mouse let go":      {func(h *Hold) { h.MouseDown(mouse) }, func(h *Hold) { h.MouseUp(mouse) }},
		"mouse gone":        {func(h *Hold) { h.MouseDown(mouse) }, func(h *Hold) { h.MouseOut() }},
		"space let go":      {func(h *Hold) { h.KeyDown(space) }, func(h *Hold) { h.KeyUp(space) }},
		"focus gone":        {func(h *Hold) { h.KeyDown(space) }, func(h *Hold) { h.FocusLost() }},
		"barred":            {func(h *Hold) { h.KeyDown(space) }, func(h *Hold) { h.SetBusy(true) }},
		"hidden":            {func(h *Hold) { h.MouseDown(mouse) }, func(h *Hold) { h.Hide() }},
		"held by both ways": {func(h *Hold) { h.MouseDown(mouse); h.KeyDown(space) }, func(h *Hold) { h.MouseUp(mouse); h.KeyUp(space) }},
	} {
		began, ended := 0, 0
		h := NewHold("Reveal", func() { began++ }, func() { ended++ })
		if c.begin(h); began != 1 || ended != 0 {
			t.Errorf("%s: began %d, ended %d while it is held", name, began, ended)
		}
		if c.end(h); began != 1 || ended != 1 {
			t.Errorf("%s: began %d, ended %d", name, began, ended)
		}
	}
	h := NewHold("Reveal", func() { t.Error("it began") }, nil)
	h.Tapped(nil)
	h.TypedKey(space)
	h.MouseDown(&desktop.MouseEvent{Button: desktop.MouseButtonSecondary})
	h.SetBusy(true)
	h.MouseDown(mouse)
}

func TestLettersLeaveNothingBehind(t *testing.T) {
	test.NewTempApp(t)
	l := NewLetters("the token")
	l.Resize(fyne.NewSize(200, 100))
	l.Set("12345678.abcdefghijklmnopqrstuvwxyz")
	r := test.WidgetRenderer(l).(*lettersRenderer)
	if len(r.objects) != 35 || r.objects[9].(*canvas.Text).Text != "a" {
		t.Fatalf("%d letters", len(r.objects))
	}
	if columns := l.columns(200); l.HeightFor(200) != float32((35+columns-1)/columns)*l.cell().Height {
		t.Errorf("%v high in %d columns", l.HeightFor(200), columns)
	}
	for _, o := range r.objects {
		if letter := o.(*canvas.Text); len(letter.Text) != 1 || o.Position().X+o.Size().Width > 200 {
			t.Errorf("%q at %v", letter.Text, o.Position())
		}
	}
	if l.AccessibilityLabel() != "the token" {
		t.Errorf("a screen reader says %q", l.AccessibilityLabel())
	}
	text, drawn := l.text[:cap(l.text)], r.objects[:cap(r.objects)]
	l.Set("")
	for i, letter := range text {
		if letter != 0 {
			t.Fatalf("%q is left at %d", letter, i)
		}
	}
	for i, o := range drawn {
		if o != nil {
			t.Fatalf("what was drawn is left at %d", i)
		}
	}
}

// newBar is a bar of three buttons of which two may go into the menu.
func newBar(pressed *string) (bar *fyne.Container, folded []*Button, more *MenuButton) {
	button := func(text string) *Button { return NewButton(Outline, text, func() { *pressed = text }) }
	folded = []*Button{button("Refresh the token"), button("Check")}
	more = NewMenuButton("More", "More to do")
	return Folding(Unit, folded, more, button("Copy"), folded[0], folded[1], more, Spring(), button("Revoke")), folded, more
}

func TestFolding(t *testing.T) {
	test.NewTempApp(t)
	pressed := ""
	bar, folded, more := newBar(&pressed)
	line := bar.Objects[0].MinSize().Height
	whole := fyne.NewSize(10000, line)
	bar.Resize(whole)
	if !folded[0].Visible() || !folded[1].Visible() || more.Visible() {
		t.Error("something is folded though there is room")
	}
	right := bar.Objects[0].MinSize().Width + folded[0].MinSize().Width + folded[1].MinSize().Width + bar.Objects[5].MinSize().Width + 3*Unit
	for want, width := range []float32{right, right - 2, 10} {
		bar.Resize(fyne.NewSize(width, 3*line))
		if got := len(more.Items()); got != want || folded[1].Visible() != (want < 2) || more.Visible() != (want > 0) {
			t.Errorf("%v wide: %d are folded", width, got)
		}
	}
	if items := more.Items(); items[1].Text != "Check" {
		t.Errorf("%+v", items)
	} else if items[1].Press(); pressed != "Check" {
		t.Errorf("pressed %q", pressed)
	}
	folded[1].SetBusy(true)
	pressed = ""
	if more.Items()[1].Press(); pressed != "" {
		t.Error("a barred button was pressed in the menu")
	}
}

func TestMenus(t *testing.T) {
	test.NewTempApp(t)
	pressed := ""
	b := NewMenuButton("", "Copy in another form")
	for _, text := range []string{"one", "", "two"} {
		b.SetItems(append(b.Items(), MenuItem{Text: text, Press: func() { pressed = text }}))
	}
	low := container.NewWithoutLayout(b)
	w := test.NewTempWindow(t, low)
	w.Resize(fyne.NewSize(400, 300))
	b.Resize(b.MinSize())
	for _, c := range []struct {
		at   float32
		keys []fyne.KeyName
		want string
	}{
		{0, []fyne.KeyName{fyne.KeyDown, fyne.KeyReturn}, "two"},
		{240, []fyne.KeyName{fyne.KeyDown, fyne.KeyUp, fyne.KeyReturn}, "one"},
		{240, []fyne.KeyName{fyne.KeyEscape}, ""},
	} {
		b.Move(fyne.NewPos(0, c.at))
		pressed = ""
		b.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
		menu, ok := w.Canvas().Focused().(interface {
			fyne.Focusable
			fyne.CanvasObject
		})
		if !ok {
			t.Fatal("the menu has not got the keyboard")
		}
		if top, bottom := menu.Position().Y, menu.Position().Y+menu.Size().Height; top < 0 || bottom > 300 || top < c.at+b.Size().Height && bottom > c.at {
			t.Errorf("a button at %v has its menu from %v to %v", c.at, top, bottom)
		}
		for _, key := range c.keys {
			menu.TypedKey(&fyne.KeyEvent{Name: key})
		}
		if pressed != c.want || w.Canvas().Overlays().Top() != nil {
			t.Errorf("%v pressed %q", c.keys, pressed)
		}
	}
	if b.SetBusy(true); b.Open() != nil {
		t.Error("a barred button opened its menu")
	}
}
