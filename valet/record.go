package valet

import (
	"bytes"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"valetkey/oauth"
)

// recordVersion is the form that this program writes and reads.
const recordVersion = 1

// record is what the store holds of one connection: the pair, and enough to rebuild its line in the index.
type record struct {
	ID         ID
	Generation string // minted anew at each change; a late answer of another generation writes nothing
	Name       string
	Provider   string
	Endpoints  string // fingerprint of the endpoints it was won from
	AppKey     string
	Account    Account
	Asked      []oauth.Scope
	Granted    []oauth.Scope
	Before     []oauth.Scope // what was granted until Connected, where it was something else
	Connected  time.Time
	Ended      string // the provider's error code, once it has ended the connection

	Access, Refresh oauth.Secret
	TokenSecret     oauth.Secret // of an OAuth 1.0a token, which is Access
	Previous        oauth.Secret // the refresh token before, for a provider that may not have taken note of the present one
	Received        time.Time
	Expires         time.Time // of the access token; zero: never or unknown
	Life            time.Duration
	RefreshExpires  time.Time // zero: unknown

	Pending pending

	Rest oauth.Secret // fields of a newer version, as JSON: nobody here knows whether they are secret
}

// pending is the note written before a refresh token is spent: if the program dies with it, the next one knows.
type pending struct {
	Since time.Time `json:"since,omitzero"`
	Token string    `json:"token,omitempty"` // fingerprint of the refresh token that was sent
}

// wireRecord is record as JSON. It is the one place where a token is plain text outside a request.
type wireRecord struct {
	Version        int           `json:"version"`
	ID             ID            `json:"id"`
	Generation     string        `json:"generation"`
	Name           string        `json:"name"`
	Provider       string        `json:"provider"`
	Endpoints      string        `json:"endpoints"`
	AppKey         string        `json:"app_key"`
	Account        Account       `json:"account"`
	Asked          []oauth.Scope `json:"asked"`
	Granted        []oauth.Scope `json:"granted"`
	Before         []oauth.Scope `json:"before,omitempty"`
	Connected      time.Time     `json:"connected"`
	Ended          string        `json:"ended,omitempty"`
	Access         string        `json:"access_token"`
	Refresh        string        `json:"refresh_token,omitempty"`
	TokenSecret    string        `json:"token_secret,omitempty"`
	Previous       string        `json:"previous_refresh_token,omitempty"`
	Received       time.Time     `json:"received"`
	Expires        time.Time     `json:"expires,omitzero"`
	LifeSeconds    int64         `json:"life_seconds,omitempty"`
	RefreshExpires time.Time     `json:"refresh_expires,omitzero"`
	Pending        pending       `json:"pending,omitzero"`
}

var recordLayout = layoutOf[wireRecord]()

func (r record) encode() ([]byte, error) {
	data, err := json.Marshal(wireRecord{
		Version: recordVersion, ID: r.ID, Generation: r.Generation, Name: r.Name, Provider: r.Provider,
		Endpoints: r.Endpoints, AppKey: r.AppKey, Account: r.Account, Asked: r.Asked, Granted: r.Granted, Before: r.Before,
		Connected: r.Connected, Ended: r.Ended, Access: r.Access.Reveal(), Refresh: r.Refresh.Reveal(), Previous: r.Previous.Reveal(),
		TokenSecret: r.TokenSecret.Reveal(),
		Received:    r.Received, Expires: r.Expires, LifeSeconds: int64(r.Life / time.Second),
		RefreshExpires: r.RefreshExpires, Pending: r.Pending,
	})
	if err != nil || r.Rest.IsZero() {
		return data, err
	}
	return graft(data, json.RawMessage(r.Rest.Reveal()))
}

// errRecord never quotes what was read: it may hold a token.
var errRecord = errors.New("not a record of this program")

