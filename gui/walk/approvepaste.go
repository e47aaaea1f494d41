//go:build !nogui

package walk

import (
	"errors"
	"strings"

	"valetkey/oauth"
	"valetkey/valet"
	"valetkey/valet/words"
)

// PasteTrouble says why what was typed or pasted did not count: an address by how the right one begins, all else by err itself.
func PasteTrouble(s ApproveState, err error) words.Trouble {
	id := "window.paste.other"
	switch {
	case s.Typed || valet.KindOf(err) != "":
		return words.Sentence(err)
	case errors.Is(err, oauth.ErrWrongState):
		id = "window.paste.stale"
	}
	return words.Trouble{What: words.T(id), Means: words.T("window.paste.begins", "Address", s.Redirect), Next: words.T("window.paste.whole")}
}

// practiceDigits is how long a code of the practice page is. How long those of others are, nobody has promised.
const practiceDigits = 8

// lacking is how many digits text lacks, as far as the length is known; else 0.
func (s ApproveState) lacking(text string) int {
	if !s.Market.Practice || strings.Trim(text, "0123456789") != "" {
		return 0
	}
	return max(0, practiceDigits-len(text))
}

// tidy takes back what was said of what is not on the screen any more.
func tidy(a *Approve) {
	a.Notice.Clear()
	if a.state.OpenFailed {
		a.Notice.Say(words.T("window.approve.nobrowser"))
	}
}
