package oauth

import (
	"compress/gzip"
	"context"
	"errors"
	"io"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// bodies: the keys and values that the provider has to see, and no other, for each call and way to authenticate.
var bodies = map[string]struct {
	method AuthMethod
	call   func(*Client, *AuthorizationRequest) error
	want   map[string]string
	basic  bool
}{
	"exchange": {"", callExchange, map[string]string{"grant_type": "authorization_code", "code": testCode,
		"redirect_uri": "http://localhost:3003/oauth/redirect", "code_verifier": testVerifier, "client_id": "app:1"}, false},
	"exchange, none": {AuthNone, callExchange, map[string]string{"grant_type": "authorization_code", "code": testCode,
		"redirect_uri": "http://localhost:3003/oauth/redirect", "code_verifier": testVerifier, "client_id": "app:1"}, false},
	"exchange, post": {AuthSecretPost, callExchange, map[string]string{"grant_type": "authorization_code", "code": testCode,
		"redirect_uri": "http://localhost:3003/oauth/redirect", "code_verifier": testVerifier, "client_id": "app:1",
		"client_secret": testOddSecret}, false},
	"exchange, basic": {AuthSecretBasic, callExchange, map[string]string{"grant_type": "authorization_code", "code": testCode,
		"redirect_uri": "http://localhost:3003/oauth/redirect", "code_verifier": testVerifier}, true},
	"refresh": {AuthNone, callRefresh, map[string]string{"grant_type": "refresh_token", "refresh_token": testRefresh,
		"client_id": "app:1"}, false},
	"refresh, post": {AuthSecretPost, callRefresh, map[string]string{"grant_type": "refresh_token", "refresh_token": testRefresh,
		"client_id": "app:1", "client_secret": testOddSecret}, false},
	"refresh, basic": {AuthSecretBasic, callRefresh, map[string]string{"grant_type": "refresh_token",
		"refresh_token": testRefresh}, true},
	"revoke": {AuthNone, callRevoke, map[string]string{"token": testRefresh, "token_type_hint": "refresh_token",
		"client_id": "app:1"}, false},
	"revoke, basic": {AuthSecretBasic, callRevoke, map[string]string{"token": testRefresh,
		"token_type_hint": "refresh_token"}, true},
}

const testOddSecret = testClient + "p+q %2F:/&=s"

func callExchange(c *Client, r *AuthorizationRequest) error {
	_, err := c.Exchange(context.Background(), r, NewSecret(testCode))
	return err
}

func callRefresh(c *Client, _ *AuthorizationRequest) error {
	_, err := c.Refresh(context.Background(), NewSecret(testRefresh))
	return err
}

func callRevoke(c *Client, _ *AuthorizationRequest) error {
	return c.Revoke(context.Background(), NewSecret(testRefresh), HintRefreshToken)
}

func TestWhatTheProviderSees(t *testing.T) {
	for name, test := range bodies {
		t.Run(name, func(t *testing.T) {
			provider := serve(t, answer(200, goodAnswer("", ""), "Set-Cookie", "id=1"))
			client := provider.client()
			client.ClientID, client.ClientSecret, client.Provider.AuthMethod = "app:1", NewSecret(testOddSecret), test.method
			for range 2 { // twice: the cookie must not come back
				if err := test.call(client, provider.request()); err != nil {
					t.Fatal(err)
				}
			}
			for _, seen := range provider.requests() {
				checkSeen(t, seen, test.want, test.basic)
			}
		})
	}
}

func checkSeen(t *testing.T, seen seenRequest, want map[string]string, basic bool) {
	t.Helper()
	form, err := url.ParseQuery(seen.body)
	got := map[string]string{}
	for key, values := range form {
		got[key] = strings.Join(values, "|")
	}
	if err != nil || !maps.Equal(got, want) {
		t.Errorf("body = %v (%v), want %v", got, err, want)
	}
	if seen.method != http.MethodPost || seen.query != "" {
		t.Errorf("%s with query %q, want POST without", seen.method, seen.query)
	}
	// "app%3A1:" + the secret, form-encoded, in base64 (RFC 6749 2.3.1).
	id, secret, ok := (&http.Request{Header: seen.header}).BasicAuth()
	id, _ = url.QueryUnescape(id)
	secret, _ = url.QueryUnescape(secret)
	if ok != basic || basic && (id != "app:1" || secret != testOddSecret) {
		t.Errorf("basic authentication = %v with %q and %q, want %v", ok, id, secret, basic)
	}
	names := slices.Sorted(maps.Keys(seen.header))
	wanted := []string{"Accept", "Accept-Encoding", "Content-Length", "Content-Type", "User-Agent"}
	if basic {
		wanted = slices.Insert(wanted, 2, "Authorization")
	}
	if !slices.Equal(names, wanted) {
		t.Errorf("headers = %v, want %v", names, wanted)
	}
	for name, value := range map[string]string{
		"Accept": "application/json", "Content-Type": "application/x-www-form-urlencoded", "User-Agent": "ValetKey",
	} {
		if seen.header.Get(name) != value {
			t.Errorf("%s: %s, want %s", name, seen.header.Get(name), value)
		}
	}
}

func TestUnknownAuthMethodSendsNothing(t *testing.T) {
	provider := serve(t, answer(200, goodAnswer("", "")))
	client := provider.client()
	client.Provider.AuthMethod = "private_key_jwt"
	if err := callRefresh(client, nil); err == nil || len(provider.requests()) != 0 {
		t.Errorf("error %v, %d requests", err, len(provider.requests()))
	}
}

func TestBadEndpointIsSentNothing(t *testing.T) {
	calls := 0
	transport := roundTripper(func(*http.Request) (*http.Response, error) { calls++; return nil, io.EOF })
	for endpoint, want := range map[string]error{
		"http://id.example/token?x=" + testBody:     ErrPlainAddress,
		"http://localhost.evil.example/token":       ErrPlainAddress,
		"https://" + testBody + "@id.example/token": ErrOddAddress,
		"":                                  ErrNoAddress,
		"https://id.example/%zz" + testBody: ErrNoAddress,
	} {
		client := &Client{Provider: Provider{TokenEndpoint: endpoint, RevocationEndpoint: endpoint}, Transport: transport}
		err := callRefresh(client, nil)
		checkClean(t, err)
		if err == nil || want != ErrNoAddress && !errors.Is(err, want) {
			t.Errorf("%s: error = %v, want %v", endpoint, err, want)
		}
	}
	if calls != 0 {
		t.Errorf("%d requests were sent", calls)
	}
}

func TestRedirectsAreNotFollowed(t *testing.T) {
	for _, status := range []int{300, 301, 302, 303, 304, 305, 307, 308} {
		for name, call := range map[string]func(*Client, *AuthorizationRequest) error{
			"exchange": callExchange, "refresh": callRefresh, "revoke": callRevoke,
		} {
			elsewhere := serve(t, answer(200, goodAnswer("", "")))
			provider := serve(t, answer(status, "", "Location", elsewhere.URL+"/token?x="+testBody))
			err := call(provider.client(), provider.request())
			checkClean(t, err)
			unusable, ok := errors.AsType[*AnswerError](err)
			if !ok || unusable.Status != status || !strings.Contains(err.Error(), "redirect") {
				t.Errorf("%s, %d: error = %v, want one that says it redirects", name, status, err)
			}
			if len(elsewhere.requests()) != 0 || len(provider.requests()) != 1 {
				t.Errorf("%s, %d: the second listener saw %d requests, the first %d", name, status,
					len(elsewhere.requests()), len(provider.requests()))
			}
		}
	}
}

// bad are answers that cannot be read to their end, or only by somebody with much memory.
var bad = map[string]struct {
	respond http.HandlerFunc
	reason  string
}{
	"3 MiB": {answer(200, `{"access_token":"`+strings.Repeat("x", 3<<20)+`"}`), "larger"},
	"endless": {func(w http.ResponseWriter, _ *http.Request) {
		for err := error(nil); err == nil; {
			_, err = io.WriteString(w, strings.Repeat(testBody, 1000))
		}
	}, "larger"},
	"a compressed bomb": {func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		bomb := gzip.NewWriter(w)
		for range 64 {
			io.WriteString(bomb, strings.Repeat(" ", 1<<20))
		}
		bomb.Close()
	}, "larger"},
	"less than promised": {func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "400")
		io.WriteString(w, goodAnswer("", ""))
	}, "cut short"},
	"a broken chunk": {func(w http.ResponseWriter, _ *http.Request) {
		io.WriteString(w, goodAnswer("", ""))
		http.NewResponseController(w).Flush()
		panic(http.ErrAbortHandler)
	}, "cut short"},
	"not compressed at all": {answer(200, testBody, "Content-Encoding", "gzip"), "garbled"},
	"half a compressed text": {func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		io.WriteString(w, "\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff\xaaV")
	}, "cut short"},
}

