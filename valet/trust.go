package valet

import (
	"net"
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/idna"

	"valetkey/oauth/etsy"
)

// Doubt is a reason to look twice at a host. words has a sentence for each.
type Doubt string

// The doubts, from the gravest.
const (
	Imitates   Doubt = "imitates"   // it looks like HostNote.Like, and is somebody else's
	MixesAbc   Doubt = "mixed"      // a word of it has letters of several alphabets
	Unreadable Doubt = "unreadable" // its letters are written in a form that stands for none
	Foreign    Doubt = "foreign"    // it has letters beyond a to z, which is common, and can be misread
)

// HostNote is a host as it should be shown before it is trusted with a key.
type HostNote struct {
	Host  string // plain letters, digits, dots and dashes, as it is asked for; with the port if there is one
	Reads string // how a browser may show it, where that differs from Host: never to be shown alone
	Doubt Doubt  // empty: none
	Like  string // the host that it looks like, for [Imitates]
}

// Trust gives the hosts of [Market.Hosts] in plain letters, with what makes them doubtful. It asks nobody.
func (m Market) Trust() []HostNote {
	var notes []HostNote
	for _, host := range m.Hosts() {
		notes = append(notes, noteOf(host))
	}
	return notes
}

// guardedDomain is where the built-in market lives: all below it is its own.
var guardedDomain = func() string {
	page, err := url.Parse(etsy.Provider().AuthorizationEndpoint)
	if err != nil {
		panic(err) // a constant of ours
	}
	labels := strings.Split(page.Hostname(), ".")
	return strings.Join(labels[len(labels)-2:], ".")
}()

// noteOf looks at one host of an address, which [oauth.CheckEndpoint] has kept to ASCII.
func noteOf(host string) HostNote {
	note := HostNote{Host: strings.ToLower(host)}
	name := note.Host
	if bare, _, err := net.SplitHostPort(name); err == nil {
		name = bare
	}
	name = strings.TrimSuffix(name, ".")
	if name == guardedDomain || strings.HasSuffix(name, "."+guardedDomain) || net.ParseIP(strings.Trim(name, "[]")) != nil {
		return note
	}
	reads, foreign, broken := spell(name)
	if foreign {
		note.Reads = reads
	}
	switch {
	case slices.ContainsFunc(strings.Split(reads, "."), passesFor):
		note.Doubt, note.Like = Imitates, guardedDomain
	case broken:
		note.Doubt = Unreadable
	case mixed(reads):
		note.Doubt = MixesAbc
	case foreign:
		note.Doubt = Foreign
	}
	return note
}

// spell gives the letters that the labels of a host stand for (RFC 5891 4.4, punycode), whether any differs, and whether one
// that claims to stand for letters does not.
func spell(name string) (reads string, foreign, broken bool) {
	labels := strings.Split(name, ".")
	for n, label := range labels {
		if !strings.HasPrefix(label, "xn--") {
			continue
		}
		text, err := idna.Punycode.ToUnicode(label)
		back, backErr := idna.Punycode.ToASCII(text)
		if err != nil || backErr != nil || back != label || text == label || text != printable(text) {
			broken = true
			continue
		}
		labels[n], foreign = text, true
	}
	return strings.Join(labels, "."), foreign, broken
}

// SharesCallback gives the first other market whose app key, one of keys, is registered with the same callback address as m.
// Where m does not name itself in its answers, a browser that was led astray could hand one's answer to the other (RFC 9700
// 4.4.2), so it is worth a warning. Practice, which is in this program, leads nobody astray; and an answer of OAuth 1.0a is good
// for the temporary credentials of one market alone.
func SharesCallback(m Market, keys []AppKey, markets []Market) (Market, bool) {
	for _, key := range keys {
		if m.RequiresIssuer || m.OAuth1 != nil || key.Provider == m.ID || key.Redirect != m.Redirect {
			continue
		}
		for _, other := range markets {
			if other.ID == key.Provider && !other.Practice && other.OAuth1 == nil {
				return other, true
			}
		}
	}
	return Market{}, false
}
