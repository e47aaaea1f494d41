//go:build !nogui

package parts

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

func typed(o fyne.Focusable, keys ...fyne.KeyName) {
	for _, key := range keys {
		o.TypedKey(&fyne.KeyEvent{Name: key})
	}
}

func TestButtonKnowsEnterAndSpaceAndHandsOnTheRest(t *testing.T) {
	test.NewTempApp(t)
	pressed, passed := 0, []fyne.KeyName{}
	button := NewButton(Filled, "Copy access token", func() { pressed++ })
	window := test.NewTempWindow(t, button)
	window.Canvas().SetOnTypedKey(func(e *fyne.KeyEvent) { passed = append(passed, e.Name) })
	typed(button, fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace, fyne.KeyEscape, fyne.KeyF5)
	test.Tap(button)
	if pressed != 4 || len(passed) != 2 {
		t.Errorf("pressed %d times, passed on %v", pressed, passed)
	}
	button.SetBusy(true)
	test.Tap(button)
	typed(button, fyne.KeyReturn)
	if pressed != 4 {
		t.Error("a busy button was pressed")
	}
}

func TestCheckTurnsUnlessItIsFixed(t *testing.T) {
	test.NewTempApp(t)
	told := 0
	check := NewCheck(NewText(Body, "See the shop"), false, func(bool) { told++ })
	typed(check, fyne.KeySpace)
	if !check.On || told != 1 {
		t.Errorf("on %v, told %d", check.On, told)
	}
	check.Fix()
	test.Tap(check)
	if !check.On || told != 1 {
		t.Error("a fixed box was turned")
	}
}

func TestEntryHandsOnWhatItHasNoUseFor(t *testing.T) {
	test.NewTempApp(t)
	done, passed := 0, []fyne.KeyName{}
	entry := NewEntry("", true)
	entry.Done = func() { done++ }
	window := test.NewTempWindow(t, entry)
	window.Canvas().SetOnTypedKey(func(e *fyne.KeyEvent) { passed = append(passed, e.Name) })
	typed(entry, fyne.KeyReturn, fyne.KeyEscape, fyne.KeyF5, fyne.KeyDelete)
	if done != 1 || len(passed) != 2 {
		t.Errorf("done %d, passed on %v", done, passed)
	}
}

func TestTabLeadsOutOfAFieldOfSeveralLines(t *testing.T) {
	test.NewTempApp(t)
	entry, button := NewTallEntry("", 3), NewButton(Quiet, "Back", func() {})
	on := test.NewTempWindow(t, Column(0, entry, button)).Canvas()
	on.Focus(entry)
	if entry.AcceptsTab() {
		t.Error("the field keeps Tab for itself")
	}
	if on.FocusNext(); on.Focused() != button {
		t.Errorf("Tab leads to %v", on.Focused())
	}
}

func TestEveryControlHasAName(t *testing.T) {
	test.NewTempApp(t)
	for _, o := range []fyne.Accessible{
		NewButton(Quiet, "Back", nil), NewCard("Look only", Space(1, 1), nil),
		NewCheck(NewText(Body, "See the shop"), false, nil), NewText(Small, "Practice"), NewBadge("Practice"), NewCode("The code"),
	} {
		if o.AccessibilityLabel() == "" {
			t.Errorf("%T says nothing", o)
		}
	}
}

func TestTheKeyboardLeadsToWhatIsOutOfSight(t *testing.T) {
	test.NewTempApp(t)
	last := NewButton(Quiet, "Last", func() {})
	body := Column(0, Space(10, 1000), last)
	page := Page(Space(1, 1), body, Space(1, 1))
	window := test.NewTempWindow(t, page)
	window.Resize(fyne.NewSize(300, 400))
	window.Canvas().Focus(last)
	top := fyne.CurrentApp().Driver().AbsolutePositionForObject(last).Y
	if top < 0 || top > 400-last.Size().Height {
		t.Errorf("the focused button stands at %v of 400", top)
	}
}