func TestBodiesWithoutEnd(t *testing.T) {
	for name, test := range bad {
		t.Run(name, func(t *testing.T) {
			_, err := exchange(t, test.respond)
			unusable, ok := errors.AsType[*AnswerError](err)
			if !ok || !strings.Contains(unusable.Reason, test.reason) {
				t.Errorf("error = %v, want an AnswerError with %q", err, test.reason)
			}
		})
	}
}

func TestAnswerOfOneMiB(t *testing.T) {
	body := goodAnswer("", "")
	body += strings.Repeat(" ", answerSize-len(body))
	if _, err := exchange(t, answer(200, body)); err != nil {
		t.Errorf("1 MiB: %v", err)
	}
	_, err := exchange(t, answer(200, body+" "))
	if _, ok := errors.AsType[*AnswerError](err); !ok {
		t.Errorf("1 MiB and one: %v", err)
	}
}

// dripping gives one octet every 200 ms, for ever.
type dripping struct{ ctx context.Context }

func (d dripping) Read(p []byte) (int, error) {
	select {
	case <-time.After(200 * time.Millisecond):
		p[0] = ' '
		return 1, nil
	case <-d.ctx.Done():
		return 0, d.ctx.Err()
	}
}

// roundTripper makes a function a transport.
type roundTripper func(*http.Request) (*http.Response, error)

