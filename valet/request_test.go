package valet

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"valetkey/keystore"
	"valetkey/oauth"
)

// turn is one answer of a counter; its zero value is 200 with an empty object.
type turn struct {
	status int
	header string // NAME: VALUE
	body   string
	size   int   // of a body of zeros
	hangs  bool  // no answer ever comes
	breaks error // what reading the body ends with
}

// counter is a provider's token endpoint and its API, which answer as they are told and keep what they were asked.
type counter struct {
	mu       sync.Mutex
	turns    []turn // of the API, in order; then 200 for ever
	token    turn   // of the token endpoint
	expired  string // an access token that the API refuses, whatever its turn
	asked    []*http.Request
	bodies   []string
	renewals int
}

func (c *counter) RoundTrip(r *http.Request) (*http.Response, error) {
	body, _ := io.ReadAll(r.Body)
	c.mu.Lock()
	now := turn{}
	if r.URL.Path == "/token" {
		c.renewals++
		now = c.token
		if now.status == 0 {
			now.body = `{"access_token":"7.new` + strconv.Itoa(c.renewals) + `","token_type":"bearer","expires_in":3600,"refresh_token":"7.next"}`
		}
	} else {
		c.asked, c.bodies = append(c.asked, r), append(c.bodies, string(body))
		switch {
		case c.expired != "" && r.Header.Get("Authorization") == "Bearer "+c.expired:
			now.status = http.StatusUnauthorized
		case len(c.turns) > 0:
			now, c.turns = c.turns[0], c.turns[1:]
		}
	}
	c.mu.Unlock()
	if now.hangs {
		<-r.Context().Done()
		return nil, r.Context().Err()
	}
	return now.response(r), nil
}

func (n turn) response(r *http.Request) *http.Response {
	response := &http.Response{StatusCode: n.status, Header: http.Header{"Date": {time.Now().UTC().Format(http.TimeFormat)}}, Request: r}
	if n.status == 0 {
		response.StatusCode = http.StatusOK
	}
	if name, value, ok := strings.Cut(n.header, ": "); ok {
		response.Header.Set(name, value)
	}
	var body io.Reader = strings.NewReader(n.body + strings.Repeat("\x00", n.size))
	if n.breaks != nil {
		body = io.MultiReader(body, broken{n.breaks})
	}
	response.Body = io.NopCloser(body)
	return response
}

// broken is a body that ends with an error.
type broken struct{ err error }

func (b broken) Read([]byte) (int, error) { return 0, b.err }

// newCounter hangs up one key that looks fresh. kind is "etsy" for an API of Etsy's form, "bare" for a key that cannot be
// renewed, else a plain provider.
func newCounter(t *testing.T, kind string, turns ...turn) (*counter, *Valet, ID) {
	t.Helper()
	c := &counter{turns: turns}
	provider := oauth.Provider{
		ID: "sky", Name: "Sky", AuthorizationEndpoint: "https://sky.example/authorize", TokenEndpoint: "https://sky.example/token",
		API: "https://api.sky.example/base", Headers: map[string]string{"x-api-key": "{client_id}"},
	}
	store, folder := keystore.NewMemory(nil), t.TempDir()
	v := New(Options{
		Folders: Folders{Config: folder, State: folder}, Keyring: store, Network: c,
		Builtin: []Builtin{{
			Market:    Market{Provider: provider, BuiltIn: true, EtsyAPI: kind == "etsy"},
			Key:       &NewAppKey{Provider: "sky", Label: "sky", ClientID: "station", Redirect: "http://localhost:3003/oauth/redirect"},
			Transport: c,
		}},
	})
	now := time.Now().UTC().Round(0)
	token := oauth.Token{Access: oauth.NewSecret("7.old"), Refresh: oauth.NewSecret("7.refresh"), Received: now, Life: time.Hour, Expires: now.Add(time.Hour)}
	if kind == "bare" {
		token.Refresh = oauth.Secret{}
	}
	r := record{ID: "one", Name: "shop", Provider: "sky", AppKey: "builtin-sky", Connected: now,
		Endpoints: endpointsOf(provider, AppKey{ClientID: "station", BuiltIn: true})}.take(token, habits{})
	err := v.ledger.catalog.update(t.Context(), func(i *index) error {
		i.put(entryOf(r.connection(), r.Generation))
		return (item{r.ID, store}).write(t.Context(), r)
	})
	if err == nil {
		err = v.Load(t.Context())
	}
	if err != nil {
		t.Fatal(err)
	}
	return c, v, r.ID
}

