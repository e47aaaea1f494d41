package etsy

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"

	"valetkey/oauth"
)

const (
	granted      = `{"access_token":"12345678.a","token_type":"Bearer","expires_in":3600,"refresh_token":"12345678.r"}`
	refusedForm  = `{"error":"Invalid API key: should be in the format 'keystring:shared_secret'."}`
	sentRefresh  = "12345678.refreshSECRET+&="
	jsonType     = "application/json; charset=utf-8"
	formType     = "application/x-www-form-urlencoded"
	tokenAddress = "/v3/public/oauth/token"
)

// etsyHosts stands for both hosts: a request goes to the function of its host; a host without one cannot be dialled.
type etsyHosts struct {
	mu    sync.Mutex
	hosts map[string]http.HandlerFunc
	seen  []string // host, content type and refresh token of each request
}

// refresh tries one refresh through TokenTransport.
func (e *etsyHosts) refresh(t *testing.T, ctx context.Context) (oauth.Token, error) {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		e.mu.Lock()
		e.seen = append(e.seen, r.Host+r.URL.Path+" "+r.Header.Get("Content-Type")+" "+readRefresh(r, body))
		e.mu.Unlock()
		e.hosts[r.Host](w, r)
	}))
	t.Cleanup(server.Close)
	base := &http.Transport{DialTLSContext: func(ctx context.Context, network, address string) (net.Conn, error) {
		host, _, _ := net.SplitHostPort(address)
		if e.hosts[host] == nil {
			return nil, errors.New("no route")
		}
		return (&net.Dialer{}).DialContext(ctx, network, server.Listener.Addr().String())
	}}
	t.Cleanup(base.CloseIdleConnections)
	client := &oauth.Client{Provider: Provider(), ClientID: "keystring", Transport: TokenTransport(base)}
	return client.Refresh(ctx, oauth.NewSecret(sentRefresh))
}

// requests gives what was seen so far; a server that hangs up does so without a word to the race detector.
func (e *etsyHosts) requests() []string {
	e.mu.Lock()
	defer e.mu.Unlock()
	return slices.Clone(e.seen)
}

// readRefresh gives "grant_type client_id refresh_token" of a body, however it is written.
func readRefresh(r *http.Request, body []byte) string {
	fields := map[string]string{}
	if r.Header.Get("Content-Type") == jsonType {
		json.Unmarshal(body, &fields)
	} else {
		form, _ := url.ParseQuery(string(body))
		for name := range form {
			fields[name] = form.Get(name)
		}
	}
	return strings.Join([]string{fields["grant_type"], fields["client_id"], fields["refresh_token"]}, " ")
}

// grant answers with a token, refuse with a status and a body, and hangUp not at all.
func grant(w http.ResponseWriter, _ *http.Request) { reply(w, 200, granted) }

func refuse(status int, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { reply(w, status, body) }
}

func hangUp(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }

// onlyJSON shows the defect of #1678.
func onlyJSON(w http.ResponseWriter, r *http.Request) {
	if r.Header.Get("Content-Type") == formType {
		reply(w, 403, refusedForm)
		return
	}
	grant(w, r)
}

const (
	asForm     = tokenAddress + " " + formType + " refresh_token keystring " + sentRefresh
	asJSONBody = tokenAddress + " " + jsonType + " refresh_token keystring " + sentRefresh
)

