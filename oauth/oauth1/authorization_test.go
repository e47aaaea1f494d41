package oauth1

import (
	"errors"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"valetkey/oauth"
)

// Requirements G92 to G94.

// held makes an authorization as if a server had answered; state empty: none was sent.
func held(token, state string) *Authorization {
	a := &Authorization{endpoint: "https://www.shop.example/signin", state: oauth.NewSecret(state)}
	a.held.Store(&temporary{token: oauth.NewSecret(token), secret: oauth.NewSecret("s")})
	return a
}

// answers are callbacks to the token "t/1" with our value "mine", and to one without.
var answers = map[string]struct {
	query    string
	bare     bool // no value of ours was sent
	accepts  bool
	verifier string
	problem  Problem
	err      error
}{
	"a verifier":                 {query: "oauth_token=t/1&oauth_verifier=v+1&state=mine", accepts: true, verifier: "v 1"},
	"a verifier and an extra":    {query: "oauth_token=t/1&oauth_verifier=v&state=mine&shop=1", accepts: true, verifier: "v"},
	"a verifier, bare":           {query: "oauth_token=t/1&oauth_verifier=v", bare: true, accepts: true, verifier: "v"},
	"a state that is not ours":   {query: "oauth_token=t/1&oauth_verifier=v&state=x", bare: true, accepts: true, verifier: "v"},
	"no token":                   {query: "oauth_verifier=v&state=mine", err: ErrWrongToken},
	"nothing":                    {query: "", err: ErrWrongToken},
	"nothing, bare":              {query: "", bare: true, err: ErrWrongToken},
	"somebody else's token":      {query: "oauth_token=t/2&oauth_verifier=v&state=mine", err: ErrWrongToken},
	"the token in another case":  {query: "oauth_token=T/1&oauth_verifier=v&state=mine", err: ErrWrongToken},
	"the start of the token":     {query: "oauth_token=t&oauth_verifier=v&state=mine", err: ErrWrongToken},
	"an empty token":             {query: "oauth_token=&oauth_verifier=v&state=mine", err: ErrWrongToken},
	"the token twice":            {query: "oauth_token=t/1&oauth_token=t/1&oauth_verifier=v&state=mine", err: ErrWrongToken},
	"no state":                   {query: "oauth_token=t/1&oauth_verifier=v", err: ErrWrongToken},
	"another state":              {query: "oauth_token=t/1&oauth_verifier=v&state=yours", err: ErrWrongToken},
	"the state twice":            {query: "oauth_token=t/1&oauth_verifier=v&state=mine&state=mine", err: ErrWrongToken},
	"the verifier twice":         {query: "oauth_token=t/1&oauth_verifier=v&oauth_verifier=v&state=mine", accepts: true, err: oauth.ErrBadRedirection},
	"an extra twice":             {query: "oauth_token=t/1&oauth_verifier=v&a=1&a=2&state=mine", accepts: true, err: oauth.ErrBadRedirection},
	"an empty verifier":          {query: "oauth_token=t/1&oauth_verifier=&state=mine", accepts: true, err: oauth.ErrBadRedirection},
	"a verifier with a line end": {query: "oauth_token=t/1&oauth_verifier=v%0d&state=mine", accepts: true, err: oauth.ErrBadRedirection},
	"no verifier":                {query: "oauth_token=t/1&state=mine", accepts: true, err: oauth.ErrBadRedirection},
	"denied":                     {query: "denied=t/1&state=mine", accepts: true, problem: UserRefused, err: ErrDenied},
	"denied, bare":               {query: "denied=t/1", bare: true, accepts: true, problem: UserRefused, err: ErrDenied},
	"denied, both":               {query: "denied=t/1&oauth_token=t/1&state=mine", accepts: true, problem: UserRefused, err: ErrDenied},
	"denied, another's":          {query: "denied=t/2&state=mine", err: ErrWrongToken},
	"denied, no state":           {query: "denied=t/1", err: ErrWrongToken},
	"denied and a verifier":      {query: "denied=t/1&oauth_verifier=v&state=mine", accepts: true, err: oauth.ErrBadRedirection},
	"refused":                    {query: "oauth_token=t/1&oauth_problem=user_refused&state=mine", accepts: true, problem: UserRefused, err: ErrDenied},
	"no permission":              {query: "oauth_token=t/1&oauth_problem=permission_denied&state=mine", accepts: true, problem: PermissionDenied, err: ErrDenied},
	"refused, no token":          {query: "oauth_problem=user_refused&state=mine", accepts: true, problem: UserRefused, err: ErrDenied},
	"refused, no token, bare":    {query: "oauth_problem=user_refused", bare: true, err: ErrWrongToken},
	"refused and a verifier":     {query: "oauth_problem=user_refused&oauth_verifier=v&state=mine", err: ErrWrongToken},
	"another problem":            {query: "oauth_token=t/1&oauth_problem=zzz%1b&state=mine", accepts: true, problem: "zzz"},
}

