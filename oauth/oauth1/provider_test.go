package oauth1

import (
	"errors"
	"strings"
	"testing"

	"valetkey/oauth"
)

func goodProvider() Provider {
	return Provider{
		TemporaryCredentialsEndpoint: "https://api.shop.example/oauth/request_token?v=1",
		AuthorizationEndpoint:        "https://www.shop.example/oauth/signin",
		TokenEndpoint:                "https://api.shop.example/oauth/access_token",
	}
}

// TestG97Provider: where secrets and signatures may go.
func TestG97Provider(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*Provider)
		err    error
	}{
		"good":                   {func(p *Provider) {}, nil},
		"all of it":              {func(p *Provider) { p.SignatureMethod, p.ScopeParameter, p.Realm = HMACSHA256, "scope", "Old shop" }, nil},
		"PLAINTEXT":              {func(p *Provider) { p.SignatureMethod = Plaintext }, nil},
		"loopback":               {func(p *Provider) { p.TokenEndpoint = "http://localhost:3004/t" }, nil},
		"PLAINTEXT, loopback":    {func(p *Provider) { p.SignatureMethod, p.TokenEndpoint = Plaintext, "http://localhost:3004/t" }, ErrPlaintext},
		"PLAINTEXT, first":       {func(p *Provider) { p.SignatureMethod, p.TemporaryCredentialsEndpoint = Plaintext, "http://[::1]/t" }, ErrPlaintext},
		"http":                   {func(p *Provider) { p.TokenEndpoint = "http://api.shop.example/t" }, oauth.ErrPlainAddress},
		"http, first":            {func(p *Provider) { p.TemporaryCredentialsEndpoint = "http://127.0.0.1.evil.example/" }, oauth.ErrPlainAddress},
		"http, second":           {func(p *Provider) { p.AuthorizationEndpoint = "http://www.shop.example/" }, oauth.ErrPlainAddress},
		"a user name":            {func(p *Provider) { p.TokenEndpoint = "https://SECRET@api.shop.example/t" }, oauth.ErrOddAddress},
		"none":                   {func(p *Provider) { p.AuthorizationEndpoint = "" }, oauth.ErrOddAddress},
		"javascript":             {func(p *Provider) { p.AuthorizationEndpoint = "javascript:alert(1)" }, oauth.ErrNoAddress},
		"a token in the address": {func(p *Provider) { p.AuthorizationEndpoint += "?oauth_token=SECRET" }, ErrReserved},
		"a nonce in the address": {func(p *Provider) { p.TokenEndpoint += "?%6fauth_nonce=SECRET" }, ErrReserved},
		"half an escape":         {func(p *Provider) { p.TokenEndpoint += "?SECRET=%2" }, errNotDecoded},
		"an unknown method":      {func(p *Provider) { p.SignatureMethod = "RSA-SHA1" }, ErrSignatureMethod},
		"a scope with a sign":    {func(p *Provider) { p.ScopeParameter = "sc&ope" }, errScopeParameter},
		"a scope that is taken":  {func(p *Provider) { p.ScopeParameter = "oauth_token" }, errScopeParameter},
		"a realm with a quote":   {func(p *Provider) { p.Realm = `a"b` }, errRealm},
		"a realm with an escape": {func(p *Provider) { p.Realm = `a\` }, errRealm},
		"a realm on two lines":   {func(p *Provider) { p.Realm = "a\r\nX: y" }, errRealm},
	} {
		p := goodProvider()
		c.change(&p)
		err := p.Check()
		if !errors.Is(err, c.err) || (err == nil) != (c.err == nil) || err != nil && strings.Contains(err.Error(), "SECRET") {
			t.Errorf("%s: %v, want %v", name, err, c.err)
		}
		if c.err == nil {
			continue
		}
		client := &Client{Provider: p, Key: "k", Transport: roundTrip(nil)} // a call of it would panic
		if _, err := client.TemporaryCredentials(t.Context(), OutOfBand, nil); !errors.Is(err, c.err) {
			t.Errorf("%s: asked: %v", name, err)
		}
	}
}
