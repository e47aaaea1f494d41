package cli_test

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"net/http"
	"net/url"
	"strings"
)

// client checks who asks: the method that was registered, and no other way beside it.
func (s *strict) client(r *http.Request) string {
	if r.Header.Get("Content-Type") != "application/x-www-form-urlencoded" {
		return "the body is not a form"
	}
	if err := r.ParseForm(); err != nil {
		return "the form cannot be read"
	}
	for name, values := range r.PostForm {
		if len(values) != 1 {
			return name + " is doubled"
		}
	}
	if r.URL.RawQuery != "" {
		return "something stands in the address"
	}
	user, password, basic := r.BasicAuth()
	user, _ = url.QueryUnescape(user) // RFC 6749 2.3.1: each half is form-encoded first
	password, _ = url.QueryUnescape(password)
	posted, inBody := r.PostForm["client_secret"]
	switch s.method {
	case "client_secret_basic":
		if !basic || user != s.clientID || password != s.secret || inBody {
			return "the client did not prove itself by basic authentication alone"
		}
	case "client_secret_post":
		if basic || r.PostForm.Get("client_id") != s.clientID || !inBody || posted[0] != s.secret {
			return "the client did not prove itself in the body alone"
		}
	default:
		if basic || inBody || r.PostForm.Get("client_id") != s.clientID {
			return "a public client names itself and has no secret"
		}
	}
	return ""
}

func (s *strict) token(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.down {
		s.refuse(w, http.StatusServiceUnavailable, "temporarily_unavailable", "down")
		return
	}
	if why := s.client(r); why != "" {
		s.refuse(w, http.StatusUnauthorized, "invalid_client", why)
		return
	}
	switch r.PostForm.Get("grant_type") {
	case "authorization_code":
		s.exchange(w, r)
	case "refresh_token":
		s.renew(w, r)
	default:
		s.refuse(w, http.StatusBadRequest, "unsupported_grant_type", "grant_type")
	}
}

func (s *strict) exchange(w http.ResponseWriter, r *http.Request) {
	asked, known := s.codes[r.PostForm.Get("code")]
	delete(s.codes, r.PostForm.Get("code"))
	sum := sha256.Sum256([]byte(r.PostForm.Get("code_verifier")))
	switch {
	case !known:
		s.refuse(w, http.StatusBadRequest, "invalid_grant", "the code is not known, or was used before")
	case r.PostForm.Get("redirect_uri") != asked.Get("redirect_uri"):
		s.refuse(w, http.StatusBadRequest, "invalid_grant", "another redirect_uri than in the first request")
	case len(r.PostForm.Get("code_verifier")) < 43 || base64.RawURLEncoding.EncodeToString(sum[:]) != asked.Get("code_challenge"):
		s.refuse(w, http.StatusBadRequest, "invalid_grant", "the verifier does not fit the challenge")
	default:
		s.grant(w, rand.Text())
	}
}

// renew rotates; who shows a spent token ends the whole family (RFC 9700 4.14.2).
func (s *strict) renew(w http.ResponseWriter, r *http.Request) {
	token := r.PostForm.Get("refresh_token")
	family, known := s.refresh[token]
	switch {
	case !known || s.ended[family]:
		s.refuse(w, http.StatusBadRequest, "invalid_grant", "the refresh token is not known")
	case s.spent[token]:
		s.ended[family] = true
		s.refuse(w, http.StatusBadRequest, "invalid_grant", "a spent refresh token was used again")
	default:
		s.spent[token] = true
		s.grant(w, family)
	}
}

func (s *strict) grant(w http.ResponseWriter, family string) {
	access, refresh := "at-"+rand.Text(), "rt-"+rand.Text()
	s.access[access], s.refresh[refresh] = family, family
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	fmt.Fprintf(w, `{"access_token":%q,"token_type":"bearer","expires_in":%s,"refresh_token":%q,"scope":"orders_r orders_w"}`, access, s.expires, refresh)
}

func (s *strict) revoke(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.down {
		s.refuse(w, http.StatusServiceUnavailable, "temporarily_unavailable", "down")
		return
	}
	if why := s.client(r); why != "" {
		s.refuse(w, http.StatusUnauthorized, "invalid_client", why)
		return
	}
	for _, family := range []string{s.refresh[r.PostForm.Get("token")], s.access[r.PostForm.Get("token")]} {
		if family != "" {
			s.ended[family] = true
		}
	}
}

func (s *strict) me(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	token, bearer := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	family, known := s.access[token]
	if s.down {
		s.refuse(w, http.StatusServiceUnavailable, "temporarily_unavailable", "down")
		return
	}
	if !bearer || !known || s.ended[family] {
		s.refuse(w, http.StatusUnauthorized, "invalid_token", "the access token is not good")
		return
	}
	w.Header().Set("Content-Type", "application/json")
	fmt.Fprint(w, `{"data":{"user_id":4711,"shop":"Strict & Sons"}}`)
}
