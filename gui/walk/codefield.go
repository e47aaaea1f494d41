//go:build !nogui

package walk

import (
	"fyne.io/fyne/v2"

	"valetkey/gui/parts"
	"valetkey/valet/words"
)

// codeField is where the code goes that the provider's page shows.
type codeField struct {
	*fyne.Container
	boxes *parts.Code
	use   *parts.Button

	before string // what was in the boxes when they were changed last
}

// newCodeField makes it; grown is called after each change, as the boxes may have become more.
func newCodeField(send, grown func()) *codeField {
	f := &codeField{boxes: parts.NewCode(words.T("window.code.name")), use: parts.NewButton(parts.Filled, words.T("window.code.use"), send)}
	f.boxes.Done, f.boxes.OnChange = send, grown
	f.Container = parts.CodeRow(f.boxes, f.use)
	return f
}

// busy bars it while the code is tried.
func (f *codeField) busy(busy bool) {
	f.boxes.SetBusy(busy)
	f.use.SetBusy(busy)
}
