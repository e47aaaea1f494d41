//go:build !nogui

package gui

import (
	"testing"
	"time"

	"fyne.io/fyne/v2/test"
)

func TestClipboardIsClearedIfItIsStillOurs(t *testing.T) {
	start := time.Date(2026, 11, 22, 14, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		name  string
		then  func(*clipboard)
		after time.Duration
		want  string
	}{
		{"left alone, before its time", func(*clipboard) {}, 44 * time.Second, "12345678.token"},
		{"left alone", func(*clipboard) {}, 45 * time.Second, ""},
		{"the seller copied something else", func(c *clipboard) { c.board.SetContent("a recipe") }, time.Minute, "a recipe"},
		{"we copied something else", func(c *clipboard) { c.put("https://www.etsy.com/") }, time.Minute, "https://www.etsy.com/"},
		{"the window closes", (*clipboard).clear, 0, ""},
		{"the window closes after the seller copied", func(c *clipboard) { c.board.SetContent("a recipe"); c.clear() }, 0, "a recipe"},
	} {
		t.Run(c.name, func(t *testing.T) {
			board := &clipboard{board: test.NewClipboard()}
			board.hold("12345678.token", "", start)
			c.then(board)
			board.tick(start.Add(c.after))
			if got := board.board.Content(); got != c.want {
				t.Errorf("the clipboard holds %q, want %q", got, c.want)
			}
		})
	}
}

func TestClipboardCountsDownFromTheLastCopy(t *testing.T) {
	start := time.Now()
	board := &clipboard{board: test.NewClipboard()}
	board.hold("one", "", start)
	board.hold("two", "", start.Add(30*time.Second))
	if board.tick(start.Add(50*time.Second)) || board.board.Content() != "two" {
		t.Error("the second copy went with the time of the first")
	}
	if !board.tick(start.Add(75*time.Second)) || board.left(start) != 0 {
		t.Error("the second copy stayed")
	}
}
