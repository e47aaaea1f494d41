package practice

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"time"
)

const (
	stateVersion = 1

	defaultAccessTTL  = time.Hour
	defaultRefreshTTL = 90 * 24 * time.Hour
	codeTTL           = time.Minute
	sessionTTL        = 30 * 24 * time.Hour

	// How much is kept of what can no longer be used, so that a late caller is still told why.
	spentCodesFor   = time.Hour
	endedGrantsFor  = 30 * 24 * time.Hour
	maxSessions     = 200
	maxEndedGrants  = 200
	maxAccessTokens = 100 // of one grant
)

// state is everything that is remembered. Keys of the maps, and every token and code in it, are SHA-256.
type state struct {
	Version    int                `json:"version"`
	AccessTTL  seconds            `json:"access_seconds"`
	RefreshTTL seconds            `json:"refresh_seconds"`
	Faults     map[string]int     `json:"faults"` // how many times still
	Redirects  []string           `json:"redirects"`
	Sessions   map[string]session `json:"sessions"`
	Codes      map[string]*code   `json:"codes"`
	Grants     map[string]*grant  `json:"grants"` // by family
	Older      olderState         `json:"older"`

	Titles titles `json:"titles,omitempty"`
}

// seconds is a lifetime, whole seconds in the file.
type seconds int64

func (s seconds) duration() time.Duration { return time.Duration(s) * time.Second }

// String writes a lifetime in its largest whole unit, as the switches read it: 90d, 1h, 5m, 61s.
func (s seconds) String() string {
	for _, unit := range []struct {
		length seconds
		letter string
	}{{86400, "d"}, {3600, "h"}, {60, "m"}} {
		if s%unit.length == 0 {
			return strconv.FormatInt(int64(s/unit.length), 10) + unit.letter
		}
	}
	return strconv.FormatInt(int64(s), 10) + "s"
}

// session is a browser that is signed in.
type session struct {
	Shop  int64     `json:"shop"`
	Name  string    `json:"name"`
	Until time.Time `json:"until"`
}

// code is an authorization code, bound to everything it was asked with.
type code struct {
	Client    string    `json:"client"`
	Redirect  string    `json:"redirect"`
	Challenge string    `json:"challenge"`
	Shop      int64     `json:"shop"`
	Name      string    `json:"name"`
	Scopes    []string  `json:"scopes"`
	Until     time.Time `json:"until"`
	Used      bool      `json:"used"`
}

func newState() *state {
	return &state{
		Version:    stateVersion,
		AccessTTL:  seconds(defaultAccessTTL / time.Second),
		RefreshTTL: seconds(defaultRefreshTTL / time.Second),
		Faults:     map[string]int{},
		Sessions:   map[string]session{},
		Codes:      map[string]*code{},
		Grants:     map[string]*grant{},
		Older:      newOlderState(),
	}
}

// parseState reads a state file. Anything that this version did not write is an error.
func parseState(text []byte) (*state, error) {
	var head struct {
		Version int `json:"version"`
	}
	if err := json.Unmarshal(text, &head); err != nil {
		return nil, errors.New("not a state file")
	}
	if head.Version != stateVersion {
		return nil, fmt.Errorf("version %d, and this program knows version %d", head.Version, stateVersion)
	}
	st := newState()
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(st); err != nil {
		return nil, errors.New("a field is not as it should be")
	}
	if _, err := decoder.Token(); err != io.EOF {
		return nil, errors.New("something follows the state")
	}
	if !st.whole() {
		return nil, errors.New("a value is out of range")
	}
	return st, nil
}

// whole reports whether the state can be worked with: no lifetime that ends at once, no map or entry missing.
func (st *state) whole() bool {
	if st.AccessTTL < 1 || st.RefreshTTL < 1 || st.AccessTTL > seconds(maxTTL/time.Second) || st.RefreshTTL > seconds(maxTTL/time.Second) {
		return false
	}
	if st.Faults == nil || st.Sessions == nil || st.Codes == nil || st.Grants == nil {
		return false
	}
	for _, c := range st.Codes {
		if c == nil || shopByID(c.Shop).ID == 0 {
			return false
		}
	}
	for _, g := range st.Grants {
		if g == nil || shopByID(g.Shop).ID == 0 {
			return false
		}
	}
	return st.Older.whole()
}

// prune drops what can no longer be used, so that the file stays small however long it is used.
func (st *state) prune(now time.Time) {
	maps.DeleteFunc(st.Faults, func(_ string, left int) bool { return left <= 0 })
	maps.DeleteFunc(st.Sessions, func(_ string, s session) bool { return !now.Before(s.Until) })
	dropOldest(st.Sessions, maxSessions, func(s session) time.Time { return s.Until })
	maps.DeleteFunc(st.Codes, func(_ string, c *code) bool { return now.After(c.Until.Add(spentCodesFor)) })
	maps.DeleteFunc(st.Grants, func(_ string, g *grant) bool { return now.After(g.over().Add(endedGrantsFor)) })

	ended := maps.Clone(st.Grants)
	maps.DeleteFunc(ended, func(_ string, g *grant) bool { return g.live(now) })
	for _, key := range dropOldest(ended, maxEndedGrants, (*grant).over) {
		delete(st.Grants, key)
	}
	for _, g := range st.Grants {
		g.prune(now)
	}
	st.Older.prune(now)
}

// dropOldest leaves the keep entries of m with the latest time, and returns the keys of the others.
func dropOldest[V any](m map[string]V, keep int, when func(V) time.Time) []string {
	if len(m) <= keep {
		return nil
	}
	keys := slices.SortedFunc(maps.Keys(m), func(a, b string) int {
		return cmp.Or(when(m[b]).Compare(when(m[a])), cmp.Compare(a, b))
	})
	for _, key := range keys[keep:] {
		delete(m, key)
	}
	return keys[keep:]
}

// digest is what is kept of a secret. The secrets here are long and random, so one round of SHA-256 cannot be guessed back.
func digest(secret string) string {
	sum := sha256.Sum256([]byte(secret))
	return base64.RawURLEncoding.EncodeToString(sum[:])
}
