//go:build !windows && !darwin

package words

import (
	"slices"
	"testing"
)

// TestOfSystem: the variables in the order of gettext.
func TestOfSystem(t *testing.T) {
	for _, row := range []struct {
		all, messages, lang, languages string
		want                           string
	}{
		{"", "", "", "", "en"},
		{"", "", "de_AT.UTF-8", "", "de"},
		{"", "de_DE", "en_US.UTF-8", "", "de"},
		{"en_GB", "de_DE", "de_DE", "", "en"},
		{"", "", "en_US.UTF-8", "de:en", "de"},
		{"", "", "en_US.UTF-8", "fr:de_CH", "de"},
		{"C", "", "de_DE", "de", "en"},
		{"POSIX", "", "de_DE", "de", "en"},
		{"", "", "C.UTF-8", "", "en"},
		{"", "", "en_XA.UTF-8", "", Pseudo},
		{"", "", "..", "::", "en"},
	} {
		for name, value := range map[string]string{"LC_ALL": row.all, "LC_MESSAGES": row.messages, "LANG": row.lang, "LANGUAGE": row.languages} {
			t.Setenv(name, value)
		}
		if speak(t, ""); Language() != row.want {
			t.Errorf("%+v: %s", row, Language())
		}
	}
}

// TestLanguages: the one for trying out is offered only to those who have it.
func TestLanguages(t *testing.T) {
	t.Setenv("LC_ALL", "C")
	for tag, want := range map[string][]string{"": {"en", "de"}, "de": {"en", "de"}, Pseudo: {"en", "de", Pseudo}} {
		speak(t, tag)
		if got := Languages(); !slices.Equal(got, want) {
			t.Errorf("%q: %q", tag, got)
		}
	}
	t.Setenv("LC_ALL", "en_XA")
	speak(t, "de")
	if got := Languages(); !slices.Contains(got, Pseudo) || Language() != "de" {
		t.Errorf("%q, and it speaks %s", got, Language())
	}
}
