package oauth1

import (
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"valetkey/oauth"
)

// Requirements G85 to G90 and G100, against a server that checks signatures itself.

// signed sends one request, signed with the client's credentials.
func signed(t testing.TB, s *shop, method, path, kind, body string) *oauth.Received {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), method, s.URL+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	if kind != "" {
		request.Header.Set("Content-Type", kind)
	}
	received, err := s.client().Fetch(request, Credentials{})
	if err != nil {
		t.Fatal(err)
	}
	return received
}

const form = "application/x-www-form-urlencoded"

// TestG85SignedAsSent: the path arrives to the letter, and that is what was signed.
func TestG85SignedAsSent(t *testing.T) {
	s := newShop(t, nil)
	for _, path := range []string{
		"/a%2Fb", "/a%2fb", "/a+b", "/%7Eme", "/~me", "//a//", "/a/../b", "/caf%C3%A9", "/a:b@c;d=e,f", "/%41", "/a%20b?x=1", "/?", "/",
	} {
		received := signed(t, s, http.MethodGet, path, "", "")
		paths, _ := s.requests()
		if last := paths[len(paths)-1]; received.Status != 200 || last != "GET "+path {
			t.Errorf("%s: %d, asked %s", path, received.Status, last)
		}
	}
}

// TestG87Plus: what a query says arrives as it was meant.
func TestG87Plus(t *testing.T) {
	s := newShop(t, nil)
	for query, want := range map[string]url.Values{
		"a=x+y&b=x%2By":       {"a": {"x y"}, "b": {"x+y"}},
		"a=x%20y&a=x+y&a":     {"a": {"x y", "x y", ""}},
		"a=1&a=10&a=2&c%40=1": {"a": {"1", "10", "2"}, "c@": {"1"}},
	} {
		received := signed(t, s, http.MethodGet, "/v2/x?"+query, "", "")
		if received.Status != 200 || s.form.Encode() != want.Encode() {
			t.Errorf("%s: %d, %v", query, received.Status, s.form)
		}
	}
}

// changing is a transport that changes the body on its way.
type changing struct {
	http.RoundTripper
	body string
}

func (c changing) RoundTrip(request *http.Request) (*http.Response, error) {
	request.Body = io.NopCloser(strings.NewReader(c.body))
	return c.RoundTripper.RoundTrip(request)
}

// TestG89Bodies: a form is signed, and nothing else is.
func TestG89Bodies(t *testing.T) {
	const products = "products=%5B%7B%22sku%22%3A%22a%2Bb%22%7D%5D&price_on_property=1+2"
	s := newShop(t, nil)
	if received := signed(t, s, http.MethodPut, "/v2/listings/1/inventory", form, products); received.Status != 200 {
		t.Errorf("a form: %d", received.Status)
	}
	if got := s.form.Get("products") + s.form.Get("price_on_property"); got != `[{"sku":"a+b"}]1 2` {
		t.Errorf("arrived %q", got)
	}
	for kind, body := range map[string]string{
		"application/json": `{"a=1&b":2}`, "multipart/form-data; boundary=x": "--x--\r\n", "": "a=1", "text/plain": "%zz",
	} {
		if received := signed(t, s, http.MethodPost, "/v2/x?q=1", kind, body); received.Status != 200 {
			t.Errorf("%q: %d", kind, received.Status)
		}
	}
	client := s.client()
	for body, want := range map[string]int{products: 200, strings.Replace(products, "1+2", "1+3", 1): 403} {
		client.Transport = changing{s.Client().Transport, body}
		request, _ := http.NewRequestWithContext(t.Context(), http.MethodPut, s.URL+"/x", strings.NewReader(products))
		request.Header.Set("Content-Type", form)
		received, err := client.Fetch(request, Credentials{})
		if err != nil || received.Status != want {
			t.Errorf("%s: %+v, %v", body, received, err)
		}
		if want == 403 && client.Problem(received, Credentials{}).Problem != SignatureInvalid {
			t.Errorf("problem %+v", client.Problem(received, Credentials{}))
		}
	}
}

