//go:build !nogui

package parts

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

func write(c *Code, text string) {
	for _, r := range text {
		c.TypedRune(r)
	}
}

func TestACodeIsTypedAndMistakesAreForgiven(t *testing.T) {
	for _, c := range []struct{ typed, shown string }{
		{"12345678", "12345678"},
		{"1234 5678", "12345678"},
		{"１２３４ ５６７８", "12345678"},
		{"ab-CD_9", "ab-CD_9"},
		{"12\u200b34", "1234"},
		{strings.Repeat("7", longestCode+5), strings.Repeat("7", longestCode)},
	} {
		test.NewTempApp(t)
		code := NewCode("The code")
		write(code, c.typed)
		if got := string(code.line.chars); got != c.shown || code.Text() != c.shown {
			t.Errorf("%q shows %q and gives %q", c.typed, got, code.Text())
		}
	}
}

// What is pasted goes on exactly as it was, for somebody who can look into it; the boxes show it where it is a code.
func TestACodeIsPastedWhole(t *testing.T) {
	for _, c := range []struct{ pasted, shown string }{
		{"12345678", "12345678"},
		{" 1234 5678\n", "12345678"},
		{"１２３４　５６７８", "12345678"},
		{"1 2 3 4", "1234"},
		{"a3f9 c1d2", "a3f9c1d2"},
		{"Your code is 1234 5678", ""},
		{"http://localhost:3003/oauth/redirect?oauth_token=t&oauth_verifier=12345678", ""},
		{"code:12345678", ""},
		{strings.Repeat("1", longestCode+1), ""},
	} {
		test.NewTempApp(t)
		code := NewCode("The code")
		code.Paste(c.pasted)
		if got := string(code.line.chars); got != c.shown || code.Text() != c.pasted {
			t.Errorf("%q shows %q and gives %q", c.pasted, got, code.Text())
		}
		code.TypedRune('5')
		if c.shown == "" && code.Text() != "5" || c.shown != "" && code.Text() != c.shown+"5" {
			t.Errorf("%q and a 5 give %q", c.pasted, code.Text())
		}
	}
}

func TestACodeIsCorrected(t *testing.T) {
	test.NewTempApp(t)
	code, done := NewCode("The code"), 0
	code.Done = func() { done++ }
	board := test.NewClipboard()
	write(code, "1234")
	typed(code, fyne.KeyLeft, fyne.KeyLeft, fyne.KeyBackspace, fyne.KeyDelete)
	write(code, "98")
	if code.Text() != "1984" {
		t.Errorf("it is %q", code.Text())
	}
	typed(code, fyne.KeyHome, fyne.KeyDelete, fyne.KeyEnd, fyne.KeyBackspace, fyne.KeyReturn)
	if code.Text() != "98" || done != 1 {
		t.Errorf("it is %q, done %d times", code.Text(), done)
	}
	code.TypedShortcut(&fyne.ShortcutSelectAll{})
	code.TypedShortcut(&fyne.ShortcutCopy{Clipboard: board})
	if board.Content() != "98" {
		t.Errorf("copied %q", board.Content())
	}
	board.SetContent("5555 6666")
	code.TypedShortcut(&fyne.ShortcutPaste{Clipboard: board})
	if code.Text() != "5555 6666" {
		t.Errorf("over everything that is selected is pasted %q", code.Text())
	}
	code.TypedShortcut(&fyne.ShortcutSelectAll{})
	code.TypedShortcut(&fyne.ShortcutCut{Clipboard: board})
	if code.Text() != "" || board.Content() != "5555 6666" {
		t.Errorf("cut: %q is left, %q was taken", code.Text(), board.Content())
	}
}

func TestACodeThatIsTriedStaysAsItIs(t *testing.T) {
	test.NewTempApp(t)
	code, done := NewCode("The code"), 0
	code.Done = func() { done++ }
	write(code, "1234")
	code.SetBusy(true)
	write(code, "5")
	code.Paste("999")
	typed(code, fyne.KeyBackspace, fyne.KeyReturn)
	if code.Text() != "1234" || done != 0 {
		t.Errorf("it is %q, done %d times", code.Text(), done)
	}
}

func TestTheKeysOfTheWindowReachItFromACode(t *testing.T) {
	test.NewTempApp(t)
	var passed []fyne.KeyName
	code := NewCode("The code")
	window := test.NewTempWindow(t, code)
	window.Canvas().SetOnTypedKey(func(e *fyne.KeyEvent) { passed = append(passed, e.Name) })
	typed(code, fyne.KeyEscape, fyne.KeyF5, fyne.Key1, fyne.KeySpace, fyne.KeyDelete)
	if len(passed) != 2 {
		t.Errorf("passed on %v", passed)
	}
}

func TestTheBoxesGrowAndStayInTheirRoom(t *testing.T) {
	for _, width := range []float32{160, 240, 416, 640} {
		lines := map[float32]bool{}
		for chars := range longestCode + 1 {
			b := boxesFor(chars, width)
			for n := range b.count {
				at := b.place(n)
				lines[at.Y] = true
				if at.X < 0 || at.X+b.size.Width > width+0.01 || b.size.Width < narrowestBox-0.01 {
					t.Fatalf("%d characters in %v: box %d at %v, %v", chars, width, n, at, b.size)
				}
				if hit := b.at(at.AddXY(1, 1)); hit != n {
					t.Fatalf("%d characters in %v: a touch of box %d is one of %d", chars, width, n, hit)
				}
			}
			if b.count != max(fewestBoxes, chars) {
				t.Fatalf("%d boxes for %d characters", b.count, chars)
			}
		}
		if width == 640 && len(lines) > 2 || width == 160 && len(lines) < 3 {
			t.Errorf("in %v there are lines at %v", width, lines)
		}
	}
}

func TestATouchMovesTheCaret(t *testing.T) {
	test.NewTempApp(t)
	code := NewCode("The code")
	window := test.NewTempWindow(t, code)
	window.Resize(fyne.NewSize(500, 200))
	write(code, "12345678")
	third := boxesFor(8, code.Size().Width).place(2)
	code.Tapped(&fyne.PointEvent{Position: third.AddXY(3, 3)})
	code.TypedRune('x')
	if code.Text() != "12x345678" || !code.focused {
		t.Errorf("it is %q, focused %v", code.Text(), code.focused)
	}
	if code.AccessibilityLabel() != "The code: 12x345678" {
		t.Errorf("a screen reader says %q", code.AccessibilityLabel())
	}
}
