package oauth1

import (
	"errors"
	"io"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"valetkey/oauth"
)

// Requirement G91: a clock that is off.

// TestG91Learns: twenty minutes off, in either direction, the first request is sent twice and every later one once; a server
// that names no problem is understood by its Date.
func TestG91Learns(t *testing.T) {
	for _, ahead := range []time.Duration{20 * time.Minute, -20 * time.Minute, 400 * 24 * time.Hour} {
		for _, mute := range []bool{false, true} {
			s := newShop(t, func(s *shop) { s.ahead, s.mute = ahead, mute })
			client := s.client()
			credentials := walkThrough(t, s, client)
			request, _ := http.NewRequestWithContext(t.Context(), http.MethodPut, s.URL+"/x", strings.NewReader("a=1"))
			request.Header.Set("Content-Type", form)
			received, err := client.Fetch(request, credentials)
			paths, seen := s.requests()
			if err != nil || received.Status != 200 || len(paths) != 4 {
				t.Fatalf("%v, mute %v: %+v, %v, %q", ahead, mute, received, err, paths)
			}
			if off := (client.offset() - ahead).Abs(); off > 2*time.Second {
				t.Errorf("learned %v, want %v", client.offset(), ahead)
			}
			if err := client.Sign(request, credentials); err != nil {
				t.Fatal(err)
			}
			seconds := headerFields(t, request.Header.Get("Authorization"))["oauth_timestamp"]
			if at, err := strconv.ParseInt(seconds, 10, 64); err != nil || time.Until(time.Unix(at, 0).Add(-ahead)).Abs() > 3*time.Second {
				t.Errorf("signed at %s, %v", seconds, err)
			}
			first, second := nonceIn(seen[0]), nonceIn(seen[1])
			if first == "" || first == second {
				t.Errorf("nonces %q and %q", first, second)
			}
		}
	}
}

func nonceIn(dump string) string {
	_, rest, _ := strings.Cut(dump, `oauth_nonce="`)
	nonce, _, _ := strings.Cut(rest, `"`)
	return nonce
}

// TestG91NotAgain: what is sent once only, and that nothing is learned from it.
func TestG91NotAgain(t *testing.T) {
	const hour = time.Hour
	for name, c := range map[string]struct {
		status    int
		ahead     time.Duration
		challenge string
		body      string
		tries     int
	}{
		"the clock is right":           {401, 0, "", "", 1},
		"half a minute":                {401, 30 * time.Second, "", "", 1},
		"half a minute, and refused":   {401, 30 * time.Second, `OAuth oauth_problem="timestamp_refused"`, "", 2},
		"refused, the clock is right":  {401, 0, `OAuth oauth_problem="timestamp_refused"`, "", 1},
		"refused in the body":          {400, hour, "", "oauth_problem=timestamp_refused&x=1", 2},
		"refused every time":           {403, hour, `OAuth oauth_problem="timestamp_refused"`, "", 2},
		"another problem":              {401, hour, `OAuth oauth_problem="token_rejected"`, "", 1},
		"another problem, in the body": {401, hour, "", "oauth_problem=nonce_used", 1},
		"forbidden without a problem":  {403, hour, "", "", 1},
		"unauthorized without one":     {401, hour, "", "no", 2},
		"broken":                       {500, hour, `OAuth oauth_problem="timestamp_refused"`, "", 1},
		"busy":                         {503, hour, "", "oauth_problem=timestamp_refused", 1},
		"a success":                    {200, hour, "", "oauth_problem=timestamp_refused", 1},
	} {
		t.Run(name, func(t *testing.T) {
			s := newShop(t, func(s *shop) {
				s.ahead = c.ahead
				s.instead = func(w http.ResponseWriter, r *http.Request) bool {
					if c.challenge != "" {
						w.Header().Set("WWW-Authenticate", c.challenge)
					}
					w.WriteHeader(c.status)
					io.WriteString(w, c.body)
					return true
				}
			})
			client := s.client()
			request, _ := http.NewRequestWithContext(t.Context(), http.MethodPost, s.URL+"/x", strings.NewReader(`{"a":1}`))
			received, err := client.Fetch(request, Credentials{})
			if err != nil || received.Status != c.status || string(received.Body) != c.body {
				t.Errorf("%+v, %v", received, err)
			}
			paths, seen := s.requests()
			if len(paths) != c.tries || client.offset() != 0 {
				t.Errorf("sent %d times, want %d; learned %v", len(paths), c.tries, client.offset())
			}
			for _, text := range seen {
				if !strings.HasSuffix(text, `{"a":1}`) {
					t.Errorf("sent %s", text)
				}
			}
		})
	}
}

// TestG91OneReading: a body that can be read only once is sent only once, unless it is a form, which was read to be signed.
func TestG91OneReading(t *testing.T) {
	for kind, want := range map[string]int{"application/json": 403, form: 200} {
		s := newShop(t, func(s *shop) { s.ahead = time.Hour })
		body := &counted{Reader: io.MultiReader(strings.NewReader("a=1"))}
		request, _ := http.NewRequestWithContext(t.Context(), http.MethodPost, s.URL+"/x", body)
		request.Header.Set("Content-Type", kind)
		received, err := s.client().Fetch(request, Credentials{})
		if err != nil || received.Status != want || body.closed == 0 {
			t.Errorf("%s: %+v, %v, closed %d times", kind, received, err, body.closed)
		}
	}
}

type counted struct {
	io.Reader
	closed int
}

func (c *counted) Close() error { c.closed++; return nil }

// TestG91Told: a server that insists is quoted, with how far its clock is off.
func TestG91Told(t *testing.T) {
	s := newShop(t, func(s *shop) { s.ahead, s.window = 20*time.Minute, -1 })
	_, err := s.client().TemporaryCredentials(t.Context(), OutOfBand, nil)
	problem, ok := errors.AsType[*ProblemError](err)
	if !ok || problem.Problem != TimestampRefused || (problem.ClockOff-20*time.Minute).Abs() > 2*time.Second {
		t.Errorf("%+v", err)
	}
	if paths, _ := s.requests(); len(paths) != 2 {
		t.Errorf("sent %q", paths)
	}
}

// TestG91LostSecondTry: if the second try gets no answer, that is what the caller hears, and nothing is learned.
func TestG91LostSecondTry(t *testing.T) {
	s := newShop(t, func(s *shop) { s.ahead = time.Hour })
	client, tries := s.client(), 0
	client.Transport = roundTrip(func(request *http.Request) (*http.Response, error) {
		if tries++; tries == 2 {
			return nil, io.ErrUnexpectedEOF
		}
		return s.Client().Transport.RoundTrip(request)
	})
	_, err := client.TemporaryCredentials(t.Context(), OutOfBand, nil)
	failure, ok := errors.AsType[*oauth.TransportError](err)
	if !ok || !failure.Sent || tries != 2 || client.offset() != 0 {
		t.Errorf("%v after %d tries", err, tries)
	}
}