// TestG89OneReading: a form that can be read only once is signed and sent whole; one that is too large, or fails, is not sent.
func TestG89OneReading(t *testing.T) {
	s := newShop(t, nil)
	for _, c := range []struct {
		body io.Reader
		err  error
		want string
	}{
		{io.MultiReader(strings.NewReader("a=1&"), strings.NewReader("b=2")), nil, "a=1&b=2"},
		{io.MultiReader(strings.NewReader("a=" + strings.Repeat("x", largestForm))), ErrLargeForm, ""},
		{io.MultiReader(strings.NewReader("a="), failing{}), errBody, ""},
	} {
		s.form = nil
		body := &counted{Reader: c.body}
		request, _ := http.NewRequestWithContext(t.Context(), http.MethodPost, s.URL+"/x", body)
		request.Header.Set("Content-Type", form)
		_, err := s.client().Fetch(request, Credentials{})
		if body.closed == 0 {
			t.Errorf("%v: the body stays open", c.err)
		}
		if !errors.Is(err, c.err) || s.form.Encode() != c.want {
			t.Errorf("error %v, arrived %.40q, want %v, %q", err, s.form.Encode(), c.err, c.want)
		}
	}
}

type failing struct{}

func (failing) Read([]byte) (int, error) { return 0, errors.New("SECRET") }

// TestG90Nonces: a thousand requests, many at once, and no nonce twice; a second try is signed anew.
func TestG90Nonces(t *testing.T) {
	s := newShop(t, nil)
	client := s.client()
	var group sync.WaitGroup
	for range 10 {
		group.Go(func() {
			for range 100 {
				request, _ := http.NewRequestWithContext(t.Context(), http.MethodGet, s.URL+"/x", nil)
				if received, err := client.Fetch(request, Credentials{}); err != nil || received.Status != 200 {
					t.Errorf("%+v, %v", received, err)
					return
				}
			}
		})
	}
	group.Wait()
	nonces := map[string]bool{}
	for range 1000 {
		request, _ := http.NewRequest(http.MethodGet, s.URL, nil)
		if err := client.Sign(request, Credentials{}); err != nil {
			t.Fatal(err)
		}
		fields := headerFields(t, request.Header.Get("Authorization"))
		nonces[fields["oauth_nonce"]] = true
		if len(fields["oauth_nonce"]) < 26 || len(fields["oauth_timestamp"]) != 10 { // 26 characters of base32 are 128 bits
			t.Fatalf("%v", fields)
		}
	}
	if len(nonces) != 1000 {
		t.Errorf("%d nonces", len(nonces))
	}
}

// TestG90TimeOut: a request that got no answer is not sent again by us, and the caller's second try is a new one.
func TestG90TimeOut(t *testing.T) {
	s := newShop(t, nil)
	losing := &losing{RoundTripper: s.Client().Transport}
	client := s.client()
	client.Transport = losing
	for try := range 2 {
		request, _ := http.NewRequestWithContext(t.Context(), http.MethodPost, s.URL+"/x", nil)
		received, err := client.Fetch(request, Credentials{})
		failure, lost := errors.AsType[*oauth.TransportError](err)
		if try == 0 && (!lost || !failure.Sent) || try == 1 && (err != nil || received.Status != 200) {
			t.Fatalf("try %d: %+v, %v", try, received, err)
		}
	}
	headers := losing.headers
	if len(headers) != 2 || headerFields(t, headers[0])["oauth_nonce"] == headerFields(t, headers[1])["oauth_nonce"] {
		t.Errorf("sent %q", headers)
	}
}

// losing is a transport that loses the first answer.
type losing struct {
	http.RoundTripper
	headers []string
}

func (h *losing) RoundTrip(request *http.Request) (*http.Response, error) {
	h.headers = append(h.headers, request.Header.Get("Authorization"))
	response, err := h.RoundTripper.RoundTrip(request)
	if len(h.headers) == 1 {
		response.Body.Close()
		return nil, errors.New("lost")
	}
	return response, err
}

