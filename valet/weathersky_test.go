package valet

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"
)

// sky is a strict provider in this process: it rotates refresh tokens, ends the whole family when a spent one is shown, and has
// weather. Account n draws its weather from a source of its own, so that a seed gives the same weather again.
type sky struct {
	weather weather

	mu       sync.Mutex
	accounts []*account
	quiet    time.Time // until when it has asked to be left alone
	early    int       // background requests before that
}

// weather is how likely each fault is, for one request.
type weather struct{ failing, busy, silent, cut, lost float64 }

// account is one shop's family of tokens, and what happened to it.
type account struct {
	weather *rand.Rand
	serial  int // of the refresh token that is good
	expires time.Time
	ended   bool

	requests, faults, lost int
}

func newSky(seed uint64, accounts int, w weather) *sky {
	s := &sky{weather: w}
	for n := range accounts {
		s.accounts = append(s.accounts, &account{weather: rand.New(rand.NewPCG(seed, uint64(n)))})
	}
	return s
}

// personal marks a request that a person waits for: only what goes on by itself has to obey Retry-After.
type personal struct{}

func (s *sky) RoundTrip(r *http.Request) (*http.Response, error) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, err
	}
	form, err := url.ParseQuery(string(body))
	if err != nil {
		return nil, err
	}
	var n, serial int
	if _, err := fmt.Sscanf(form.Get("refresh_token"), "%d.refresh.%d", &n, &serial); err != nil {
		return nil, err
	}
	s.mu.Lock()
	a := s.accounts[n]
	a.requests++
	if time.Now().Before(s.quiet) && r.Context().Value(personal{}) == nil {
		s.early++
	}
	latency := time.Duration(50+a.weather.IntN(350)) * time.Millisecond
	draw, wait := a.weather.Float64(), time.Duration(30+a.weather.IntN(870))*time.Second
	s.mu.Unlock()
	<-time.After(latency)
	return s.answer(r.Context(), n, serial, draw, wait)
}

// answer acts, or does what the weather has it do instead.
func (s *sky) answer(ctx context.Context, n, serial int, draw float64, wait time.Duration) (*http.Response, error) {
	falls := func(likely float64) bool { draw -= likely; return draw < 0 }
	a := s.accounts[n]
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case falls(s.weather.failing):
		a.faults++
		return reply(http.StatusInternalServerError, nil, map[string]any{"error": "server_error"}), nil
	case falls(s.weather.busy):
		a.faults++
		s.quiet = time.Now().Add(wait)
		return reply(http.StatusTooManyRequests, http.Header{"Retry-After": {strconv.Itoa(int(wait / time.Second))}}, map[string]any{"error": "slow down"}), nil
	case falls(s.weather.silent):
		a.faults++
		s.mu.Unlock()
		<-ctx.Done()
		s.mu.Lock()
		return nil, ctx.Err()
	case falls(s.weather.cut):
		a.faults++
		return nil, errors.New("connection reset before the provider saw it")
	}
	if a.ended || serial != a.serial {
		a.ended = true
		return reply(http.StatusBadRequest, nil, map[string]any{"error": "invalid_grant"}), nil
	}
	a.serial++
	a.expires = time.Now().Add(time.Hour)
	if falls(s.weather.lost) {
		a.lost++
		return nil, errors.New("connection reset after the provider acted")
	}
	return reply(http.StatusOK, nil, map[string]any{
		"access_token": fmt.Sprintf("%d.access.%d", n, a.serial), "token_type": "Bearer", "expires_in": 3600, "refresh_token": fmt.Sprintf("%d.refresh.%d", n, a.serial),
	}), nil
}

// good reports whether an access token opens the account's door now.
func (s *sky) good(n int, token string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	a := s.accounts[n]
	return !a.ended && token == fmt.Sprintf("%d.access.%d", n, a.serial) && time.Now().Before(a.expires)
}

func reply(status int, header http.Header, body map[string]any) *http.Response {
	if header == nil {
		header = make(http.Header)
	}
	header.Set("Content-Type", "application/json")
	text, err := json.Marshal(body)
	if err != nil {
		panic(err)
	}
	return &http.Response{StatusCode: status, Header: header, Body: io.NopCloser(strings.NewReader(string(text))), ProtoMajor: 1, ProtoMinor: 1}
}
