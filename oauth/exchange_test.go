package oauth

import (
	"context"
	"errors"
	"net/url"
	"testing"
	"time"
)

// TestExtensionGrant: a grant of another name goes over the same wire, in the body alone (RFC 6749 4.5).
func TestExtensionGrant(t *testing.T) {
	provider := serve(t, answer(200, goodAnswer("", "")))
	token, err := provider.client().ExtensionGrant(context.Background(), "urn:example:old",
		map[string]Secret{"assertion": NewSecret("a&b=" + testCode)})
	if err != nil || token.Access.Reveal() != "12345678.access" || token.Refresh.Reveal() != "12345678.refresh" || token.Life != time.Hour {
		t.Fatalf("%v, %+v", err, token)
	}
	seen := provider.requests()
	if len(seen) != 1 || seen[0].method != "POST" || seen[0].query != "" {
		t.Fatalf("%d requests", len(seen))
	}
	form, err := url.ParseQuery(seen[0].body)
	if err != nil || form.Get("grant_type") != "urn:example:old" || form.Get("assertion") != "a&b="+testCode || form.Get("client_id") == "" {
		t.Errorf("%v, %d fields", err, len(form))
	}
}

// TestExtensionGrantRefused: what was handed in is taken out of the provider's words, and is sent once whatever comes.
func TestExtensionGrantRefused(t *testing.T) {
	provider := serve(t, answer(400, `{"error":"invalid_grant","error_description":"no such token `+testCode+`"}`))
	_, err := provider.client().ExtensionGrant(context.Background(), "token_exchange", map[string]Secret{"legacy_token": NewSecret(testCode)})
	var refusal *ErrorResponse
	if !errors.As(err, &refusal) || refusal.Code != InvalidGrant || refusal.Description != "no such token [redacted]" {
		t.Errorf("%v", err)
	}
	if sent := len(provider.requests()); sent != 1 {
		t.Errorf("sent %d times", sent)
	}
}
