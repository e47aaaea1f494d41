package valet

import (
	"fmt"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"valetkey/oauth"
)

var nameForm = pattern(`^[a-z0-9]+(-[a-z0-9]+)*$`)

// nameLimit keeps NAME easy to type.
const nameLimit = 40

// slug makes a NAME of a shop's name: lower-case letters, digits and dashes. A name with none of these gives "".
func slug(text string) string {
	var b strings.Builder
	for _, r := range norm.NFKD.String(strings.ToLower(text)) {
		switch {
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
			b.WriteRune(r)
		case unicode.Is(unicode.Mn, r) || r == '\'' || r == '’': // an accent taken apart, an apostrophe
		default:
			b.WriteByte('-')
		}
	}
	parts := strings.FieldsFunc(b.String(), func(r rune) bool { return r == '-' })
	name := strings.Join(parts, "-")
	if len(name) > nameLimit {
		name = strings.TrimRight(name[:nameLimit], "-")
	}
	return name
}

// checkName says whether a NAME can be wished for. Errors: [BadName].
func checkName(wish string) error {
	if !nameForm().MatchString(wish) || len(wish) > nameLimit {
		return &Error{Kind: BadName, Subject: printable(wish)}
	}
	return nil
}

// nameFor makes the NAME of a connection of what is known of it.
func nameFor(c Connection, taken func(name string) bool) string {
	base := slug(c.Account.ShopName)
	if base == "" && c.Account.UserID != "" {
		base = slug(c.Provider + " " + c.Account.UserID)
	}
	if base == "" {
		base = slug(c.Provider)
	}
	return numbered(base, taken)
}

// numbered is base, or base-2 and so on where that is taken.
func numbered(base string, taken func(name string) bool) string {
	name := base
	for n := 2; taken(name); n++ {
		name = fmt.Sprintf("%s-%d", base, n)
	}
	return name
}

// printable makes text of others safe to show on one line.
func printable(text string) string { return oauth.CleanText(text, 200) }
