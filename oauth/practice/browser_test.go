package practice

import (
	"html"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"regexp"
	"strings"
	"testing"
)

const (
	verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk" // RFC 7636 appendix B
	home     = "http://127.0.0.1:3004"
)

// browser is a person's: it keeps cookies, reads forms and presses buttons. It stops where a real one would leave us.
type browser struct {
	t      *testing.T
	client *http.Client
	at     *url.URL
	status int
	header http.Header
	page   string

	language string // what it asks for; empty: nothing
}

func newBrowser(t *testing.T, s *Server) *browser {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	b := &browser{t: t}
	b.client = &http.Client{Transport: s.Transport(), Jar: jar, CheckRedirect: func(r *http.Request, _ []*http.Request) error {
		if r.URL.Host != "127.0.0.1:3004" {
			return http.ErrUseLastResponse
		}
		return nil
	}}
	return b
}

func (b *browser) do(r *http.Request) {
	b.t.Helper()
	if b.language != "" {
		r.Header.Set("Accept-Language", b.language)
	}
	resp, err := b.client.Do(r)
	if err != nil {
		b.t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		b.t.Fatal(err)
	}
	b.at, b.status, b.header, b.page = resp.Request.URL, resp.StatusCode, resp.Header, string(body)
	if to, err := resp.Location(); err == nil {
		b.at = to
	}
}

func (b *browser) open(address string) {
	b.t.Helper()
	r, err := http.NewRequestWithContext(b.t.Context(), http.MethodGet, address, nil)
	if err != nil {
		b.t.Fatal(err)
	}
	b.do(r)
}

var (
	formPattern  = regexp.MustCompile(`(?s)<form[^>]*action="([^"]*)"[^>]*>(.*?)</form>`)
	inputPattern = regexp.MustCompile(`<input[^>]*>`)
	attrPattern  = regexp.MustCompile(`([a-z]+)="([^"]*)"`)
)

func attributes(tag string) map[string]string {
	found := map[string]string{}
	for _, match := range attrPattern.FindAllStringSubmatch(tag, -1) {
		found[match[1]] = html.UnescapeString(match[2])
	}
	return found
}

// press finds the form that holds the button with that id, fills in what a browser would, and what the pairs say, and posts it.
func (b *browser) press(id string, pairs ...string) {
	b.t.Helper()
	for _, form := range formPattern.FindAllStringSubmatch(b.page, -1) {
		button := regexp.MustCompile(`<button[^>]*id="` + id + `"[^>]*>`).FindString(form[2])
		if button == "" {
			continue
		}
		values := url.Values{}
		for _, tag := range inputPattern.FindAllString(form[2], -1) {
			in := attributes(tag)
			if in["type"] != "radio" || strings.Contains(tag, " checked") {
				values.Set(in["name"], in["value"])
			}
		}
		if attrs := attributes(button); attrs["name"] != "" {
			values.Set(attrs["name"], attrs["value"])
		}
		for i := 0; i < len(pairs); i += 2 {
			values.Set(pairs[i], pairs[i+1])
		}
		b.post(b.resolve(html.UnescapeString(form[1])), values)
		return
	}
	b.t.Fatalf("no button %q on the page at %s:\n%s", id, b.at, b.page)
}

func (b *browser) post(address string, values url.Values, headers ...string) {
	b.t.Helper()
	r, err := http.NewRequestWithContext(b.t.Context(), http.MethodPost, address, strings.NewReader(values.Encode()))
	if err != nil {
		b.t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Origin", home)
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	b.do(r)
}

func (b *browser) resolve(reference string) string {
	to, err := b.at.Parse(reference)
	if err != nil {
		b.t.Fatal(err)
	}
	return to.String()
}

// consentURL is a good authorization request, with the pairs put in place; an empty value leaves a parameter out.
func consentURL(pairs ...string) string {
	q := url.Values{
		"response_type": {"code"}, "client_id": {ClientID}, "redirect_uri": {defaultRedirect},
		"scope": {"shops_r listings_r"}, "state": {"state-of-the-test"},
		"code_challenge": {challengeOf(verifier)}, "code_challenge_method": {"S256"},
	}
	for i := 0; i < len(pairs); i += 2 {
		if q.Set(pairs[i], pairs[i+1]); pairs[i+1] == "" {
			q.Del(pairs[i])
		}
	}
	return home + pathConnect + "?" + q.Encode()
}

// allow walks through sign-in and consent with two presses and returns the code.
func allow(t *testing.T, s *Server, pairs ...string) string {
	t.Helper()
	b := newBrowser(t, s)
	b.open(consentURL(pairs...))
	b.press("signin")
	b.press("allow")
	code := b.at.Query().Get("code")
	if code == "" || b.at.Query().Get("state") != "state-of-the-test" {
		t.Fatalf("no code in %s (HTTP %d)\n%s", b.at, b.status, b.page)
	}
	return code
}