func (f roundTripper) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

func TestTheWholeCallHasALimit(t *testing.T) {
	transports := map[string]roundTripper{
		"a slow body": func(r *http.Request) (*http.Response, error) {
			return &http.Response{StatusCode: 200, Body: io.NopCloser(dripping{r.Context()})}, nil
		},
		"no header": func(r *http.Request) (*http.Response, error) {
			<-r.Context().Done()
			return nil, r.Context().Err()
		},
	}
	for name, transport := range transports {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				start := time.Now()
				client := &Client{Provider: Provider{TokenEndpoint: "https://id.example/token"}, Transport: transport}
				_, err := client.Refresh(t.Context(), NewSecret(testRefresh))
				failure, ok := errors.AsType[*TransportError](err)
				if !ok || !failure.Sent || !errors.Is(err, context.DeadlineExceeded) {
					t.Errorf("error = %v, want a deadline, sent", err)
				}
				if took := time.Since(start); took != callTime {
					t.Errorf("it took %v, want %v", took, callTime)
				}
			})
		})
	}
}

func TestCancelledCall(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	provider := serve(t, func(_ http.ResponseWriter, r *http.Request) {
		cancel()
		<-r.Context().Done()
	})
	_, err := provider.client().Refresh(ctx, NewSecret(testRefresh))
	if failure, ok := errors.AsType[*TransportError](err); !ok || !failure.Sent || !errors.Is(err, context.Canceled) {
		t.Errorf("error = %#v, want cancelled, sent", err)
	}
}
