//go:build !nogui

package walk

import (
	"image"
	"slices"
	"strings"

	"valetkey/gui/kit"
	"valetkey/oauth"
	"valetkey/valet"
	"valetkey/valet/words"
)

// ReceiveState is what has happened so far in the third step.
type ReceiveState struct {
	Provider string // its name
	Keyring  string
	Detail   valet.Detail // what is known by now: account, asked, granted, store
	Done     []valet.Moment
	Scopes   []oauth.ScopeInfo
	Ends     bool // the provider is told that the key before is over

	Picture image.Image // of the shop; nil: there is none, or it has not come yet
}

// Add takes over the fields that the moment sets.
func (s *ReceiveState) Add(d valet.Detail) {
	s.Done = append(s.Done, d.Moment)
	switch d.Moment {
	case valet.Exchanged:
		s.Detail.Asked, s.Detail.Granted, s.Detail.Before = d.Asked, d.Granted, d.Before
	case valet.Identified:
		s.Detail.Account = d.Account
	case valet.Stored:
		s.Detail.Store, s.Detail.Before = d.Store, d.Before
	}
}

func (s ReceiveState) line(m valet.Moment, done bool) string {
	switch {
	case m == valet.Identified && done:
		return words.T("window.receive.identified.done", "Shop", AccountName(s.Detail.Account, s.Provider))
	case m == valet.Exchanged && done:
		return words.N("window.receive.exchanged.done", len(s.Detail.Granted))
	case m == valet.Stored && done && s.Ends: // and that is what is waited for
		return kit.Joined(words.T("window.receive.stored.done", "Store", words.StoreName(s.Detail.Store, s.Keyring))+".", words.T("window.receive.ending", "Provider", s.Provider))
	case m == valet.Stored && done:
		return words.T("window.receive.stored.done", "Store", words.StoreName(s.Detail.Store, s.Keyring))
	}
	return words.T("window.receive." + string(m))
}

// difference says what was asked and not granted, or granted and not asked; empty where both are the same.
func (s ReceiveState) difference() string {
	if !slices.Contains(s.Done, valet.Exchanged) {
		return ""
	}
	var missing, extra []string
	for _, p := range kit.PermissionsOf(s.Scopes, s.Detail.Asked, s.Detail.Granted) {
		if !p.Granted {
			missing = append(missing, p.Title)
		} else if !p.Asked {
			extra = append(extra, p.Title)
		}
	}
	var lines []string
	if len(missing) > 0 {
		lines = append(lines, words.T("window.receive.missing", "Permissions", kit.Several(missing)))
	}
	if len(extra) > 0 {
		lines = append(lines, words.T("window.receive.extra", "Permissions", kit.Several(extra)))
	}
	return strings.Join(append(lines, s.since()...), "\n")
}

// since says what the key opens now and did not before, and the other way round.
func (s ReceiveState) since() []string {
	var lines []string
	if s.Detail.Before != nil {
		added, gone := valet.Difference(s.Detail.Before, s.Detail.Granted)
		if len(added) > 0 {
			lines = append(lines, words.T("window.receive.added", "Permissions", kit.Several(titlesOf(s.Scopes, added))))
		}
		if len(gone) > 0 {
			lines = append(lines, words.T("window.receive.gone", "Permissions", kit.Several(titlesOf(s.Scopes, gone))))
		}
	}
	return lines
}

// AccountName is what an account is called that has no connection yet.
func AccountName(a valet.Account, provider string) string {
	return words.ShopName(valet.Connection{Account: a, ProviderName: provider, Name: provider})
}
