package etsy

import (
	"context"

	"valetkey/oauth"
)

// OlderScopes is where API v2 says what a token opens; the names stand in the member results.
const OlderScopes = "https://" + apiHost + "/v2/oauth/scopes"

// ExchangeOlder trades a token of API v2 (OAuth 1.0a) for a pair of today's: the grant token_exchange, which takes the token
// without its secret. Etsy ends older tokens as it makes new ones, so there is one try. A token that Etsy does not know, or
// has ended, is refused with invalid_grant, and its cause is [LegacyUnknown]. Errors are those of [oauth.Client.Exchange].
func ExchangeOlder(ctx context.Context, client *oauth.Client, token oauth.Secret) (oauth.Token, error) {
	return client.ExtensionGrant(ctx, "token_exchange", map[string]oauth.Secret{"legacy_token": token})
}