func TestG92Answers(t *testing.T) {
	for name, c := range answers {
		t.Run(name, func(t *testing.T) {
			a := held("t/1", "mine")
			if c.bare {
				a = held("t/1", "")
			}
			q, err := url.ParseQuery(c.query)
			if err != nil {
				t.Fatal(err)
			}
			if a.Accepts(q) != c.accepts {
				t.Errorf("Accepts = %v", !c.accepts)
			}
			verifier, err := a.Verifier(q)
			problem, refused := errors.AsType[*ProblemError](err)
			if verifier.Reveal() != c.verifier || refused != (c.problem != "") || refused && problem.Problem != c.problem {
				t.Errorf("verifier %q, error %v", verifier.Reveal(), err)
			}
			if c.err != nil && !errors.Is(err, c.err) || a.Denied(q) != (c.err == ErrDenied) {
				t.Errorf("error %v, want %v; denied %v", err, c.err, a.Denied(q))
			}
		})
	}
}

// TestG92Unconfirmed: a server that does not confirm the callback gets no further.
func TestG92Unconfirmed(t *testing.T) {
	for _, confirmed := range [][]string{nil, {"false"}, {""}, {"True"}, {"true", "true"}} {
		s := newShop(t, func(s *shop) { s.temporaryExtra = url.Values{"oauth_callback_confirmed": confirmed} })
		for _, callback := range []string{shopCallback, OutOfBand} {
			a, err := s.client().TemporaryCredentials(t.Context(), callback, nil)
			if !errors.Is(err, ErrUnconfirmedCallback) || a != nil && a.URL() != "" {
				t.Errorf("%q: %v", confirmed, err)
			}
		}
	}
}

// TestG93Door: at a real door, answers of somebody else's are sent away with 400 and cost nothing, and no request goes to the
// server; then ours gets through.
func TestG93Door(t *testing.T) {
	s := newShop(t, nil)
	door, err := oauth.ListenLoopback("http://127.0.0.1:0/oauth/redirect")
	if err != nil {
		t.Fatal(err)
	}
	defer door.Close()
	client := s.client()
	a := begin(t, client, door.RedirectURI())
	go func() {
		ours := s.approve(t, a)
		for _, change := range []url.Values{
			{"oauth_token": {"temp/other"}}, {"oauth_token": nil}, {"state": {"x"}}, {"state": nil},
			{"oauth_token": {"temp/other"}, "oauth_verifier": nil, "denied": {"temp/other"}},
			{"oauth_verifier": {"a", "b"}},
		} {
			hostile := url.Values{}
			for name, values := range ours {
				hostile[name] = values
			}
			for name, values := range change {
				hostile[name] = values
			}
			if status := visit(t, door.RedirectURI()+"?"+hostile.Encode()); status != http.StatusBadRequest {
				t.Errorf("%v: %d", change, status)
			}
		}
		visit(t, door.RedirectURI()+"?"+ours.Encode())
	}()
	redirection, err := door.Await(t.Context(), a.Accepts)
	if err != nil {
		t.Fatal(err)
	}
	verifier, err := a.Verifier(redirection.Values())
	if paths, _ := s.requests(); err != nil || len(paths) != 1 {
		t.Errorf("%v, requests %q", err, paths)
	}
	_, err = client.TokenCredentials(t.Context(), a, verifier)
	redirection.Answer(oauth.Page{Title: "done"})
	if err != nil {
		t.Error(err)
	}
}

func visit(t *testing.T, address string) int {
	response, err := http.Get(address)
	if err != nil {
		t.Error(err)
		return 0
	}
	response.Body.Close()
	return response.StatusCode
}

// TestG93Callback: what is sent as the callback, and that our own value cannot be guessed.
func TestG93Callback(t *testing.T) {
	s := newShop(t, nil)
	states := map[string]bool{}
	for range 1000 {
		a, callback, err := s.client().newAuthorization(shopCallback)
		state := strings.TrimPrefix(callback, shopCallback+"?state=")
		if err != nil || len(state) < 26 || state != a.state.Reveal() {
			t.Fatalf("%q, %v", callback, err)
		}
		states[state] = true
	}
	if len(states) != 1000 {
		t.Errorf("%d values", len(states))
	}
	client := s.client()
	client.Provider.ExactCallback = true
	for _, callback := range []string{shopCallback, shopCallback + "?a=1", "https://shop.example/back"} {
		if a, sent, err := client.newAuthorization(callback); err != nil || sent != callback || !a.state.IsZero() {
			t.Errorf("exact: %q, %v", sent, err)
		}
	}
	for _, bad := range []string{"", "http://shop.example/", "OOB", shopCallback + "?state=x", shopCallback + "?oauth_token=x", "javascript:alert(1)"} {
		if _, err := s.client().TemporaryCredentials(t.Context(), bad, nil); err == nil {
			t.Errorf("%q was taken", bad)
		}
	}
	if paths, _ := s.requests(); len(paths) != 0 {
		t.Errorf("sent %q", paths)
	}
}

