package signed

import (
	"crypto/hmac"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/base64"
	"hash"
)

// digests are the methods that are taken. PLAINTEXT is not among them: it is nothing without TLS (RFC 5849 3.4.4), and the
// practice market has none.
var digests = map[string]func() hash.Hash{"HMAC-SHA1": sha1.New, "HMAC-SHA256": sha256.New}

// Signature is what oauth_signature must be (RFC 5849 3.4.2), in Base64, by the request's own method. The token's secret is
// empty where no token has been given out yet. The error is a *Problem: the method is not one that is taken.
func (q *Request) Signature(clientSecret, tokenSecret string) (string, error) {
	digest := digests[q.protocol[methodName]]
	if digest == nil {
		return "", &Problem{Name: SignatureMethodRejected}
	}
	mac := hmac.New(digest, []byte(Encode(clientSecret)+"&"+Encode(tokenSecret)))
	mac.Write([]byte(q.base))
	return base64.StdEncoding.EncodeToString(mac.Sum(nil)), nil
}

// Matches reports whether the request carries the signature that these secrets make, in constant time.
func (q *Request) Matches(clientSecret, tokenSecret string) bool {
	want, err := q.Signature(clientSecret, tokenSecret)
	return err == nil && hmac.Equal([]byte(q.protocol[signatureName]), []byte(want))
}

// KnownMethod reports whether the request's signature method is one that is taken.
func (q *Request) KnownMethod() bool { return digests[q.protocol[methodName]] != nil }
