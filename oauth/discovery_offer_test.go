package oauth

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
)

// TestMetadataOfferIsBounded: what an issuer lists of permissions stays small enough to be kept beside a provider file, however much
// it lists.
func TestMetadataOfferIsBounded(t *testing.T) {
	scopes := []string{strings.Repeat("x", 900_000), "a\u202eb", "orders_r"}
	for n := range 2 * longestOffer {
		scopes = append(scopes, fmt.Sprint(strings.Repeat("y", longestScope-4), n))
	}
	document, err := json.Marshal(map[string]any{
		"issuer": "https://id.acme.example", "authorization_endpoint": "https://id.acme.example/a",
		"token_endpoint": "https://id.acme.example/t", "scopes_supported": scopes,
	})
	if err != nil {
		t.Fatal(err)
	}
	m, err := ParseMetadata(document, "https://id.acme.example")
	if err != nil || len(m.Scopes) == 0 || m.Scopes[0] != "orders_r" {
		t.Fatalf("%v, %.100q", err, m.Scopes)
	}
	if kept, err := json.Marshal(m); err != nil || len(kept) > 128<<10 {
		t.Errorf("%v, %d octets", err, len(kept))
	}
}
