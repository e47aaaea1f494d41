package valet_test

import (
	"context"
	"errors"
	"html"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"valetkey/keystore"
	"valetkey/oauth"
	"valetkey/oauth/etsy"
	"valetkey/oauth/practice"
	"valetkey/valet"
)

// redirect is registered with the practice provider; these tests paste the answer, so nobody listens there.
const redirect = "http://localhost:3003/oauth/redirect"

// kit is a Valet on a memory store and the practice provider, with no socket anywhere, so that it lives in a synctest bubble.
type kit struct {
	valet    *valet.Valet
	practice *practice.Server
	store    *faultyStore
	wire     *wire
	options  valet.Options
}

func newKit(t *testing.T) *kit {
	t.Helper()
	folder := t.TempDir()
	locks, err := keystore.OpenLocksIn(filepath.Join(folder, "locks"))
	if err != nil {
		t.Fatal(err)
	}
	server := practice.Open(filepath.Join(folder, "practice.json"))
	k := &kit{practice: server, store: &faultyStore{Store: keystore.NewMemory(locks)}, wire: &wire{next: server.Transport()}}
	k.options = valet.Options{
		Folders: valet.Folders{Config: filepath.Join(folder, "config"), State: filepath.Join(folder, "state")},
		Keyring: k.store,
		Builtin: []valet.Builtin{practiceMarket(k.wire)},
	}
	k.start(t)
	return k
}

// start begins anew as a new process would, on the same store and folders.
func (k *kit) start(t *testing.T) {
	t.Helper()
	k.valet = valet.New(k.options)
	if err := k.valet.Load(t.Context()); err != nil {
		t.Fatal(err)
	}
}

func practiceMarket(transport http.RoundTripper) valet.Builtin {
	p := etsy.Provider()
	base := "http://" + practice.DefaultAddress
	p.ID, p.Name = "practice", "Practice"
	p.AuthorizationEndpoint, p.TokenEndpoint, p.API = base+"/oauth/connect", base+"/v3/public/oauth/token", base
	p.Account.URL, p.WithdrawPage = base+"/v3/application/users/me", base+"/your/apps"
	return valet.Builtin{
		Market:    valet.Market{Provider: p, Redirect: redirect, BuiltIn: true, Practice: true, EtsyAPI: true, RefreshDays: 90, AlwaysAsked: []oauth.Scope{"shops_r"}},
		Key:       &valet.NewAppKey{Provider: "practice", Label: "practice", ClientID: practice.ClientID, Secret: oauth.NewSecret(practice.ClientSecret), Redirect: redirect},
		Transport: transport,
	}
}

// connect walks to the end as shop number n (0, 1, 2), by paste.
func (k *kit) connect(t *testing.T, n int, request valet.ConnectRequest) (valet.Connection, error) {
	t.Helper()
	pasted := make(chan string, 1)
	request.Provider, request.NoListen, request.Host.Pasted = "practice", true, pasted
	request.Host.Open = func(_ context.Context, address string) error {
		pasted <- press(t, k.practice.Transport(), address, n, "allow")
		return nil
	}
	return k.valet.Connect(t.Context(), request)
}