// logins are values of login_url for the token "t/1", where the authorization endpoint is https://www.shop.example/signin.
var logins = map[string]string{ // to what the browser gets; empty: refused
	"https://www.shop.example/oauth/signin?oauth_consumer_key=k&oauth_token=t%2F1&service=v2": "https://www.shop.example/oauth/signin?oauth_consumer_key=k&oauth_token=t%2F1&service=v2",
	"https://www.shop.example/oauth/signin":                                                   "https://www.shop.example/oauth/signin?oauth_token=t%2F1",
	"https://www.shop.example/oauth/signin?a=1":                                               "https://www.shop.example/oauth/signin?a=1&oauth_token=t%2F1",
	"https://de.www.shop.example/":                                                            "https://de.www.shop.example/?oauth_token=t%2F1",
	"https://WWW.Shop.Example:443/x":                                                          "https://WWW.Shop.Example:443/x?oauth_token=t%2F1",
	"https://www.shop.example/?oauth_token=other":                                             "",
	"https://www.shop.example/?oauth_token=t/1&oauth_token=x":                                 "",
	"https://www.shop.example/?oauth_token=%zz":                                               "",
	"https://www.shop.example:8443/":                                                          "",
	"https://shop.example/":                                                                   "",
	"https://evil.example/":                                                                   "",
	"https://evilwww.shop.example/":                                                           "",
	"https://www.shop.example.evil.example/":                                                  "",
	"https://www.shop.example@evil.example/":                                                  "",
	"https://evil.example/www.shop.example":                                                   "",
	"https://www.shop.example./":                                                              "",
	"http://www.shop.example/":                                                                "",
	"http://localhost/":                                                                       "",
	"//www.shop.example/":                                                                     "",
	"/signin":                                                                                 "",
	"javascript:alert(1)":                                                                     "",
	"JavaScript://www.shop.example/%0aalert(1)":                                               "",
	"data:text/html,x":                                                                        "",
	"file:///etc/passwd":                                                                      "",
	"smb://www.shop.example/":                                                                 "",
	"search-ms:query":                                                                         "",
	`\\www.shop.example\share`:                                                                "",
	`C:\x`:                                                                                    "",
	" https://www.shop.example/":                                                              "",
	"https:/www.shop.example/":                                                                "",
	"https:www.shop.example":                                                                  "",
	"https://www.shop.example/#x":                                                             "",
	"https://www.shop.example/\"&calc":                                                        "",
	"https://www.shop.example\\@evil.example/":                                                "",
	"https://www.shop.exаmple/":                                                               "", // the second a is Cyrillic
	"":                                                                                        "",
}

func TestG94LoginURL(t *testing.T) {
	won := Credentials{Token: oauth.NewSecret("t/1"), Secret: oauth.NewSecret("s")}
	for login, want := range logins {
		a := &Authorization{endpoint: "https://www.shop.example/signin"}
		err := a.hold(won, &formAnswer{fields: map[string][]string{"login_url": {login}}})
		if (err == nil) != (want != "") || a.URL() != want || err != nil && !errors.Is(err, ErrBadLoginURL) {
			t.Errorf("%q: %q, %v, want %q", login, a.URL(), err, want)
		}
		if err != nil && login != "" && strings.Contains(err.Error(), login) {
			t.Errorf("quoted: %v", err)
		}
	}
	for _, endpoint := range []string{"https://localhost:8443/", "http://localhost:8444/", "http://127.0.0.1:8443/"} {
		a := &Authorization{endpoint: endpoint}
		if a.hold(won, &formAnswer{fields: map[string][]string{"login_url": {"http://localhost:8443/"}}}) == nil {
			t.Errorf("%s: another scheme, port or address was taken", endpoint)
		}
	}
	a := &Authorization{endpoint: "https://www.shop.example/signin?tenant=1"}
	if err := a.hold(won, &formAnswer{fields: map[string][]string{}}); err != nil || a.URL() != "https://www.shop.example/signin?tenant=1&oauth_token=t%2F1" {
		t.Errorf("none: %q, %v", a.URL(), err)
	}
	if a.hold(won, &formAnswer{fields: map[string][]string{"login_url": {"https://www.shop.example/", "https://www.shop.example/"}}}) == nil {
		t.Error("two were taken")
	}
	s := newShop(t, func(s *shop) { s.temporaryExtra = url.Values{"login_url": {"https://evil.example/"}} })
	if _, err := s.client().TemporaryCredentials(t.Context(), OutOfBand, nil); !errors.Is(err, ErrBadLoginURL) {
		t.Errorf("from a server: %v", err)
	}
}
