package cli

import (
	"time"

	"valetkey/oauth"
	"valetkey/valet"
)

// keyJSON is one key as --json shows it. Fields are added, never renamed or taken away; docs/command-line.md describes them.
// Times are RFC 3339 in UTC and absent where unknown.
type keyJSON struct {
	Name              string        `json:"name"`
	ID                string        `json:"id"`
	Provider          string        `json:"provider"`
	ProviderName      string        `json:"provider_name"`
	Practice          bool          `json:"practice"`
	Protocol          string        `json:"protocol,omitempty"`
	AppKey            string        `json:"app_key,omitempty"`
	Status            string        `json:"status"`
	Reason            string        `json:"reason,omitempty"`
	Account           valet.Account `json:"account"`
	Asked             []oauth.Scope `json:"asked"`
	Granted           []oauth.Scope `json:"granted"`
	Store             string        `json:"store"`
	Connected         *time.Time    `json:"connected,omitempty"`
	Refreshed         *time.Time    `json:"refreshed,omitempty"`
	AccessExpires     *time.Time    `json:"access_expires,omitempty"`
	AccessLifeSeconds int64         `json:"access_life_seconds,omitempty"`
	RefreshExpires    *time.Time    `json:"refresh_expires,omitempty"`
	Returned          *time.Time    `json:"returned,omitempty"`
	Unsaved           bool          `json:"unsaved,omitempty"`
	WithdrawPage      string        `json:"withdraw_page,omitempty"`
}

// inJSON is the stable form of c.
func inJSON(c valet.Connection) keyJSON {
	return keyJSON{
		Name: c.Name, ID: string(c.ID), Provider: c.Provider, ProviderName: c.ProviderName, Practice: c.Practice,
		Protocol: string(c.Protocol), AppKey: c.AppKey, Status: string(c.Status), Reason: c.Reason, Account: c.Account,
		Asked: some(c.Asked), Granted: some(c.Granted), Store: string(c.Store),
		Connected: instant(c.Connected), Refreshed: instant(c.Refreshed),
		AccessExpires: instant(c.AccessExpires), AccessLifeSeconds: int64(c.AccessLife / time.Second),
		RefreshExpires: instant(c.RefreshExpires), Returned: instant(c.Returned), Unsaved: c.Unsaved, WithdrawPage: c.WithdrawPage,
	}
}

// appKeyJSON is one app key as --json shows it, without its secret.
type appKeyJSON struct {
	ID          string `json:"id"`
	Label       string `json:"label"`
	Provider    string `json:"provider"`
	ClientID    string `json:"client_id"`
	RedirectURI string `json:"redirect_uri"`
	HasSecret   bool   `json:"has_secret"`
	BuiltIn     bool   `json:"built_in"`
	Store       string `json:"store,omitempty"`
}

func appKeyInJSON(key valet.AppKey) appKeyJSON {
	return appKeyJSON{
		ID: key.ID, Label: key.Label, Provider: key.Provider, ClientID: key.ClientID, RedirectURI: key.Redirect, HasSecret: key.HasSecret,
		BuiltIn: key.BuiltIn, Store: string(keptIn(key)),
	}
}

// providerJSON is one provider as --json shows it.
type providerJSON struct {
	ID           string        `json:"id"`
	Name         string        `json:"name"`
	BuiltIn      bool          `json:"built_in"`
	Practice     bool          `json:"practice"`
	Protocol     string        `json:"protocol"`
	API          string        `json:"api,omitempty"`
	RedirectURI  string        `json:"redirect_uri"`
	Scopes       []oauth.Scope `json:"scopes"`
	Hosts        []string      `json:"hosts"`
	WithdrawPage string        `json:"withdraw_page,omitempty"`
}

func providerInJSON(market valet.Market) providerJSON {
	scopes := []oauth.Scope{}
	for _, scope := range market.Scopes {
		scopes = append(scopes, scope.Name)
	}
	speaks := valet.OAuth2
	if market.OAuth1 != nil {
		speaks = valet.OAuth10
	}
	return providerJSON{
		ID: market.ID, Name: market.Name, BuiltIn: market.BuiltIn, Practice: market.Practice, Protocol: string(speaks), API: market.API,
		RedirectURI: market.Redirect, Scopes: scopes, Hosts: market.Hosts(), WithdrawPage: market.WithdrawPage,
	}
}

// instant gives the time in UTC, nil if it is not known.
func instant(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	t = t.UTC()
	return &t
}

// some makes "none" an empty array instead of null.
func some(scopes []oauth.Scope) []oauth.Scope {
	if scopes == nil {
		return []oauth.Scope{}
	}
	return scopes
}
