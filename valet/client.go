package valet

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"time"

	"valetkey/oauth"
	"valetkey/oauth/etsy"
	"valetkey/oauth/oauth1"
)

// channel is the back channel: the calls of this program to a provider, which no browser sees.
type channel struct {
	network   http.RoundTripper
	providers *Providers
	keys      *AppKeys
	log       *slog.Logger
}

// clientOf gives the client that a record is refreshed with: the app key it was won with, and the provider as it is known
// now. Other endpoints than the key was won from are an error of kind [ProviderChanged]: tokens go nowhere new unasked.
func (c *channel) clientOf(ctx context.Context, r record) (*client, error) {
	market, err := c.providers.Get(r.Provider)
	if err != nil {
		return nil, err
	}
	key, secret, err := c.keys.open(ctx, r.AppKey)
	if err != nil {
		return nil, err
	}
	if market.fingerprint(key) != r.Endpoints {
		return nil, &Error{Kind: ProviderChanged, Subject: r.Name, Provider: market.Name}
	}
	return c.client(market, key, secret), nil
}

func (c *channel) client(m Market, key AppKey, secret oauth.Secret) *client {
	made := &client{Client: oauth.Client{
		Provider: m.Provider, ClientID: key.ClientID, ClientSecret: secret, RedirectURI: key.Redirect,
		Transport: c.transport(m.ID),
	}}
	if m.OAuth1 != nil {
		made.signer = &oauth1.Client{Provider: *m.OAuth1, Key: key.ClientID, Secret: secret, Transport: made.Transport}
	}
	return made
}

// transport is the back channel to a provider: its own for practice, the network for all others.
func (c *channel) transport(provider string) http.RoundTripper {
	if b, ok := c.providers.find(provider); ok && b.Transport != nil {
		return b.Transport
	}
	return c.network
}

// etsyAPI speaks to an API of Etsy's form with the app key of client.
func etsyAPI(client *client) *etsy.API {
	return &etsy.API{
		Base:      client.Provider.API,
		Key:       func() (string, oauth.Secret) { return client.ClientID, client.ClientSecret },
		Transport: client.Transport,
	}
}

// habits says what is known of the provider's refresh tokens.
func (c *channel) habits(provider string) habits {
	market, err := c.providers.Get(provider)
	if err != nil {
		return habits{}
	}
	return habits{refreshLife: time.Duration(market.RefreshDays) * 24 * time.Hour, keepPrevious: market.KeepsPrevious}
}

// withdraw revokes a pair at the provider, the refresh token first (RFC 7009 2.1). nil means that the provider confirmed it. One
// that cannot revoke access tokens (RFC 7009 2.2.1) has done what it can once the refresh token is gone.
func withdraw(ctx context.Context, client *client, refresh, access oauth.Secret) error {
	if !refresh.IsZero() {
		if err := client.Revoke(ctx, refresh, oauth.HintRefreshToken); err != nil {
			return err
		}
	}
	err := client.Revoke(ctx, access, oauth.HintAccessToken)
	var answer *oauth.ErrorResponse
	if !refresh.IsZero() && errors.As(err, &answer) && answer.Code == oauth.UnsupportedTokenType {
		return nil
	}
	return err
}
