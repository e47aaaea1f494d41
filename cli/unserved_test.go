package cli

import (
	"net/http/httptest"
	"strings"
	"testing"
)

func TestUnservedPractice(t *testing.T) {
	server := httptest.NewServer(nil)
	var said strings.Builder
	s := &session{console: console{err: &said}}
	tellUnserved(s, t.Context(), server.URL+"/v3")
	if said.Len() > 0 {
		t.Errorf("while it is served: %q", &said)
	}
	server.Close()
	tellUnserved(s, t.Context(), server.URL+"/v3")
	if !strings.Contains(said.String(), "valetkey practice\n") {
		t.Errorf("while it is not: %q", &said)
	}
}
