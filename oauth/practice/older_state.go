package practice

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"maps"
	"time"
)

const (
	defaultWindow = 5 * time.Minute  // of timestamps, either way
	temporaryTTL  = 10 * time.Minute // of temporary credentials, and again from Allow on

	wrongVerifiers = 3 // are forgiven
	maxNonces      = 5000
	maxTemporary   = 200
	maxOlderKeys   = 2000

	olderTokenLength  = 30 // hexadecimal digits
	olderSecretLength = 10
	verifierDigits    = 8
	verifiers         = 100_000_000 // of that many digits
)

// olderState is what the older API remembers. Tokens stand in it as SHA-256; their secrets do not stand in it at all, but
// follow from the token and the key, so that neither can be had from the file.
type olderState struct {
	Key       string                `json:"key"`            // 32 random octets
	Window    seconds               `json:"window_seconds"` // how far a timestamp may be off
	Nonces    map[string]int64      `json:"nonces"`         // those that were used, and the timestamp they came with
	Temporary map[string]*temporary `json:"temporary"`      // temporary credentials, by token
	Keys      map[string]*olderKey  `json:"keys"`           // token credentials, by token
	Stock     map[int64][]product   `json:"stock"`          // what was put into a listing's inventory, by listing
}

// temporary is a set of temporary credentials (RFC 5849 2.1) on its way to becoming a key.
type temporary struct {
	Callback string    `json:"callback"` // an address, or oob
	Scopes   []string  `json:"scopes"`
	Until    time.Time `json:"until"`
	Shop     int64     `json:"shop"` // 0: nobody has allowed it yet
	Name     string    `json:"name"`
	Verifier string    `json:"verifier"` // with the token before it, hashed; a number alone could be found by trying
	Wrong    int       `json:"wrong"`    // verifiers
	Used     bool      `json:"used"`
	Denied   bool      `json:"denied"`
}

// olderKey is what token credentials open (RFC 5849 2.3). They live until they are taken back.
type olderKey struct {
	Shop   int64     `json:"shop"`
	Name   string    `json:"name"`
	Scopes []string  `json:"scopes"`
	Since  time.Time `json:"since"`
	Ended  time.Time `json:"ended"` // zero: not ended
}

func newOlderState() olderState {
	key := make([]byte, sha256.Size)
	rand.Read(key)
	return olderState{
		Key:       base64.RawURLEncoding.EncodeToString(key),
		Window:    seconds(defaultWindow / time.Second),
		Nonces:    map[string]int64{},
		Temporary: map[string]*temporary{},
		Keys:      map[string]*olderKey{},
		Stock:     map[int64][]product{},
	}
}

// whole reports whether nothing is missing, as in [state.whole].
func (o *olderState) whole() bool {
	if len(o.Key) != base64.RawURLEncoding.EncodedLen(sha256.Size) || o.Window < 1 || o.Window > seconds(maxWindow/time.Second) {
		return false
	}
	if o.Nonces == nil || o.Temporary == nil || o.Keys == nil || o.Stock == nil {
		return false
	}
	for _, t := range o.Temporary {
		if t == nil || t.Shop != 0 && shopByID(t.Shop).ID == 0 {
			return false
		}
	}
	for _, k := range o.Keys {
		if k == nil || shopByID(k.Shop).ID == 0 {
			return false
		}
	}
	return true
}

func (o *olderState) prune(now time.Time) {
	oldest := now.Add(-o.Window.duration()).Unix()
	maps.DeleteFunc(o.Nonces, func(_ string, stamp int64) bool { return stamp < oldest })
	dropOldest(o.Nonces, maxNonces, func(stamp int64) time.Time { return time.Unix(stamp, 0) })
	maps.DeleteFunc(o.Temporary, func(_ string, t *temporary) bool { return now.After(t.Until.Add(spentCodesFor)) })
	dropOldest(o.Temporary, maxTemporary, func(t *temporary) time.Time { return t.Until })
	maps.DeleteFunc(o.Keys, func(_ string, k *olderKey) bool { return !k.live() && now.After(k.Ended.Add(endedGrantsFor)) })
	dropOldest(o.Keys, maxOlderKeys, func(k *olderKey) time.Time { return k.Since })
}

func (k *olderKey) live() bool { return k.Ended.IsZero() }

// end makes the key worthless.
func (k *olderKey) end(now time.Time) {
	if k.live() {
		k.Ended = now
	}
}

// secretOf is the secret that belongs to a token.
func (o *olderState) secretOf(token string) string {
	mac := hmac.New(sha256.New, []byte(o.Key))
	mac.Write([]byte(token))
	return hex.EncodeToString(mac.Sum(nil))[:olderSecretLength]
}

// verifierHash is what is kept of a verifier. The token is in it because eight digits alone are soon guessed.
func verifierHash(token, verifier string) string { return digest("verifier " + token + " " + verifier) }

// randomHex is n hexadecimal digits.
func randomHex(n int) string {
	octets := make([]byte, (n+1)/2)
	rand.Read(octets)
	return hex.EncodeToString(octets)[:n]
}

// randomVerifier is what a person has to type by hand.
func randomVerifier() string {
	octets := make([]byte, 8)
	rand.Read(octets)
	return fmt.Sprintf("%0*d", verifierDigits, binary.BigEndian.Uint64(octets)%verifiers)
}
