package oauth

import "context"

// ExtensionGrant asks for a token with a grant that no standard knows (RFC 6749 4.5): grantType is its name, secrets are the
// parameters that go with it. It makes one try: what is handed in may be worth nothing once it was sent. Errors are those of
// [Client.Exchange].
func (c *Client) ExtensionGrant(ctx context.Context, grantType string, secrets map[string]Secret) (Token, error) {
	return c.grant(ctx, false, map[string]string{"grant_type": grantType}, secrets)
}
