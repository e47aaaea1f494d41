package oauth1

import (
	"crypto/hmac"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"hash"
	"net/http"
	"strings"

	"valetkey/oauth"
)

// What a request can be refused for before it is signed. No error quotes the request.
var (
	ErrRequest         = errors.New("oauth1: the address of the request is not one that can be signed")
	ErrPlaintext       = errors.New("oauth1: PLAINTEXT sends the secrets themselves, and goes over https alone")
	ErrSignatureMethod = errors.New("oauth1: unknown signature method")
)

// baseString is the signature base string (RFC 5849 3.4.1.1). method stands as it is sent; uri is from [baseURI].
func baseString(method, uri string, p *parameters) []byte {
	text := make([]byte, 0, len(method)+3*len(uri)+len(p.octets)*2+6*len(p.pairs)+8)
	text = appendEncoded(text, strings.ToUpper(method))
	text = append(text, '&')
	text = appendEncoded(text, uri)
	text = append(text, '&')
	return p.appendNormalized(text)
}

// baseURI is the base string URI (RFC 5849 3.4.1.2): scheme and host of the request as it will be sent, in lower case, without
// the scheme's default port; the path to the letter as it is sent; no query.
func baseURI(request *http.Request) (string, error) {
	u, scheme := request.URL, strings.ToLower(request.URL.Scheme)
	host := request.Host
	if host == "" {
		host = u.Host
	}
	path := u.EscapedPath()
	if path == "" {
		path = "/"
	}
	host = strings.TrimSuffix(strings.ToLower(host), ":")
	switch {
	case scheme != "http" && scheme != "https", u.User != nil, u.Opaque != "", path[0] != '/':
		return "", ErrRequest
	case host == "", !visible(host), strings.ContainsAny(host, "/?#@%\\"), !visible(u.RawQuery):
		return "", ErrRequest
	case scheme == "http":
		host = strings.TrimSuffix(host, ":80")
	default:
		host = strings.TrimSuffix(host, ":443")
	}
	return scheme + "://" + host + path, nil
}

// visible reports whether text is ASCII without spaces and controls: net/http would change the rest of it, or refuse it.
func visible(text string) bool {
	for i := range len(text) {
		if text[i] <= ' ' || text[i] > '~' {
			return false
		}
	}
	return true
}

// signatureKey is the key of RFC 5849 3.4.2, and the signature of 3.4.4: both secrets encoded, and "&" between them even where
// one is empty.
func signatureKey(client, token oauth.Secret) []byte {
	key := appendEncoded(make([]byte, 0, 128), client.Reveal())
	key = append(key, '&')
	return appendEncoded(key, token.Reveal())
}

// hmacSignature is RFC 5849 3.4.2.
func hmacSignature(sum func() hash.Hash, key, base []byte) string {
	mac := hmac.New(sum, key)
	mac.Write(base)
	var room [sha256.Size]byte
	return base64.StdEncoding.EncodeToString(mac.Sum(room[:0]))
}

// signature makes the signature with the method's way of making it (RFC 5849 3.4).
func (m SignatureMethod) signature(key, base []byte) (string, error) {
	switch m.orUsual() {
	case HMACSHA1:
		return hmacSignature(sha1.New, key, base), nil
	case HMACSHA256:
		return hmacSignature(sha256.New, key, base), nil
	case Plaintext: // RFC 5849 3.4.4
		return string(key), nil
	}
	return "", ErrSignatureMethod
}
