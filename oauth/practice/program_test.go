package practice

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// reply is what a program was told.
type reply struct {
	Status int
	Header http.Header
	Body   map[string]any
}

func (r reply) text(name string) string {
	text, _ := r.Body[name].(string)
	return text
}

// is compares status, error and error_description.
func (r reply) is(t *testing.T, status int, code, description string) {
	t.Helper()
	if r.Status != status || r.text("error") != code || r.text("error_description") != description {
		t.Errorf("got %d %v; want %d error %q, error_description %q", r.Status, r.Body, status, code, description)
	}
}

func newPractice(t *testing.T) *Server {
	t.Helper()
	return Open(filepath.Join(t.TempDir(), "practice", "state.json"))
}

// send sends one request in process. A body that is url.Values goes as a form, a map as JSON.
func send(t *testing.T, s *Server, method, path string, body any, headers ...string) reply {
	t.Helper()
	var reader io.Reader = http.NoBody
	kind := ""
	switch body := body.(type) {
	case url.Values:
		reader, kind = strings.NewReader(body.Encode()), "application/x-www-form-urlencoded"
	case map[string]string:
		text, err := json.Marshal(body)
		if err != nil {
			t.Fatal(err)
		}
		reader, kind = strings.NewReader(string(text)), "application/json"
	case string:
		reader = strings.NewReader(body)
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Hour)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, method, "https://api.practice.example"+path, reader)
	if err != nil {
		t.Fatal(err)
	}
	if kind != "" {
		r.Header.Set("Content-Type", kind)
	}
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	resp, err := s.Transport().RoundTrip(r)
	if err != nil {
		t.Fatal(err)
	}
	got := reply{Status: resp.StatusCode, Header: resp.Header}
	if err := json.NewDecoder(resp.Body).Decode(&got.Body); err != nil {
		t.Fatalf("%s %s: HTTP %d, not JSON: %v", method, path, resp.StatusCode, err)
	}
	return got
}

const tokenPath = "/v3/public/oauth/token"

func exchangeForm(code string, pairs ...string) url.Values {
	return with(url.Values{
		"grant_type": {"authorization_code"}, "client_id": {ClientID}, "redirect_uri": {defaultRedirect},
		"code": {code}, "code_verifier": {verifier},
	}, pairs)
}

func refreshForm(token string, pairs ...string) url.Values {
	return with(url.Values{"grant_type": {"refresh_token"}, "client_id": {ClientID}, "refresh_token": {token}}, pairs)
}

func with(form url.Values, pairs []string) url.Values {
	for i := 0; i < len(pairs); i += 2 {
		if form.Set(pairs[i], pairs[i+1]); pairs[i+1] == "" {
			form.Del(pairs[i])
		}
	}
	return form
}

// won is a pair, fresh from a whole walk.
func won(t *testing.T, s *Server, pairs ...string) (access, refresh string) {
	t.Helper()
	got := send(t, s, "POST", tokenPath, exchangeForm(allow(t, s, pairs...)))
	if got.Status != 200 {
		t.Fatalf("exchange: %d %v", got.Status, got.Body)
	}
	return got.text("access_token"), got.text("refresh_token")
}

// call calls the API with the right app key.
func callAPI(t *testing.T, s *Server, access, path string) reply {
	t.Helper()
	headers := []string{"x-api-key", ClientID + ":" + ClientSecret}
	if access != "" {
		headers = append(headers, "Authorization", "Bearer "+access)
	}
	return send(t, s, "GET", "/v3/application"+path, nil, headers...)
}

// later lets time go by inside a bubble of synctest.
func later(d time.Duration) { <-time.After(d) }

// post sends a form to the token endpoint from any goroutine and any process. Status 0: it could not be sent.
func post(s *Server, form url.Values) (status int, body map[string]any) {
	r, err := http.NewRequest(http.MethodPost, "https://api.practice.example"+tokenPath, strings.NewReader(form.Encode()))
	if err != nil {
		return 0, nil
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	resp, err := s.Transport().RoundTrip(r)
	if err != nil || json.NewDecoder(resp.Body).Decode(&body) != nil {
		return 0, nil
	}
	return resp.StatusCode, body
}
