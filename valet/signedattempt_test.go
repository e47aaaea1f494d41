package valet

import (
	"context"
	"errors"
	"io"
	"net/http"
	"path/filepath"
	"strings"
	"testing"

	"valetkey/keystore"
	"valetkey/oauth"
	"valetkey/oauth/oauth1"
)

// clerk is a server of OAuth 1.0a that believes everything. Each of its answers is one of a list, the last for ever.
type clerk struct{ answers []string }

// RoundTrip answers 200 with what is next, or with the status that stands before it.
func (c *clerk) RoundTrip(r *http.Request) (*http.Response, error) {
	text := c.answers[0]
	if len(c.answers) > 1 {
		c.answers = c.answers[1:]
	}
	status := http.StatusOK
	if rest, refused := strings.CutPrefix(text, "401 "); refused {
		status, text = http.StatusUnauthorized, rest
	}
	return &http.Response{StatusCode: status, Header: http.Header{}, Body: io.NopCloser(strings.NewReader(text)), Request: r}, nil
}

const temporaryAnswer = "oauth_token=temporary&oauth_token_secret=s&oauth_callback_confirmed=true"

// newClerk is a rack with one market whose server is a clerk.
func newClerk(t *testing.T, answers ...string) (*Valet, *clerk) {
	t.Helper()
	server := &clerk{answers}
	folder := t.TempDir()
	v := New(Options{
		Folders: Folders{Config: filepath.Join(folder, "config"), State: filepath.Join(folder, "state")}, Keyring: keystore.NewMemory(nil),
		Builtin: []Builtin{{
			Market: Market{Provider: oauth.Provider{ID: "old", Name: "Old", API: "https://old.example"}, BuiltIn: true, OAuth1: &oauth1.Provider{
				TemporaryCredentialsEndpoint: "https://old.example/r", AuthorizationEndpoint: "https://old.example/s", TokenEndpoint: "https://old.example/t",
			}},
			Key:       &NewAppKey{Provider: "old", Label: "old", ClientID: "k", Secret: oauth.NewSecret("0f0f0f0f"), Redirect: oauth1.OutOfBand},
			Transport: server,
		}},
	})
	if err := v.Load(t.Context()); err != nil {
		t.Fatal(err)
	}
	return v, server
}

// TestTemporaryCredentialsAreDropped: however the walk ends, nothing can be won with what it was made with.
func TestTemporaryCredentialsAreDropped(t *testing.T) {
	ends := map[string]struct {
		answer string
		typed  string
		stop   bool
		kind   Kind
	}{
		"cancelled": {stop: true, kind: Cancelled},
		"refused":   {answer: "401 oauth_problem=token_rejected", typed: "12345678", kind: ConsentExpired},
		"given up":  {answer: "401 oauth_problem=verifier_invalid", typed: "12345678", kind: Cancelled},
		"won":       {answer: "oauth_token=a&oauth_token_secret=b", typed: "12345678"},
	}
	for name, end := range ends {
		t.Run(name, func(t *testing.T) {
			v, _ := newClerk(t, temporaryAnswer, end.answer)
			pasted := make(chan string, 1)
			pasted <- end.typed
			close(pasted)
			ctx, stop := context.WithCancel(t.Context())
			defer stop()
			w, err := prepare(ctx, v, ConnectRequest{Provider: "old", NoListen: true, Host: Host{Pasted: pasted}})
			if err != nil {
				t.Fatal(err)
			}
			a, err := begin(ctx, w, nil)
			if err != nil || a.attempt.URL() != "https://old.example/s?oauth_token=temporary" {
				t.Fatalf("%v, %s", err, a.attempt.URL())
			}
			if end.stop {
				stop()
			}
			if _, err := a.lead(ctx); KindOf(err) != end.kind {
				t.Errorf("it ended with %v", err)
			}
			if a.attempt.URL() != "" {
				t.Error("the temporary credentials are still there")
			}
			if _, err := a.attempt.redeem(t.Context(), map[string][]string{typedText: {"12345678"}}, func() {}); !errors.Is(err, oauth1.ErrForgotten) {
				t.Errorf("another answer: %v", err)
			}
		})
	}
}

// TestRefusedAtFirst: what the first request is refused for is told before any page is opened.
func TestRefusedAtFirst(t *testing.T) {
	for answer, want := range map[string]Error{
		"401 oauth_problem=consumer_key_unknown":      {Kind: AppKeyRefused, Subject: "Old"},
		"401 oauth_problem=signature_invalid":         {Kind: AppKeyRefused, Subject: "Old"},
		"401 ":                                        {Kind: AppKeyRefused, Subject: "Old"},
		"401 oauth_problem=parameter_rejected":        {Kind: ConsentError, Subject: "parameter_rejected"},
		"401 oauth_problem=signature_method_rejected": {Kind: ConsentError, Subject: "signature_method_rejected"},
		"401 oauth_problem=timestamp_refused":         {Kind: ClockOff},
		`401 {"error":"API v2 deprecated."}`:          {Kind: APIEnded},
		"401 <html>":                                  {Kind: AppKeyRefused, Subject: "Old"},
		"<html>":                                      {Kind: BadAnswer},
		"oauth_token=a&oauth_callback_confirmed=true": {Kind: BadAnswer},
		temporaryAnswer + "&oauth_token=b":            {Kind: BadAnswer},
		temporaryAnswer + "x":                         {Kind: BadAnswer, Subject: "oauth_callback_confirmed"},
		temporaryAnswer + "&login_url=https%3A%2F%2Fold.example.evil.example%2F": {Kind: BadAnswer, Subject: "login_url"},
	} {
		v, _ := newClerk(t, answer)
		_, err := v.Connect(t.Context(), ConnectRequest{Provider: "old", NoListen: true, Host: Host{
			Pasted: make(chan string), Open: func(context.Context, string) error { t.Error("a page was opened"); return nil },
		}})
		var told *Error
		if !errors.As(err, &told) || told.Kind != want.Kind || told.Subject != want.Subject || told.Provider != "Old" {
			t.Errorf("%s: %v", answer, err)
		}
	}
}

