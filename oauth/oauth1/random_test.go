package oauth1

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
)

// seed makes the random requests the same in every run; failures print it with the number of the request.
const seed = 5849

// wireRequest is a request as it goes over the wire, with what it means: generated together, so that nothing has to be parsed
// to know what is right.
type wireRequest struct {
	method, scheme, host, path string
	query, form                []parameter // decoded
	rawQuery, rawForm          string
	secret, tokenSecret, token string
}

// generator makes random requests. plain leaves out what some libraries do not define: repeated names, an empty path, ports and
// addresses of IPv6.
type generator struct {
	*rand.Rand
	plain bool
	names map[string]bool
}

func newGenerator(plain bool) *generator {
	return &generator{Rand: rand.New(rand.NewPCG(seed, 1)), plain: plain}
}

func pick[T any](g *generator, from ...T) T { return from[g.IntN(len(from))] }

// pieces are what names, values and secrets are made of: everything that encoders get wrong.
var pieces = []string{
	"a", "b", "Z", "0", "9", "-", ".", "_", "~", " ", "+", "%", "&", "=", "/", "?", "#", "@", ":", ";", ",", "!", "*", "'", "(", ")",
	"$", "[", "]", "{", "}", "|", "\\", "^", "`", "\"", "<", ">", "é", "ß", "я", "雪", "😀", "\u202e", "%2F", "%20", "%41", "oauth_", "\t", "\n", "\x7f",
}

func (g *generator) text(longest int) string {
	var text strings.Builder
	for range g.IntN(longest + 1) {
		text.WriteString(pick(g, pieces...))
	}
	return text.String()
}

func (g *generator) request() wireRequest {
	g.names = map[string]bool{}
	r := wireRequest{
		method: pick(g, "GET", "POST", "PUT", "DELETE", "PATCH", "get", "M-SEARCH"),
		scheme: pick(g, "http", "https"),
		host:   pick(g, "api.example", "API.Example.com", "127.0.0.1", "localhost", "xn--exmple-cua.com"),
		path:   g.path(),
		secret: g.text(8), tokenSecret: g.text(8), token: "t" + g.text(8),
	}
	if !g.plain {
		r.host = pick(g, r.host, "[2001:DB8::1]", "[::1]") + pick(g, "", ":80", ":443", ":8080", ":8443")
	}
	r.query, r.rawQuery = g.parameters(g.IntN(7))
	if r.method == "POST" || r.method == "PUT" {
		r.form, r.rawForm = g.parameters(g.IntN(7))
	}
	return r
}

func (g *generator) path() string {
	path := "/" + pick(g, "", "v2")
	for range g.IntN(4) {
		path += "/" + pick(g, "", "a", "B", "~x", "%7E", "%2F", "%2f", "a+b", "%20", "caf%C3%A9", "a:b", "a@b", "a,b;c=d", "..", "!$&'()*")
	}
	if g.plain || g.IntN(10) > 0 {
		return path
	}
	return ""
}

// parameters makes n parameters, and one of the many ways to write them.
func (g *generator) parameters(n int) (all []parameter, raw string) {
	var wire []string
	for range n {
		p := parameter{g.text(4), g.text(6)}
		if !g.plain && g.IntN(4) == 0 && len(all) > 0 {
			p.name = pick(g, all...).name
		}
		once := g.plain || strings.HasPrefix(p.name, "oauth_") // a strict server refuses such a name that stands twice
		if slices.Contains(reserved, p.name) || once && g.names[p.name] {
			continue
		}
		g.names[p.name] = true
		all = append(all, p)
		piece := g.write(p.name) + "=" + g.write(p.value)
		if p.value == "" && p.name != "" && g.IntN(2) == 0 {
			piece = strings.TrimSuffix(piece, "=")
		}
		wire = append(wire, piece)
		if g.IntN(10) == 0 {
			wire = append(wire, "") // two ampersands that touch
		}
	}
	return all, strings.Join(wire, "&")
}

// write escapes what has to be, some of what need not be, in either case, and writes a space in either way.
func (g *generator) write(text string) string {
	var wire strings.Builder
	for _, c := range []byte(text) {
		letter := 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || strings.ContainsRune("-._~", rune(c))
		switch {
		case letter && g.IntN(8) > 0, strings.ContainsRune("*'()!$,/:@?", rune(c)) && g.IntN(2) == 0:
			wire.WriteByte(c)
		case c == ' ' && g.IntN(2) == 0:
			wire.WriteByte('+')
		case g.IntN(2) == 0:
			fmt.Fprintf(&wire, "%%%02x", c)
		default:
			fmt.Fprintf(&wire, "%%%02X", c)
		}
	}
	return wire.String()
}

// http makes the request for net/http.
func (r wireRequest) http(t testing.TB) *http.Request {
	t.Helper()
	address := r.scheme + "://" + r.host + r.path
	if r.rawQuery != "" {
		address += "?" + r.rawQuery
	}
	request, err := http.NewRequest(r.method, address, nil)
	if r.rawForm != "" {
		request, err = http.NewRequest(r.method, address, strings.NewReader(r.rawForm))
	}
	if err != nil {
		t.Fatalf("%+v: %v", r, err)
	}
	if r.rawForm != "" {
		request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	return request
}

// formValues is the form as the libraries take it.
func (r wireRequest) formValues() url.Values {
	values := url.Values{}
	for _, p := range r.form {
		values.Add(p.name, p.value)
	}
	return values
}

// base is a second construction of the base string (RFC 5849 3.4.1), from what the request means; it shares no code with the
// first.
func (r wireRequest) base(protocol map[string]string) string {
	var lines []string
	note := func(name, value string) { lines = append(lines, slowEncode(name)+"\x00"+slowEncode(value)) }
	for _, p := range slices.Concat(r.query, r.form) {
		note(p.name, p.value)
	}
	for name, value := range protocol {
		if name != "realm" && name != "oauth_signature" {
			note(name, value)
		}
	}
	slices.Sort(lines) // a zero octet comes before all others, so a shorter name comes first
	host, path := strings.ToLower(r.host), r.path
	if path == "" {
		path = "/"
	}
	for _, usual := range []string{"http :80", "https :443"} {
		scheme, port, _ := strings.Cut(usual, " ")
		if r.scheme == scheme {
			host = strings.TrimSuffix(host, port)
		}
	}
	return slowEncode(strings.ToUpper(r.method)) + "&" + slowEncode(r.scheme+"://"+host+path) + "&" +
		slowEncode(strings.ReplaceAll(strings.Join(lines, "&"), "\x00", "="))
}

// slowEncode is RFC 5849 3.6 once more.
func slowEncode(text string) string {
	encoded := strings.ReplaceAll(url.QueryEscape(text), "+", "%20")
	return strings.ReplaceAll(encoded, "%7E", "~")
}
