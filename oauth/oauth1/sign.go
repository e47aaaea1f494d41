package oauth1

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"strings"
	"time"
)

// largestForm bounds a form-encoded body, which has to be read before it can be signed, in octets.
const largestForm = 8 << 20

const formType = "application/x-www-form-urlencoded"

// What a body can be refused for.
var (
	ErrLargeForm = errors.New("oauth1: the form is larger than 8 MiB")
	errBody      = errors.New("oauth1: the body cannot be read")
)

// Sign puts an Authorization header on the request (RFC 5849 3.1, 3.5.1), with a new nonce and the time by the server's clock
// as far as it is known. It signs what net/http will send: path and query to the letter, every parameter of a repeated name, and
// the body if it is a form; such a body is read, and can be read again afterwards. Zero credentials sign for the client alone.
// An Authorization header that was there is replaced. Sign again for every try: a nonce works once.
//
// The errors are [ErrRequest], [ErrPlaintext], [ErrSignatureMethod], [ErrEncoding], [ErrReserved] and [ErrLargeForm].
func (c *Client) Sign(request *http.Request, credentials Credentials) error {
	return c.sign(request, credentials, stamp{time.Now().Add(c.offset()), nonce()})
}

// stamp is what makes a signature the only one of its kind (RFC 5849 3.3).
type stamp struct {
	at    time.Time // by the server's clock
	nonce string
}

// sign makes the parameters of RFC 5849 3.1 and the more that sections 2.1 and 2.3 want, and signs.
func (c *Client) sign(request *http.Request, credentials Credentials, s stamp, more ...parameter) error {
	uri, err := baseURI(request)
	if err != nil {
		return err
	}
	method := c.Provider.SignatureMethod.orUsual()
	if method == Plaintext && request.URL.Scheme != "https" {
		return ErrPlaintext
	}
	protocol := append(make([]parameter, 0, 8), parameter{"oauth_consumer_key", c.Key})
	if !credentials.Token.IsZero() {
		protocol = append(protocol, parameter{"oauth_token", credentials.Token.Reveal()})
	}
	protocol = append(protocol, parameter{"oauth_signature_method", string(method)},
		parameter{"oauth_timestamp", timestamp(s.at)}, parameter{"oauth_nonce", s.nonce})
	protocol = append(protocol, more...)

	all, err := collect(request, protocol)
	if err != nil {
		return err
	}
	httpMethod := request.Method
	if httpMethod == "" {
		httpMethod = http.MethodGet // as net/http reads it
	}
	signature, err := method.signature(signatureKey(c.Secret, credentials.Secret), baseString(httpMethod, uri, all))
	if err != nil {
		return err
	}
	protocol = append(protocol, parameter{"oauth_signature", signature})
	request.Header.Set("Authorization", authorizationHeader(c.Provider.Realm, protocol))
	return nil
}

// collect gathers the request's parameters from their three sources (RFC 5849 3.4.1.3.1).
func collect(request *http.Request, protocol []parameter) (*parameters, error) {
	form, err := formBody(request)
	if err != nil {
		return nil, err
	}
	query := []byte(request.URL.RawQuery)
	pieces := bytes.Count(query, []byte("&")) + bytes.Count(form, []byte("&")) + 2
	all := &parameters{
		octets: make([]byte, 0, 512+len(query)+len(form)+len(form)/4),
		pairs:  make([]pair, 0, len(protocol)+pieces),
	}
	if err := all.addForm(query); err != nil {
		return nil, err
	}
	for _, p := range protocol {
		all.add(p.name, p.value)
	}
	return all, all.addForm(form)
}

// formBody gives the body if it is one to sign: form-encoded and in one part. Any other body is left alone (RFC 5849
// 3.4.1.3.1). One that could be read only once is put back, so that it can be read again.
func formBody(request *http.Request) ([]byte, error) {
	kind, _, _ := strings.Cut(request.Header.Get("Content-Type"), ";")
	isForm := strings.EqualFold(strings.TrimSpace(kind), formType)
	if !isForm || request.Body == nil || request.Body == http.NoBody {
		return nil, nil
	}
	if request.GetBody != nil {
		body, err := request.GetBody()
		if err != nil {
			return nil, errBody
		}
		return readBody(body, request.ContentLength)
	}
	text, err := readBody(request.Body, request.ContentLength)
	if err != nil {
		return nil, err
	}
	request.ContentLength = int64(len(text))
	request.GetBody = func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(text)), nil }
	request.Body, _ = request.GetBody()
	return text, nil
}

// readBody reads the whole body and closes it. length is a hint.
func readBody(body io.ReadCloser, length int64) ([]byte, error) {
	defer body.Close()
	var text bytes.Buffer
	text.Grow(int(min(max(length, 0), largestForm)) + bytes.MinRead)
	_, err := text.ReadFrom(io.LimitReader(body, largestForm+1))
	switch {
	case err != nil:
		return nil, errBody // a pipe's error may say anything
	case text.Len() > largestForm:
		return nil, ErrLargeForm
	}
	return text.Bytes(), nil
}
