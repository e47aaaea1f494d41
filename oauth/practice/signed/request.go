package signed

import (
	"mime"
	"net/http"
	"strings"
)

const (
	formType      = "application/x-www-form-urlencoded"
	protocolStart = "oauth_"
	signatureName = "oauth_signature"
	methodName    = "oauth_signature_method"
)

// Request is what a signed request says. It does not change; safe for many goroutines.
type Request struct {
	protocol map[string]string // the oauth_ parameters, each given once
	others   map[string][]string
	base     string
}

// Read takes the parameters of r from its Authorization header, its query and, where the body is a form, its body (RFC 5849
// 3.5, 3.4.1.3.1). It neither reads r.Body nor changes r: body is the whole body. The error is a *Problem. A request that is
// not signed at all is no error here: its parameters are absent.
func Read(r *http.Request, body []byte) (*Request, error) {
	headers := r.Header.Values("Authorization")
	if len(headers) > 1 {
		return nil, Rejected("Authorization")
	}
	pairs, ok := readHeader(strings.Join(headers, ""))
	if !ok {
		return nil, Rejected("Authorization")
	}
	path, query, _ := strings.Cut(target(r), "?")
	inQuery, ok := readForm(query)
	if !ok {
		return nil, Rejected("query")
	}
	pairs = append(pairs, inQuery...)
	if kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err == nil && kind == formType {
		inBody, ok := readForm(string(body))
		if !ok {
			return nil, Rejected("body")
		}
		pairs = append(pairs, inBody...)
	}
	q := &Request{protocol: map[string]string{}, others: map[string][]string{}}
	for _, p := range pairs {
		if !strings.HasPrefix(p.name, protocolStart) {
			q.others[p.name] = append(q.others[p.name], p.value)
			continue
		}
		if _, twice := q.protocol[p.name]; twice {
			return nil, Rejected(p.name)
		}
		q.protocol[p.name] = p.value
	}
	q.base = baseString(r.Method, baseURI(r, path), pairs)
	return q, nil
}

// Get is one of the oauth_ parameters, decoded; empty if it was not given.
func (q *Request) Get(name string) string { return q.protocol[name] }

// Values are all values of another parameter, those of the query before those of the body.
func (q *Request) Values(name string) []string { return q.others[name] }

// Absent lists those of names that were not given or have no value.
func (q *Request) Absent(names ...string) []string {
	var absent []string
	for _, name := range names {
		if q.protocol[name] == "" {
			absent = append(absent, name)
		}
	}
	return absent
}

// BaseString is the signature base string of RFC 5849 3.4.1. There is no secret in it.
func (q *Request) BaseString() string { return q.base }