func (k *kit) mustConnect(t *testing.T) valet.Connection {
	t.Helper()
	c, err := k.connect(t, 0, valet.ConnectRequest{})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func (k *kit) token(t *testing.T, id valet.ID, least time.Duration) (string, error) {
	t.Helper()
	var token string
	err := k.valet.UseAccessToken(t.Context(), id, least, func(plain string) error { token = plain; return nil })
	return token, err
}

func (k *kit) mustToken(t *testing.T, id valet.ID) string {
	t.Helper()
	token, err := k.token(t, id, 0)
	if err != nil {
		t.Fatal(err)
	}
	return token
}

var (
	revokeButton = regexp.MustCompile(`name="revoke" value="(\d+)"`)
	form         = regexp.MustCompile(`(?s)<form.*?</form>`)
	shopChoice   = regexp.MustCompile(`<input[^>]*name="shop"[^>]*value="(\d+)"`)
	hidden       = regexp.MustCompile(`<input type="hidden" name="([^"]*)" value="([^"]*)"`)
	formAction   = regexp.MustCompile(`<form[^>]*action="([^"]*)"`)
)

// press is a browser with thumbs: it signs in as shop number n, presses allow or deny and gives the address it was sent to.
func press(t *testing.T, transport http.RoundTripper, address string, n int, decision string) string {
	t.Helper()
	landed, _ := pressed(t, transport, redirect, address, n, decision)
	return landed
}

// pressed is press for any callback that has back in it; it gives the last page too.
func pressed(t *testing.T, transport http.RoundTripper, back, address string, n int, decision string) (landed, last string) {
	t.Helper()
	jar, _ := cookiejar.New(nil)
	away := errors.New("sent back to the app")
	browser := &http.Client{Transport: transport, Jar: jar, CheckRedirect: func(r *http.Request, _ []*http.Request) error {
		if strings.Contains(r.URL.String(), back) {
			landed = r.URL.String()
			return away
		}
		return nil
	}}
	get := func(response *http.Response, err error) (string, *url.URL) {
		if errors.Is(err, away) {
			return "", nil
		}
		if err != nil {
			t.Fatalf("browser: %v", err)
		}
		defer response.Body.Close()
		body, err := io.ReadAll(response.Body)
		if err != nil {
			t.Fatalf("browser: %v", err)
		}
		return string(body), response.Request.URL
	}
	submit := func(page, button string, at *url.URL, extra url.Values) (string, *url.URL) {
		var action []string
		for _, page = range form.FindAllString(page, -1) {
			if strings.Contains(page, `id="`+button+`"`) {
				action = formAction.FindStringSubmatch(page)
				break
			}
		}
		if action == nil {
			t.Fatalf("no button %s at %s", button, at.Path)
		}
		target, err := at.Parse(html.UnescapeString(action[1]))
		if err != nil {
			t.Fatal(err)
		}
		for _, field := range hidden.FindAllStringSubmatch(page, -1) {
			extra.Set(field[1], html.UnescapeString(field[2]))
		}
		return get(browser.PostForm(target.String(), extra))
	}
	page, at := get(browser.Get(address))
	choices := shopChoice.FindAllStringSubmatch(page, -1)
	if len(choices) != 3 {
		t.Fatalf("%d shops to choose from, want 3", len(choices))
	}
	page, at = submit(page, "signin", at, url.Values{"shop": {choices[n][1]}, "name": {"Ada"}})
	last, _ = submit(page, decision, at, url.Values{"decision": {decision}})
	return landed, last
}

// takeBack removes the app on the provider's page, as the seller would.
func takeBack(t *testing.T, transport http.RoundTripper) {
	t.Helper()
	jar, _ := cookiejar.New(nil)
	browser := &http.Client{Transport: transport, Jar: jar}
	at := "http://" + practice.DefaultAddress + "/your/apps"
	response, err := browser.Get(at)
	if err != nil {
		t.Fatal(err)
	}
	page, err := io.ReadAll(response.Body)
	response.Body.Close()
	if err != nil {
		t.Fatal(err)
	}
	shop := revokeButton.FindSubmatch(page)
	token := hidden.FindSubmatch(page)
	if shop == nil || token == nil {
		t.Fatal("no revoke button on the page")
	}
	response, err = browser.PostForm(at, url.Values{"form_token": {string(token[2])}, "revoke": {string(shop[1])}})
	if err != nil {
		t.Fatal(err)
	}
	response.Body.Close()
}

// wire counts what goes to the token endpoint, and can be held up or made to fail.
type wire struct {
	next   http.RoundTripper
	before func(*http.Request) error // nil: nothing
	after  func(*http.Request) error // the provider has acted, and the answer is lost
	tokens atomicCount
}

func (w *wire) RoundTrip(request *http.Request) (*http.Response, error) {
	if strings.HasSuffix(request.URL.Path, "/oauth/token") {
		w.tokens.add()
		if w.before != nil {
			if err := w.before(request); err != nil {
				return nil, err
			}
		}
		response, err := w.next.RoundTrip(request)
		if err == nil && w.after != nil {
			if lost := w.after(request); lost != nil {
				response.Body.Close()
				return nil, lost
			}
		}
		return response, err
	}
	return w.next.RoundTrip(request)
}