func TestTokenTransport(t *testing.T) {
	tests := map[string]struct {
		hosts map[string]http.HandlerFunc
		seen  []string
		cause Cause // of an ErrorResponse; "" for none
		fails bool  // with a TransportError
		sent  bool
	}{
		"the first answers":          {map[string]http.HandlerFunc{tokenHost: grant, apiHost: grant}, []string{tokenHost + asForm}, "", false, false},
		"only the other answers":     {map[string]http.HandlerFunc{apiHost: grant}, []string{apiHost + asForm}, "", false, false},
		"neither can be dialled":     {map[string]http.HandlerFunc{}, nil, "", true, false},
		"the first hangs up":         {map[string]http.HandlerFunc{tokenHost: hangUp, apiHost: grant}, []string{tokenHost + asForm}, "", true, true},
		"the other hangs up":         {map[string]http.HandlerFunc{apiHost: hangUp}, []string{apiHost + asForm}, "", true, true},
		"the first is at fault":      {map[string]http.HandlerFunc{tokenHost: refuse(500, `{"error":"Server Error"}`), apiHost: grant}, []string{tokenHost + asForm}, ServerFault, false, false},
		"the first knows no address": {map[string]http.HandlerFunc{tokenHost: refuse(404, `x`), apiHost: grant}, []string{tokenHost + asForm}, NotThere, false, false},
		"the form is refused":        {map[string]http.HandlerFunc{tokenHost: onlyJSON}, []string{tokenHost + asForm, tokenHost + asJSONBody}, "", false, false},
		"refused at the other":       {map[string]http.HandlerFunc{apiHost: onlyJSON}, []string{apiHost + asForm, apiHost + asJSONBody}, "", false, false},
		"refused as JSON too": {map[string]http.HandlerFunc{tokenHost: refuse(403, refusedForm)},
			[]string{tokenHost + asForm, tokenHost + asJSONBody}, KeyMalformed, false, false},
		"that text, another status": {map[string]http.HandlerFunc{tokenHost: refuse(400, refusedForm)}, []string{tokenHost + asForm}, KeyMalformed, false, false},
		"403, another text":         {map[string]http.HandlerFunc{tokenHost: refuse(403, `{"error":"Invalid API key"}`)}, []string{tokenHost + asForm}, KeyUnknown, false, false},
		"403, no JSON":              {map[string]http.HandlerFunc{tokenHost: refuse(403, `<p>should be in the format 'keystring:shared_secret'`)}, []string{tokenHost + asForm}, RequestRefused, false, false},
		"the grant is gone": {map[string]http.HandlerFunc{tokenHost: refuse(400, `{"error":"invalid_grant","error_description":"refresh_token is revoked"}`)},
			[]string{tokenHost + asForm}, RefreshRevoked, false, false},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			hosts := &etsyHosts{hosts: test.hosts}
			token, err := hosts.refresh(t, t.Context())
			if seen := hosts.requests(); !slices.Equal(seen, test.seen) {
				t.Errorf("requests: %q, want %q", seen, test.seen)
			}
			refusal, refused := errors.AsType[*oauth.ErrorResponse](err)
			if refused != (test.cause != "") || refused && CauseOf(refusal) != test.cause {
				t.Errorf("error = %v, want the cause %q", err, test.cause)
			}
			failure, failed := errors.AsType[*oauth.TransportError](err)
			if failed != test.fails || failed && failure.Sent != test.sent {
				t.Errorf("error = %#v, want failed = %v, sent = %v", err, test.fails, test.sent)
			}
			if good := test.cause == "" && !test.fails; token.Access.IsZero() == good {
				t.Errorf("error = %v, want a token = %v", err, good)
			}
		})
	}
}

func TestCancelledIsNotTriedElsewhere(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	hosts := &etsyHosts{hosts: map[string]http.HandlerFunc{apiHost: grant}}
	if _, err := hosts.refresh(t, ctx); !errors.Is(err, context.Canceled) || len(hosts.requests()) != 0 {
		t.Errorf("error = %v, %d requests", err, len(hosts.requests()))
	}
}

func TestOtherAddressesHaveOneHost(t *testing.T) {
	tries := 0
	base := &http.Transport{DialContext: func(context.Context, string, string) (net.Conn, error) {
		tries++
		return nil, errors.New("no route")
	}}
	client := &oauth.Client{Provider: oauth.Provider{TokenEndpoint: "http://127.0.0.1:1/token"}, Transport: TokenTransport(base)}
	if _, err := client.Refresh(t.Context(), oauth.NewSecret(sentRefresh)); err == nil || tries != 1 {
		t.Errorf("error = %v, %d tries", err, tries)
	}
}

// TestRepeatThatGetsLost: the repeat was sent, so nobody knows what became of it.
func TestRepeatThatGetsLost(t *testing.T) {
	hosts := &etsyHosts{hosts: map[string]http.HandlerFunc{tokenHost: func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Content-Type") == jsonType {
			hangUp(w, r)
		}
		reply(w, 403, refusedForm)
	}}}
	_, err := hosts.refresh(t, t.Context())
	if failure, ok := errors.AsType[*oauth.TransportError](err); !ok || !failure.Sent {
		t.Errorf("error = %#v, want a TransportError, sent", err)
	}
}

// TestLongRefusalIsHandedOn: what was read to see which refusal it is comes to the caller all the same.
func TestLongRefusalIsHandedOn(t *testing.T) {
	body := strings.Repeat("x", 3*longestRefusal)
	transport := TokenTransport(roundTripper(func(*http.Request) (*http.Response, error) {
		return &http.Response{StatusCode: 403, Body: io.NopCloser(strings.NewReader(body))}, nil
	}))
	request, _ := http.NewRequest(http.MethodPost, Provider().TokenEndpoint, strings.NewReader("a=b"))
	request.Header.Set("Content-Type", formType)
	response, err := transport.RoundTrip(request)
	if err != nil {
		t.Fatal(err)
	}
	if got, _ := io.ReadAll(response.Body); string(got) != body {
		t.Errorf("%d octets came, want %d", len(got), len(body))
	}
	response.Body.Close()
}
