//go:build !nogui

package gui

import (
	"errors"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"valetkey/keystore"
	"valetkey/oauth"
	"valetkey/valet"
	"valetkey/valet/words"
)

// till is a market that takes the access tokens it knows, on no socket.
type till struct {
	shops map[string]string // of access tokens
	err   error
}

// RoundTrip answers as Etsy's API does.
func (m *till) RoundTrip(r *http.Request) (*http.Response, error) {
	if m.err != nil {
		return nil, m.err
	}
	_, bearer, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	shop := m.shops[bearer]
	user, _, _ := strings.Cut(bearer, ".")
	status, text := http.StatusOK, `{}`
	switch path := r.URL.Path; {
	case path == "/v3/application/openapi-ping":
		text = `{"application_id": 1}`
	case strings.HasSuffix(path, "/token"):
		status, text = http.StatusBadRequest, `{"error": "invalid_grant"}`
	case shop == "":
		status, text = http.StatusUnauthorized, `{"error": "invalid_token"}`
	case path == "/v3/application/users/me":
		text = `{"user_id": ` + user + `, "shop_id": 1}`
	case path == "/v3/application/scopes":
		text = `{"scopes": ["shops_r"]}`
	default:
		text = `{"shop_id": 1, "user_id": ` + user + `, "shop_name": "` + shop + `"}`
	}
	return &http.Response{StatusCode: status, Header: http.Header{"Content-Type": {"application/json"}}, Body: io.NopCloser(strings.NewReader(text)), Request: r}, nil
}

