package words

import (
	"strings"
	"testing"
	"time"

	"valetkey/valet"
)

// deeds are all that this version knows, and how each can have been done.
var deeds = map[valet.Deed][]string{
	valet.DeedConnected: {""}, valet.DeedReconnected: {"", "permissions"}, valet.DeedRefreshed: {""},
	valet.DeedCopied: {"token", "header", "env", "curl", "command"}, valet.DeedShown: {""},
	valet.DeedHandedOn: {"", "token", "header", "env", "curl", "exec"}, valet.DeedRequested: {"GET"}, valet.DeedChanged: {"DELETE"},
	valet.DeedChecked: {""}, valet.DeedMoved: {"keyring", "file", "session"}, valet.DeedUpgraded: {"", "older"}, valet.DeedImported: {""},
	valet.DeedRevoked: {"provider", "here"}, valet.DeedForgotten: {""}, valet.DeedWithdrawn: {"", "refused"},
}

// TestEveryDeedHasASentence of its own, and says how, in every language.
func TestEveryDeedHasASentence(t *testing.T) {
	for _, tag := range []string{"en", "de"} {
		speak(t, tag)
		now, seen := time.Now(), map[string]string{}
		for deed, hows := range deeds {
			for _, how := range hows {
				text := Event(valet.Event{Deed: deed, How: how, Count: 1, At: now}, now)
				if strings.Contains(text, string(deed)+")") || strings.Contains(text, "history.") || strings.Contains(text, "<no value>") {
					t.Errorf("%s: %s %s: %s", tag, deed, how, text)
				}
				if other, twice := seen[text]; twice {
					t.Errorf("%s: %s %s and %s are both %q", tag, deed, how, other, text)
				}
				seen[text] = string(deed) + " " + how
			}
		}
	}
}

// TestEventSays how often, why not, by what; and of what it does not know it says so.
func TestEventSays(t *testing.T) {
	now := time.Date(2026, time.November, 21, 15, 0, 0, 0, time.UTC)
	since := now.Add(-58 * time.Minute)
	for want, e := range map[string]valet.Event{
		"Access token handed on, 24 times since 14:02":            {Deed: valet.DeedHandedOn, How: "token", Count: 24, Since: since},
		"Could not be renewed: the provider could not be reached": {Deed: valet.DeedRefreshed, Failure: valet.Unreachable, Count: 1},
		"Request without success, GET: the provider declined":     {Deed: valet.DeedRequested, How: "GET", Failure: valet.Declined, Count: 1},
		"Checked": {Deed: valet.DeedChecked, How: "twice", Count: 1},
		"Something that this version does not know (painted)": {Deed: "painted", How: "blue", Count: 1},
		"Without success: for another reason (odd)":           {Deed: "painted", Failure: "odd", Count: 1},
		"Could not be moved: for another reason (other)":      {Deed: valet.DeedMoved, Failure: valet.OtherFailure, Count: 1},
	} {
		if got := Event(e, now); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	for want, e := range map[string]valet.Event{
		"in the window": {Doer: valet.Doer{Place: valet.PlaceWindow}}, "by itself": {Doer: valet.Doer{Place: valet.PlaceItself}}, "": {},
		"valetkey token, called by bash": {Doer: valet.Doer{Place: valet.PlaceVerb, Verb: "token"}, Program: "bash"},
		"valetkey check":                 {Doer: valet.Doer{Place: valet.PlaceVerb, Verb: "check"}},
	} {
		if got := EventBy(e); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
