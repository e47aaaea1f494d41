package signed

import (
	"cmp"
	"net/http"
	"slices"
	"strings"
)

// target is the request's path and query as they stood on the wire: decoding a path and writing it again could change it.
func target(r *http.Request) string {
	text := r.RequestURI
	if text == "" {
		text = r.URL.RequestURI() // a request that a client has made and nobody has sent
	}
	if strings.HasPrefix(text, "/") {
		return text
	}
	_, text, _ = strings.Cut(text, "://") // the absolute form, which proxies are sent (RFC 9112 3.2.2)
	if i := strings.IndexAny(text, "/?"); i >= 0 {
		return text[i:]
	}
	return ""
}

// baseURI is RFC 5849 3.4.1.2: scheme and host in small letters, the port unless it is the scheme's own, the path as sent.
func baseURI(r *http.Request, path string) string {
	scheme := strings.ToLower(r.URL.Scheme)
	if scheme == "" {
		scheme = "http"
		if r.TLS != nil {
			scheme = "https"
		}
	}
	host := strings.ToLower(cmp.Or(r.Host, r.URL.Host))
	usual := map[string]string{"http": ":80", "https": ":443"}[scheme]
	host = strings.TrimSuffix(strings.TrimSuffix(host, usual), ":")
	return scheme + "://" + host + cmp.Or(path, "/")
}

// baseString is RFC 5849 3.4.1.1, with the parameters normalised (3.4.1.3.2): encoded first, then sorted by name and value,
// none left out but the signature itself.
func baseString(method, uri string, pairs []pair) string {
	encoded := make([]pair, 0, len(pairs))
	for _, p := range pairs {
		if p.name != signatureName {
			encoded = append(encoded, pair{Encode(p.name), Encode(p.value)})
		}
	}
	slices.SortFunc(encoded, func(a, b pair) int { return cmp.Or(cmp.Compare(a.name, b.name), cmp.Compare(a.value, b.value)) })
	normalised := make([]string, len(encoded))
	for i, p := range encoded {
		normalised[i] = p.name + "=" + p.value
	}
	method = strings.ToUpper(cmp.Or(method, http.MethodGet))
	return Encode(method) + "&" + Encode(uri) + "&" + Encode(strings.Join(normalised, "&"))
}