// TestSignedRequestsAreNotRepeated: nothing renews a key of OAuth 1.0a, so an answer of 401 is told for what it is at once.
func TestSignedRequestsAreNotRepeated(t *testing.T) {
	for answer, want := range map[string]Error{
		"401 ":                                   {Kind: TokenRefused, Subject: "401 Unauthorized"},
		"401 oauth_problem=token_expired":        {Kind: TokenRefused, Subject: "token_expired"},
		"401 oauth_problem=signature_invalid":    {Kind: TokenRefused, Subject: "signature_invalid"},
		"401 oauth_problem=permission_denied":    {Kind: TokenRefused, Subject: "insufficient_scope"},
		"401 oauth_problem=consumer_key_unknown": {Kind: AppKeyRefused, Subject: "Old"},
		"401 oauth_problem=timestamp_refused":    {Kind: ClockOff, Subject: "Old"},
		`401 {"error":"API v2 deprecated."}`:     {Kind: APIEnded, Subject: "Old"},
		`401 {"error":"sku is deprecated"}`:      {Kind: TokenRefused, Subject: "sku is deprecated"},
		"401 oauth_problem=nonce_used":           {Kind: Declined, Subject: "401 Unauthorized"},
	} {
		v, server := newClerk(t, temporaryAnswer, "oauth_token=0123456789&oauth_token_secret=9876543210", answer, "{}")
		pasted := make(chan string, 1)
		pasted <- "12345678"
		c, err := v.Connect(t.Context(), ConnectRequest{Provider: "old", NoListen: true, Host: Host{Pasted: pasted}})
		if err != nil {
			t.Fatal(err)
		}
		_, err = v.Requests.Send(t.Context(), c.ID, Request{Method: http.MethodGet, Path: "/x"})
		var told *Error
		if !errors.As(err, &told) || told.Kind != want.Kind || told.Subject != want.Subject || len(server.answers) != 1 {
			t.Errorf("%s: %v", answer, err)
		}
	}
}

// TestNoReason: a server that refuses without a word is asked again, as the code is all that can be wrong, but not for ever.
func TestNoReason(t *testing.T) {
	const won = "oauth_token=a&oauth_token_secret=b"
	for name, row := range map[string]struct {
		answers []string
		typed   int
		kind    Kind
		says    string
	}{
		"right the third time": {[]string{"401 ", "401 no", won}, 3, "", ""},
		"never":                {[]string{"401 ", "401 ", "401 ", won}, 4, ConsentExpired, "401 Unauthorized"},
		"another reason":       {[]string{"401 oauth_problem=consumer_key_unknown", won}, 2, ExchangeRefused, "consumer_key_unknown"},
	} {
		t.Run(name, func(t *testing.T) {
			v, _ := newClerk(t, append([]string{temporaryAnswer}, row.answers...)...)
			pasted := make(chan string, row.typed)
			for range row.typed {
				pasted <- "12345678"
			}
			_, err := v.Connect(t.Context(), ConnectRequest{Provider: "old", NoListen: true, Host: Host{Pasted: pasted}})
			var told *Error
			if KindOf(err) != row.kind || errors.As(err, &told) && told.Subject != row.says {
				t.Errorf("got %v", err)
			}
		})
	}
}

// TestLongTokenSecret: tokens and secrets of any length that a server gives come back from the record, to the letter.
func TestLongTokenSecret(t *testing.T) {
	secret := strings.Repeat("+/%=& ~é\"\\", 700)
	v, server := newClerk(t, temporaryAnswer, "oauth_token=a%2Bb&oauth_token_secret="+slowForm(secret))
	pasted := make(chan string, 1)
	pasted <- "12345678"
	c, err := v.Connect(t.Context(), ConnectRequest{Provider: "old", NoListen: true, Host: Host{Pasted: pasted}})
	if err != nil || len(server.answers) != 1 {
		t.Fatal(err)
	}
	s, err := v.seat(c.ID)
	if err != nil {
		t.Fatal(err)
	}
	r, err := s.read(t.Context())
	if err != nil || r.TokenSecret.Reveal() != secret || r.Access.Reveal() != "a+b" {
		t.Errorf("%v: %d octets", err, len(r.TokenSecret.Reveal()))
	}
}

// slowForm escapes every octet.
func slowForm(text string) string {
	const digits = "0123456789ABCDEF"
	var out strings.Builder
	for _, b := range []byte(text) {
		out.WriteString("%" + digits[b>>4:b>>4+1] + digits[b&15:b&15+1])
	}
	return out.String()
}
