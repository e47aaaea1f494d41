package oauth1

import (
	"crypto/rand"
	"net/http"
	"strconv"
	"time"
)

const (
	clockSlack = 2 * time.Second // a Date header has whole seconds, and the answer took its time
	clockFar   = time.Minute     // beyond this the clock is worth a try where a server names no problem, and a word to the person
)

// timestamp is oauth_timestamp (RFC 5849 3.3): whole seconds since 1970.
func timestamp(at time.Time) string { return strconv.FormatInt(at.Unix(), 10) }

// nonce is oauth_nonce (RFC 5849 3.3): at least 128 random bits, new for every try. A failing random source ends the program
// (crypto/rand).
func nonce() string { return rand.Text() }

// ahead is how far the server's clock is ahead of ours, by the Date header of an answer that came now. known is false if there
// is no such header.
func ahead(header http.Header, now time.Time) (offset time.Duration, known bool) {
	date, err := http.ParseTime(header.Get("Date"))
	if err != nil {
		return 0, false
	}
	return date.Sub(now).Round(time.Second), true
}

// offset is what is added to this machine's clock for the server's.
func (c *Client) offset() time.Duration { return time.Duration(c.serverAhead.Load()) }

// learn keeps an offset that a server was content with.
func (c *Client) learn(offset time.Duration) { c.serverAhead.Store(int64(offset)) }