// rescueRig is a window on a valet of its own, whose only market is m.
func rescueRig(t *testing.T) (*rig, *till) {
	m := &till{shops: map[string]string{"12345678.the-token-of-blue": "Blue Fern Pottery", "87654321.red": "Red Oak Prints"}}
	locks, err := keystore.OpenLocksIn(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	market := valet.Market{
		Provider: oauth.Provider{
			ID: "etsy", Name: "Etsy", Scopes: testScopes, AuthorizationEndpoint: "https://market.example/connect",
			TokenEndpoint: "https://api.market.example/token", API: "https://api.market.example", Headers: map[string]string{"x-api-key": "{client_id}:{client_secret}"},
		},
		BuiltIn: true, EtsyAPI: true, RefreshDays: 90, Redirect: "http://localhost:3003/oauth/redirect",
	}
	v := valet.New(valet.Options{
		Folders: valet.Folders{Config: folder, State: folder}, Keyring: keystore.NewMemory(locks),
		Builtin: []valet.Builtin{{Market: market, Transport: m}},
	})
	if err := v.Load(t.Context()); err != nil {
		t.Fatal(err)
	}
	r := newRig(t)
	r.window.app.Service, r.window.app.Keys, r.window.app.Providers, r.window.app.Rescue = v, v.Keys, v.Providers, v.Rescues.Read
	r.home()
	return r, m
}

const bothHalves = "ETSY_API_KEY=abcdefghijklmnopqrstuvwx\nETSY_SHARED_SECRET=0123456789\n"

// jot writes a file as a guide tells people to.
func jot(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// hides fails where a token stands on the screen.
func (r *rig) hides() {
	r.t.Helper()
	for _, said := range texts(r.present.view) {
		if strings.Contains(said, "12345678.") || strings.Contains(said, "0123456789") || strings.Contains(said, "abcdefghijkl") {
			r.t.Errorf("on the screen: %q", said)
		}
	}
}

func TestAKeyComesOutOfAFile(t *testing.T) {
	r, _ := rescueRig(t)
	path := jot(t, ".env", bothHalves+"ETSY_ACCESS_TOKEN=12345678.the-token-of-blue\nETSY_REFRESH_TOKEN=12345678.the-next-of-blue\n")
	r.pickAny = func(chosen func(string)) { chosen(path) }
	r.press(words.T("window.markets.open"))
	r.press(words.T("window.rescue.open"))
	r.press(words.T("window.rescue.file"))
	r.untilText(words.N("window.found.title", 1, "File", ".env"))
	r.untilText(words.T("window.found.access", "End", "blue"))
	r.hides()
	r.press(words.N("window.found.do", 1))
	r.untilText(words.T("window.rescued.file", "File", ".env"))
	r.untilText("Blue Fern Pottery")
	r.untilText(words.T("window.rescued.file.text"))
	r.typed(fyne.KeyReturn)
	if _, err := os.Stat(path); err != nil {
		t.Fatal("Enter deleted the file")
	}
	r.press(words.T("window.rescued.delete"))
	r.until("the panel", func() bool { return r.desk.panel != nil })
	r.untilText(words.T("window.rescued.deleted", "File", ".env"))
	if _, err := os.Stat(path); !os.IsNotExist(err) {
		t.Error("the file is still there")
	}
	// The same account again: what works is not put in its place, and the shop is known at once.
	fair{r.hall}.dropped(jot(t, "tokens.json", `{"client_id": "abcdefghijklmnopqrstuvwx", "access_token": "12345678.the-token-of-blue", "refresh_token": "12345678.the-next-of-blue"}`))
	r.untilText(words.N("window.found.title", 1, "File", "tokens.json"))
	r.untilText("Blue Fern Pottery")
	r.press(words.N("window.found.do", 1))
	r.untilText(words.Sentence(&valet.Error{Kind: valet.AlreadyKept, Subject: r.app.Service.Connections()[0].Name}).What)
	r.untilText(words.T("window.rescued.unchanged", "File", "tokens.json"))
	r.typed(fyne.KeyReturn)
	r.until("the panel", func() bool { return r.desk.panel != nil })
}

func TestAFileLacksTheAppKey(t *testing.T) {
	r, m := rescueRig(t)
	fair{r.hall}.dropped(jot(t, "tokens.json", `{"access_token": "12345678.the-token-of-blue", "refresh_token": "12345678.the-next-of-blue", "note": 1}`))
	r.untilText(words.T("window.found.lacks", "Provider", "Etsy"))
	fields := entries(r)
	if len(fields) != 2 || fields[0].Password || !fields[1].Password {
		t.Fatalf("%d fields", len(fields))
	}
	fields[0].SetText("abcdefghijklmnopqrstuvwx")
	r.typed(fyne.KeyReturn)
	r.untilText(words.Sentence(&valet.Error{Kind: valet.BadAppKey, Subject: "client_secret", Provider: "Etsy"}).What)
	fields[1].SetText("0123456789")
	m.err = errors.New("no network")
	r.typed(fyne.KeyReturn)
	r.untilText(words.T("window.rescued.none"))
	r.untilText(words.Sentence(&valet.Error{Kind: valet.Unreachable, Provider: "Etsy"}).What)
	r.hides()
	m.err = nil
	r.press(words.T("window.again"))
	r.untilText(words.T("window.found.lacks", "Provider", "Etsy"))
	fields = entries(r)
	fields[0].SetText("abcdefghijklmnopqrstuvwx")
	fields[1].SetText("0123456789")
	r.press(words.N("window.found.do", 1))
	r.untilText(words.T("window.rescued.others", "Names", "note")) // so the file is not offered to be deleted
	r.press(words.T("window.done"))
	r.until("the panel", func() bool { return r.desk.panel != nil })
}

func TestSeveralKeysComeOutOfAFile(t *testing.T) {
	r, _ := rescueRig(t)
	fair{r.hall}.dropped(jot(t, "tokens.json", `{"keystring": "abcdefghijklmnopqrstuvwx", "shared_secret": "0123456789", "shops": [
		{"name": "blue", "access_token": "12345678.the-token-of-blue", "refresh_token": "12345678.the-next-of-blue"}, {"access_token": "11111111.over", "refresh_token": "11111111.over-too"},
		{"name": "red", "access_token": "87654321.red", "refresh_token": "87654321.again"}]}`))
	r.untilText(words.T("window.found.nth", "Number", 2))
	r.press(words.N("window.found.do", 3))
	r.untilText(words.T("window.rescued.some", "Kept", 2, "All", 3))
	for _, said := range []string{"Blue Fern Pottery", "Red Oak Prints", words.Sentence(&valet.Error{Kind: valet.RescueFile, Subject: "ended", Other: "tokens.json"}).What} {
		if !shows(r.present.view, said) {
			t.Errorf("%q is not shown, but %q", said, texts(r.present.view))
		}
	}
	if n := len(r.app.Service.Connections()); n != 2 {
		t.Errorf("%d keys hang in the rack", n)
	}
	r.press(words.T("window.setup.continue"))
	r.untilText(words.T("window.ask.title"))
}

// What a file is for is told by its content, wherever it comes from.
func TestFilesGoWhereTheyBelong(t *testing.T) {
	tokens := `{"id": "7", "access_token": "12345678.the-token-of-blue", "refresh_token": "12345678.the-next-of-blue"}`
	rows := map[string]struct {
		text, want string
		meant      bool
	}{
		"a market":                   {acme, words.T("window.review.title", "Provider", "Acme Market"), false},
		"tokens":                     {tokens, words.T("window.found.text"), false},
		"tokens, where a market was": {tokens, words.T("window.found.text"), true},
		"neither":                    {"hello", words.Sentence(&valet.Error{Kind: valet.RescueFile, Subject: "nothing", Other: "some.json"}).What, false},
		"neither, meant a market":    {"hello", words.Sentence(&valet.Error{Kind: valet.BadProviderFile}).What, true},
		"half a market":              {`{"id": "acme"}`, words.Sentence(&valet.Error{Kind: valet.BadProviderFile}).What, false},
	}
	for name, row := range rows {
		t.Run(name, func(t *testing.T) {
			r, _ := rescueRig(t)
			bring(fair{r.hall}, jot(t, "some.json", row.text), row.meant)
			r.untilText(row.want)
		})
	}
	if protocol, id := describes(t.TempDir()); protocol || id {
		t.Error("a folder is a provider file")
	}
}
