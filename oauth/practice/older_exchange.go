package practice

import "net/http"

// upgrade turns a key of the older API into a pair of today's (grant_type token_exchange). The key is worth nothing any
// more then, and its permissions go by today's names.
func (c tokenCall) upgrade() answer {
	token := c.form.Get("legacy_token")
	if token == "" {
		return refuse(http.StatusBadRequest, "invalid_request", "legacy_token is required")
	}
	key := c.st.Older.Keys[digest(token)]
	if c.st.take(faultExchangeEnded) != "" || key == nil || !key.live() {
		return refuse(http.StatusBadRequest, "invalid_grant", "legacy_token is invalid (no such token)")
	}
	key.end(c.now)
	g := &grant{Client: ClientID, Shop: key.Shop, Name: key.Name, Scopes: today(key.Scopes), Since: c.now}
	family := randomText(familyLength)
	c.st.Grants[digest(family)] = g
	return answer{status: http.StatusOK, body: c.st.mint(g, family, c.now)}
}
