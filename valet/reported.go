package valet

import (
	"context"
	"encoding/json"
	"net/http"
	"slices"

	"valetkey/oauth"
)

// Permission is one permission of a key as it was asked for, granted and reported, side by side.
type Permission struct {
	Name           oauth.Scope
	Asked, Granted bool
	Reported       bool // the provider says so now; see Known
	Known          bool // the provider has said what the key opens now
}

// SideBySide puts together what was asked for, what was granted, and what the provider reports now, nil if it has not said: first
// what was asked for, in its order, then what was granted besides, then what is reported besides.
func SideBySide(asked, granted, reported []oauth.Scope) []Permission {
	var all []Permission
	for _, list := range [][]oauth.Scope{asked, granted, reported} {
		for _, name := range list {
			if slices.ContainsFunc(all, func(p Permission) bool { return p.Name == name }) {
				continue
			}
			all = append(all, Permission{
				Name: name, Asked: slices.Contains(asked, name), Granted: slices.Contains(granted, name),
				Reported: slices.Contains(reported, name), Known: reported != nil,
			})
		}
	}
	return all
}

// reported is what a key opens by what the market says; nil where it gives no answer to that, which says nothing against the key.
func (c *channel) reported(ctx context.Context, client *client, p pass, m Market) []oauth.Scope {
	scopes, err := reportedByPointer(ctx, client, p, m.ScopesAt)
	if err != nil {
		c.log.Info("permissions not reported", "provider", m.ID, "error", err)
	}
	return scopes
}

// reportedByPointer asks the address where a market says what a key opens, and reads the names where its pointer says.
func reportedByPointer(ctx context.Context, client *client, p pass, lookup ScopesLookup) ([]oauth.Scope, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, lookup.URL, nil)
	if err != nil {
		return nil, err
	}
	answer, err := client.answer(request, p)
	if err != nil {
		return nil, err
	}
	var document json.RawMessage
	if err := answer.Decode(&document); err != nil {
		return nil, err
	}
	return scopesIn(valueAt(document, lookup.List)), nil
}

// scopesIn reads a list of names; nil if it is none. What cannot be the name of a permission is left out.
func scopesIn(list json.RawMessage) []oauth.Scope {
	var names []oauth.Scope
	if json.Unmarshal(list, &names) != nil || names == nil {
		return nil
	}
	return slices.DeleteFunc(names, func(name oauth.Scope) bool { return !oauth.ValidScope(name) })
}