// errandRow is one request, what it meets, and all that may come of it.
type errandRow struct {
	name, kind string
	method     string // "": POST with a body
	turns      []turn
	token      turn // what the token endpoint says to a renewal; zero: it gives one

	want     Kind
	subject  string
	status   int
	sent     int // requests
	renewals int
	took     time.Duration // in waiting
	again    time.Duration // RetryAfter
}

const minute = time.Minute

func TestErrands(t *testing.T) {
	for _, row := range append(errandRows, pauseRows...) {
		t.Run(row.name, func(t *testing.T) { synctest.Test(t, row.try) })
	}
}

func (row errandRow) try(t *testing.T) {
	c, v, id := newCounter(t, row.kind, row.turns...)
	c.token = row.token
	r := Request{Method: row.method, Path: "/orders/%2F?a=1&a=", Patience: minute}
	if r.Method == "" {
		r.Method = http.MethodPost
		r.Body, r.ContentType = Form([]Field{{"b", "2 ä"}, {"a", ""}, {"b", "&"}})
	}
	began := time.Now()
	reply, err := v.Requests.Send(t.Context(), id, r)
	if took := time.Since(began); took != row.took {
		t.Errorf("it took %v, want %v", took, row.took)
	}
	var told *Error
	errors.As(err, &told)
	if KindOf(err) != row.want || reply.Status != row.status {
		t.Errorf("%d, %v; want %d, %s", reply.Status, err, row.status, row.want)
	} else if told != nil && (row.subject != "" && told.Subject != row.subject || told.RetryAfter != row.again) {
		t.Errorf("told of %q, %v; want %q, %v", told.Subject, told.RetryAfter, row.subject, row.again)
	}
	if len(c.asked) != row.sent || c.renewals != row.renewals {
		t.Errorf("%d requests and %d renewals, want %d and %d", len(c.asked), c.renewals, row.sent, row.renewals)
	}
	for n, asked := range c.asked {
		if asked.URL.String() != "https://api.sky.example/base/orders/%2F?a=1&a=" || asked.Method != r.Method || c.bodies[n] != string(r.Body) {
			t.Errorf("request %d: %s %s %q", n, asked.Method, asked.URL, c.bodies[n])
		}
		bearer := "Bearer 7.old"
		if row.renewals > 0 && n == row.sent-1 && n > 0 {
			bearer = "Bearer 7.new1"
		}
		if asked.Header.Get("Authorization") != bearer || asked.Header.Get("X-Api-Key") != "station" || asked.Header.Get("Content-Type") != r.ContentType {
			t.Errorf("request %d: %v", n, asked.Header)
		}
	}
	v.Wait()
}

// TestErrandsShareOneRenewal: many requests find the same token expired, and it is renewed once.
func TestErrandsShareOneRenewal(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, v, id := newCounter(t, "")
		c.expired = "7.old"
		var all sync.WaitGroup
		for range 4 {
			all.Go(func() {
				if reply, err := v.Requests.Send(t.Context(), id, Request{Method: "GET", Path: "/x"}); err != nil || reply.Status != 200 {
					t.Errorf("%d, %v", reply.Status, err)
				}
			})
		}
		all.Wait()
		if c.renewals != 1 {
			t.Errorf("%d renewals", c.renewals)
		}
	})
}

func TestAnErrandIsGivenUpInAPause(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		_, v, id := newCounter(t, "", turn{status: 429, header: "Retry-After: 30"})
		ctx, cancel := context.WithCancel(t.Context())
		var told time.Duration
		reply, err := v.Requests.Send(ctx, id, Request{Method: "GET", Path: "/x", Patience: minute, Waiting: func(pause time.Duration) {
			told = pause
			cancel()
		}})
		if KindOf(err) != Cancelled || reply.Status != 429 || told != 30*time.Second {
			t.Errorf("%d, %v, after a pause of %v was told", reply.Status, err, told)
		}
	})
}

func TestAReplySaysWhatIsLeftAndWhereItPoints(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		_, v, id := newCounter(t, "", turn{header: "X-Remaining-Today: 4711"}, turn{status: 301, header: "Location: https://evil.example/\x1b[2J"})
		reply, err := v.Requests.Send(t.Context(), id, Request{Method: "GET", Path: "/x"})
		if err != nil || reply.CallsLeft != 4711 || reply.Location() != "" {
			t.Errorf("%+v, %v", reply.CallsLeft, err)
		}
		reply, _ = v.Requests.Send(t.Context(), id, Request{Method: "GET", Path: "/x"})
		if reply.Location() != "https://evil.example/ [2J" || reply.CallsLeft != -1 {
			t.Errorf("%q", reply.Location())
		}
		if err := v.Requests.Check(id, "/../x"); KindOf(err) != BadTarget || err.(*Error).Provider != "Sky" {
			t.Errorf("%v", err)
		}
	})
}
