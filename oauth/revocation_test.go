package oauth

import (
	"errors"
	"testing"
	"time"
)

func TestRevoke(t *testing.T) {
	provider := serve(t, answer(200, ""))
	for range 2 { // a token that is gone already counts as revoked
		if err := callRevoke(provider.client(), nil); err != nil {
			t.Error(err)
		}
	}
	if err := provider.client().Revoke(t.Context(), NewSecret(testRefresh), ""); err != nil {
		t.Error(err)
	}
	if body := provider.requests()[2].body; body != "client_id=app&token=12345678.refreshSECRET-2" {
		t.Errorf("without a hint: %s", body)
	}
}

func TestRevokeWithoutEndpoint(t *testing.T) {
	provider := serve(t, answer(200, ""))
	client := provider.client()
	client.Provider.RevocationEndpoint = ""
	if err := callRevoke(client, nil); !errors.Is(err, ErrNoRevocation) || len(provider.requests()) != 0 {
		t.Errorf("error = %v, %d requests", err, len(provider.requests()))
	}
}

func TestRevokeRefused(t *testing.T) {
	tests := map[string]struct {
		status    int
		body      string
		code      ErrorCode
		transient bool
	}{
		"a type it cannot revoke": {400, `{"error":"unsupported_token_type"}`, UnsupportedTokenType, false},
		"busy":                    {503, `busy`, "", true},
		"our token repeated":      {400, `{"error":"` + testRefresh + `"}`, "[redacted]", false},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			provider := serve(t, answer(test.status, test.body, "Retry-After", "30"))
			err := callRevoke(provider.client(), nil)
			checkClean(t, err)
			refusal, ok := errors.AsType[*ErrorResponse](err)
			if !ok || refusal.Code != test.code || refusal.Transient() != test.transient || refusal.RetryAfter != 30*time.Second {
				t.Errorf("error = %#v", err)
			}
		})
	}
}

func TestRevokeUnreachable(t *testing.T) {
	provider := serve(t, answer(200, ""))
	provider.Close()
	failure, ok := errors.AsType[*TransportError](callRevoke(provider.client(), nil))
	if !ok || failure.Sent {
		t.Errorf("error = %#v, want not sent", failure)
	}
}
