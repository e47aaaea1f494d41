package practice

import (
	"crypto/rand"
	"crypto/subtle"
	"encoding/base32"
	"encoding/base64"
	"slices"
	"strconv"
	"strings"
	"time"
)

// A token is USER.FAMILY K REST: FAMILY is shared by all tokens of one grant, so a spent one is known for ever without
// a list of them; K tells access from refresh.
const (
	tokenLength  = 91 // after the dot
	familyLength = 22 // 132 bits
	accessKind   = "a"
	refreshKind  = "r"
)

// grant is one consent and what was won with it (RFC 9700 calls its refresh tokens a family).
type grant struct {
	Client       string        `json:"client"`
	Shop         int64         `json:"shop"`
	Name         string        `json:"name"`
	Scopes       []string      `json:"scopes"`
	Code         string        `json:"code"`
	Refresh      string        `json:"refresh"` // the one refresh token that counts
	RefreshUntil time.Time     `json:"refresh_until"`
	Access       []accessToken `json:"access"`
	Since        time.Time     `json:"since"`
	Ended        time.Time     `json:"ended"` // zero: not ended
}

type accessToken struct {
	Hash  string    `json:"hash"`
	Until time.Time `json:"until"`
}

// over is when the grant ended or will end by itself.
func (g *grant) over() time.Time {
	if !g.Ended.IsZero() {
		return g.Ended
	}
	return g.RefreshUntil
}

func (g *grant) live(now time.Time) bool { return now.Before(g.over()) }

// end makes every token of the grant worthless.
func (g *grant) end(now time.Time) {
	if g.Ended.IsZero() {
		g.Ended, g.Access, g.Refresh = now, nil, ""
	}
}

func (g *grant) prune(now time.Time) {
	g.Access = slices.DeleteFunc(g.Access, func(t accessToken) bool { return !now.Before(t.Until) })
	if over := len(g.Access) - maxAccessTokens; over > 0 {
		g.Access = slices.Delete(g.Access, 0, over)
	}
}

// opens reports whether the access token is one of the grant's that still counts.
func (g *grant) opens(token string, now time.Time) bool {
	hash := digest(token)
	return slices.ContainsFunc(g.Access, func(t accessToken) bool { return same(t.Hash, hash) && now.Before(t.Until) })
}

// pair is a fresh access and refresh token, as they leave.
type pair struct {
	Access    string `json:"access_token"`
	TokenType string `json:"token_type"`
	ExpiresIn int64  `json:"expires_in"` // seconds
	Refresh   string `json:"refresh_token"`
}

// mint gives g a new pair. The refresh token before it is spent; access tokens before it live out their time.
func (st *state) mint(g *grant, family string, now time.Time) pair {
	user := strconv.FormatInt(shopByID(g.Shop).UserID, 10)
	p := pair{
		Access:    user + "." + family + accessKind + randomText(tokenLength-familyLength-1),
		TokenType: "Bearer",
		ExpiresIn: int64(st.AccessTTL),
		Refresh:   user + "." + family + refreshKind + randomText(tokenLength-familyLength-1),
	}
	g.Refresh, g.RefreshUntil = digest(p.Refresh), now.Add(st.RefreshTTL.duration())
	g.Access = append(g.Access, accessToken{digest(p.Access), now.Add(st.AccessTTL.duration())})
	return p
}

// grantOf finds the grant that a token belongs to by its family, spent or not. Nil: it is none of ours.
func (st *state) grantOf(token, kind string) (g *grant, family string) {
	user, rest, _ := strings.Cut(token, ".")
	if len(rest) != tokenLength || rest[familyLength:familyLength+1] != kind {
		return nil, ""
	}
	family = rest[:familyLength]
	g = st.Grants[digest(family)]
	if g == nil || strconv.FormatInt(shopByID(g.Shop).UserID, 10) != user {
		return nil, ""
	}
	return g, family
}

// grantByCode finds the grant that was won with a code.
func (st *state) grantByCode(hash string) *grant {
	for _, g := range st.Grants {
		if same(g.Code, hash) {
			return g
		}
	}
	return nil
}

// same compares two digests, or two secrets of one length, in constant time.
func same(a, b string) bool { return subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1 }

// randomText is n characters of A-Z a-z 0-9 _ -, six random bits each.
func randomText(n int) string {
	octets := make([]byte, n)
	rand.Read(octets)
	return base64.RawURLEncoding.EncodeToString(octets)[:n]
}

// randomCode is an authorization code: 100 characters, lower-case letters and digits.
func randomCode() string {
	octets := make([]byte, 63)
	rand.Read(octets)
	return strings.ToLower(base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(octets))[:100]
}
