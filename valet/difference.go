package valet

import (
	"slices"

	"valetkey/oauth"
)

// Difference says what now has that before had not, and what before had that now has not, each in its own order.
func Difference(before, now []oauth.Scope) (added, gone []oauth.Scope) {
	return lacking(before, now), lacking(now, before)
}

// lacking gives those of wanted that held has not.
func lacking(held, wanted []oauth.Scope) []oauth.Scope {
	var missing []oauth.Scope
	for _, scope := range wanted {
		if !slices.Contains(held, scope) {
			missing = append(missing, scope)
		}
	}
	return missing
}

// differs gives before where now is not the same, and nothing where it is.
func differs(before, now []oauth.Scope) []oauth.Scope {
	if added, gone := Difference(before, now); len(added)+len(gone) == 0 {
		return nil
	}
	return before
}
