//go:build !nogui

package gui

import (
	"crypto/sha256"
	"time"

	"fyne.io/fyne/v2"
)

// heldFor is how long a token stays in the clipboard: time to change to another window and paste.
const heldFor = 45 * time.Second

// clipboard puts a token into the system's clipboard and takes it out again, if it is still there. It remembers a hash only.
// UI goroutine alone.
type clipboard struct {
	board fyne.Clipboard
	sum   [sha256.Size]byte
	until time.Time // zero: nothing of ours is there
	what  string    // that is held; "": the access token
}

// hold copies a secret for a while; what it is called, if it is not the access token.
func (c *clipboard) hold(secret, what string, now time.Time) {
	c.board.SetContent(secret)
	c.sum, c.until, c.what = sha256.Sum256([]byte(secret)), now.Add(heldFor), what
}

// put copies something that is no secret. It stays, so nothing of ours is waited for any more.
func (c *clipboard) put(text string) {
	c.until = time.Time{}
	c.board.SetContent(text)
}

// left is how long the secret still stays; 0 when none is held.
func (c *clipboard) left(now time.Time) time.Duration {
	if c.until.IsZero() {
		return 0
	}
	return max(0, c.until.Sub(now))
}

// tick clears the clipboard when the time is over; it reports whether it did so now.
func (c *clipboard) tick(now time.Time) bool {
	if c.until.IsZero() || now.Before(c.until) {
		return false
	}
	c.clear()
	return true
}

// clear takes the secret out, unless the seller has copied something else since.
func (c *clipboard) clear() {
	if c.until.IsZero() {
		return
	}
	c.until = time.Time{}
	if sha256.Sum256([]byte(c.board.Content())) == c.sum {
		c.board.SetContent("")
	}
}
