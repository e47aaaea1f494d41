//go:build !nogui

package trial

import (
	"testing"

	"fyne.io/fyne/v2"

	"valetkey/gui/parts"
	"valetkey/valet/words"
)

// What is said stands whole above the buttons, whatever stood there before.
func TestANoticeHasItsRoom(t *testing.T) {
	for _, size := range []fyne.Size{large, {Width: 700, Height: 480}, {Width: 463, Height: 490}} {
		r := newRoom(t, size)
		r.state.known["listing_id"] = "7"
		check := func(after string) {
			t.Helper()
			notice, foot := r.Notice.Container, r.Container.Objects[2]
			if need := parts.HeightOf(notice, notice.Size().Width); notice.Size().Height < need || foot.Size().Height < parts.HeightOf(foot, foot.Size().Width) {
				t.Errorf("%v after %s: the notice has %v of %v, the foot %v of %v", size, after, notice.Size().Height, need, foot.Size().Height, parts.HeightOf(foot, foot.Size().Width))
			}
			if bottom := foot.Position().Y + foot.Size().Height; bottom > r.Container.Size().Height {
				t.Errorf("%v after %s: it ends at %v", size, after, bottom)
			}
		}
		r.ask("rename")
		check("the first rename")
		r.Notice.Count(words.T("window.copied", "Seconds", 45), 1)
		check("the ring")
		r.Notice.Count("", 0)
		r.Notice.Say(words.T("window.cleared"))
		check("it was cleared")
		r.ask("rename")
		check("the second rename")
		r.Notice.Clear()
		check("nothing")
	}
}