// TestG100Redirects: a signed request follows no redirect, whichever it is.
func TestG100Redirects(t *testing.T) {
	for _, status := range []int{301, 302, 303, 307, 308} {
		var elsewhere bool
		s := newShop(t, func(s *shop) {
			s.instead = func(w http.ResponseWriter, r *http.Request) bool {
				elsewhere = elsewhere || r.URL.Path == "/elsewhere"
				w.Header().Set("Location", "/elsewhere")
				w.WriteHeader(status)
				return true
			}
		})
		client := s.client()
		_, err := client.TemporaryCredentials(t.Context(), OutOfBand, nil)
		answer, ok := errors.AsType[*oauth.AnswerError](err)
		if !ok || answer.Status != status || !strings.Contains(answer.Reason, "redirects") {
			t.Errorf("%d: %v", status, err)
		}
		request, _ := http.NewRequestWithContext(t.Context(), http.MethodGet, s.URL+"/x", nil)
		received, err := client.Fetch(request, Credentials{})
		if err != nil || received.Status != status || elsewhere {
			t.Errorf("%d: %+v, %v, followed %v", status, received, err, elsewhere)
		}
	}
}

// TestLimits: no answer in 20 s, and none larger than 1 MiB, as everywhere.
func TestLimits(t *testing.T) {
	s := newShop(t, func(s *shop) {
		s.instead = func(w http.ResponseWriter, r *http.Request) bool {
			io.WriteString(w, strings.Repeat("a=1&", 300_000))
			return true
		}
	})
	_, err := s.client().TemporaryCredentials(t.Context(), OutOfBand, nil)
	if answer, ok := errors.AsType[*oauth.AnswerError](err); !ok || !strings.Contains(answer.Reason, "1 MiB") {
		t.Errorf("1 MiB: %v", err)
	}
	busy := newShop(t, func(s *shop) {
		s.instead = func(w http.ResponseWriter, r *http.Request) bool {
			w.WriteHeader(http.StatusServiceUnavailable)
			io.WriteString(w, strings.Repeat("a=1&", 300_000))
			return true
		}
	})
	_, err = busy.client().TemporaryCredentials(t.Context(), OutOfBand, nil)
	if problem, ok := errors.AsType[*ProblemError](err); !ok || !problem.Transient() {
		t.Errorf("1 MiB of an error: %v", err)
	}
	if deadline := time.Until(deadlineOf(t, s)); deadline <= 0 || deadline > 20*time.Second {
		t.Errorf("the limit is %v away", deadline)
	}
}

// deadlineOf gives the time limit of a call as its transport sees it.
func deadlineOf(t *testing.T, s *shop) (deadline time.Time) {
	t.Helper()
	client := s.client()
	client.Transport = roundTrip(func(request *http.Request) (*http.Response, error) {
		deadline, _ = request.Context().Deadline()
		return nil, io.EOF
	})
	if _, err := client.TemporaryCredentials(t.Context(), OutOfBand, nil); err == nil {
		t.Error("an end without an answer is none")
	}
	return deadline
}

type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(request *http.Request) (*http.Response, error) { return f(request) }

// TestRefusedUnsent: what cannot be signed is not sent, and its body is closed all the same.
func TestRefusedUnsent(t *testing.T) {
	s := newShop(t, nil)
	for query, want := range map[string]error{"?oauth_token=x": ErrReserved, "?a=%2": ErrEncoding} {
		body := &counted{Reader: strings.NewReader("{}")}
		request, _ := http.NewRequestWithContext(t.Context(), http.MethodPost, s.URL+"/x"+query, body)
		if _, err := s.client().Fetch(request, Credentials{}); !errors.Is(err, want) || body.closed == 0 {
			t.Errorf("%s: %v, closed %d times", query, err, body.closed)
		}
	}
	if paths, _ := s.requests(); len(paths) != 0 {
		t.Errorf("sent %q", paths)
	}
}
