package valet

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"

	"valetkey/oauth"
)

// complete reports whether everything is known that a walk needs; what is missing then is what the file leaves to its issuer.
func (m Market) complete() bool {
	return m.OAuth1 != nil || m.AuthorizationEndpoint != "" && m.TokenEndpoint != ""
}

// ask has the issuer of a market say what its provider file leaves open. Errors: [NoMetadata], [BadMetadata] and
// [EndpointsDiffer], whose Subject is the field; [Unreachable], [Cancelled].
func ask(ctx context.Context, network http.RoundTripper, m Market) (Market, oauth.Metadata, error) {
	metadata, err := oauth.Discover(ctx, network, m.Issuer)
	if err == nil {
		m, err = m.found(metadata)
		return m, metadata, err
	}
	told := &Error{Kind: Unreachable, Provider: m.Name, Cause: err}
	var wrong *oauth.MetadataError
	var unusable *oauth.AnswerError
	var answer *oauth.ErrorResponse
	switch {
	case errors.Is(err, oauth.ErrNoMetadata):
		told.Kind = NoMetadata
	case errors.As(err, &wrong):
		told.Kind, told.Subject = BadMetadata, wrong.Field
	case errors.As(err, &unusable):
		told.Kind, told.Subject = BadMetadata, "JSON"
	case errors.As(err, &answer):
		told.RetryAfter = answer.RetryAfter
	case errors.Is(err, context.Canceled):
		told.Kind = Cancelled
	}
	return Market{}, oauth.Metadata{}, told
}

// found fills what the file leaves to its issuer. An endpoint that the file names beside has to be the issuer's own: with
// consent asked of one server and the code sent to another, the second could use it in the seller's name, and the issuer in the
// answer would look right (the mix-up of RFC 9700 4.4). A file that names both endpoints is never asked about.
func (m Market) found(metadata oauth.Metadata) (Market, error) {
	disagree := func(field string) (Market, error) {
		return Market{}, &Error{Kind: EndpointsDiffer, Subject: field, Provider: m.Name}
	}
	switch {
	case m.AuthorizationEndpoint == "":
		m.AuthorizationEndpoint = metadata.AuthorizationEndpoint
	case m.AuthorizationEndpoint != metadata.AuthorizationEndpoint && !addsQuery(m.AuthorizationEndpoint, metadata.AuthorizationEndpoint):
		return disagree("authorization_endpoint")
	}
	for _, endpoint := range []struct {
		field, theirs string
		ours          *string
	}{
		{"token_endpoint", metadata.TokenEndpoint, &m.TokenEndpoint},
		{"revocation_endpoint", metadata.RevocationEndpoint, &m.RevocationEndpoint},
	} {
		if *endpoint.ours == "" {
			*endpoint.ours = endpoint.theirs
		}
		if endpoint.theirs != "" && *endpoint.ours != endpoint.theirs {
			return disagree(endpoint.field)
		}
	}
	if m.AuthMethod == "" && len(metadata.AuthMethods) == 0 {
		return Market{}, &Error{Kind: BadMetadata, Subject: "token_endpoint_auth_methods_supported", Provider: m.Name}
	}
	if m.AuthMethod == "" {
		m.AuthMethod = metadata.AuthMethods[0]
	}
	openID := slices.ContainsFunc(m.Scopes, func(s oauth.ScopeInfo) bool { return s.Name == "openid" })
	if m.Account == (oauth.AccountLookup{}) && openID && metadata.UserInfoEndpoint != "" {
		m.Account = oauth.AccountLookup{URL: metadata.UserInfoEndpoint, ID: "/sub", Name: "/name"} // OpenID Connect Core 5.1
	}
	if len(m.Scopes) == 0 {
		m.Offers = metadata.Scopes
	}
	m.RequiresIssuer = m.RequiresIssuer || metadata.SendsIssuer
	m.FromIssuer = true
	return m, nil
}

// addsQuery reports whether ours is theirs with parameters added.
func addsQuery(ours, theirs string) bool {
	separator := "?"
	if strings.Contains(theirs, "?") {
		separator = "&"
	}
	return strings.HasPrefix(ours, theirs+separator)
}
