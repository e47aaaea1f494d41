package cli

import (
	"strings"
	"testing"

	"valetkey/valet"
)

func TestUnservedPractice(t *testing.T) {
	var said strings.Builder
	s := &session{console: console{err: &said}}
	tellUnserved(s, valet.Handout{})
	tellUnserved(s, valet.Handout{}.At("http://127.0.0.1:3005"))
	if said.Len() > 0 {
		t.Errorf("while it is served: %q", &said)
	}
	tellUnserved(s, valet.Handout{}.At(""))
	if !strings.Contains(said.String(), "valetkey practice (") {
		t.Errorf("while it is not: %q", &said)
	}
}
