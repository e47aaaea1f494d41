package words

import (
	"testing"

	"valetkey/valet"
)

// TestScopeDifference: nothing is said where all agree, and each disagreement has words of its own.
func TestScopeDifference(t *testing.T) {
	agreeing := []valet.Permission{
		{Asked: true, Granted: true}, {Asked: true, Granted: true, Known: true, Reported: true},
	}
	for _, p := range agreeing {
		if text := ScopeDifference(p); text != "" {
			t.Errorf("%+v: %q", p, text)
		}
	}
	seen := map[string]valet.Permission{"": {}}
	for _, p := range []valet.Permission{
		{Asked: true, Known: true},
		{Asked: true, Known: true, Reported: true},
		{Asked: true, Granted: true, Known: true},
		{Granted: true, Known: true, Reported: true},
		{Granted: true, Known: true},
		{Known: true, Reported: true},
	} {
		text := ScopeDifference(p)
		if other, twice := seen[text]; twice {
			t.Errorf("%q for %+v and for %+v", text, p, other)
		}
		seen[text] = p
	}
	for known, unknown := range map[valet.Permission]valet.Permission{
		{Asked: true, Known: true}:                   {Asked: true},
		{Granted: true, Known: true, Reported: true}: {Granted: true},
	} {
		if ScopeDifference(known) != ScopeDifference(unknown) {
			t.Errorf("%+v and %+v differ", known, unknown)
		}
	}
}