// decodeRecord accepts a record of this version with an access token, and nothing else.
func decodeRecord(data []byte) (record, error) {
	var w wireRecord
	decoder := json.NewDecoder(bytes.NewReader(data))
	if decoder.Decode(&w) != nil {
		return record{}, errRecord
	}
	if _, err := decoder.Token(); err != io.EOF {
		return record{}, errRecord
	}
	if w.Version != recordVersion {
		return record{}, fmt.Errorf("a record of version %d; this program reads %d", w.Version, recordVersion)
	}
	if w.ID == "" || w.Access == "" || w.LifeSeconds < 0 || w.LifeSeconds > int64(100*365*24*time.Hour/time.Second) {
		return record{}, errRecord
	}
	return record{
		ID: w.ID, Generation: w.Generation, Name: w.Name, Provider: w.Provider, Endpoints: w.Endpoints,
		AppKey: w.AppKey, Account: w.Account, Asked: w.Asked, Granted: w.Granted, Before: w.Before, Connected: w.Connected,
		Ended: w.Ended, Access: oauth.NewSecret(w.Access), Refresh: oauth.NewSecret(w.Refresh), Previous: oauth.NewSecret(w.Previous),
		TokenSecret: oauth.NewSecret(w.TokenSecret),
		Received:    w.Received, Expires: w.Expires, Life: time.Duration(w.LifeSeconds) * time.Second,
		RefreshExpires: w.RefreshExpires, Pending: w.Pending, Rest: oauth.NewSecret(string(recordLayout().remainder(data))),
	}, nil
}

// habits are what a provider does with refresh tokens that no standard says.
type habits struct {
	refreshLife  time.Duration // how long one lives unused; 0: unknown
	keepPrevious bool          // whether the one before may still be good when its successor is not
}

// take puts a token answer into the record: the old refresh token stays where the provider sent none (RFC 6749 6).
func (r record) take(t oauth.Token, habits habits) record {
	r.Generation, r.Previous = mint(), oauth.Secret{}
	r.Access, r.Expires, r.Life, r.Received = t.Access, t.Expires, t.Life, t.Received
	if !t.Refresh.IsZero() {
		if habits.keepPrevious {
			r.Previous = r.Refresh
		}
		r.Refresh = t.Refresh
		r.RefreshExpires = time.Time{}
		if habits.refreshLife > 0 {
			r.RefreshExpires = t.Received.Add(habits.refreshLife)
		}
	}
	if t.Scopes != nil {
		r.Granted = t.Scopes
	}
	r.Ended, r.Pending = "", pending{}
	return r
}

// fresh reports whether the access token lives for more than least from now on.
func (r record) fresh(now time.Time, least time.Duration) bool {
	if r.Expires.IsZero() {
		return true
	}
	// A clock set back must not make a token immortal: none outlives its life from the moment it is looked at.
	left := r.Expires.Sub(now)
	return left > least && (r.Life == 0 || left <= r.Life+time.Minute)
}

// connection describes the record to a reader without a secret.
func (r record) connection() Connection {
	status := Connected
	if r.Ended != "" {
		status = NeedsAuthorization
	}
	return Connection{
		ID: r.ID, Name: r.Name, Provider: r.Provider, AppKey: r.AppKey, Account: r.Account,
		Asked: r.Asked, Granted: r.Granted, Before: r.Before, Status: status, Reason: r.Ended, Connected: r.Connected,
		Refreshed: r.Received, AccessExpires: r.Expires, AccessLife: r.Life, RefreshExpires: r.RefreshExpires,
		Renewable: !r.Refresh.IsZero(),
	}
}

// mint gives a name nobody has used: 128 random bits in hex.
func mint() string {
	var b [16]byte
	rand.Read(b[:]) // never fails: it ends the program instead
	return hex.EncodeToString(b[:])
}

// fingerprint tells one secret from another without saying it: half a SHA-256.
func fingerprint(s oauth.Secret) string {
	sum := sha256.Sum256([]byte(s.Reveal()))
	return base64.RawURLEncoding.EncodeToString(sum[:16])
}

// endpointsOf is the fingerprint of the addresses that a provider's tokens may go to, and of the client they were won by where
// that stands in the provider file too.
func endpointsOf(p oauth.Provider, key AppKey) string {
	parts := []string{p.Issuer, p.AuthorizationEndpoint, p.TokenEndpoint, p.RevocationEndpoint, p.API, p.Account.URL}
	if key.BuiltIn {
		parts[0] += " " + key.ClientID
	}
	for name, value := range p.Headers {
		parts = append(parts, name+":"+value)
	}
	slices.Sort(parts[6:])
	sum := sha256.Sum256([]byte(strings.Join(parts, "\n")))
	return base64.RawURLEncoding.EncodeToString(sum[:16])
}
