package practice

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strings"
	"time"
)

const maxBody = 64 << 10

// verifierShape is RFC 7636 4.1, but for the length of 43 to 128.
var verifierShape = pattern(`^[A-Za-z0-9._~-]+$`)

// tokenEndpoint answers POST /v3/public/oauth/token (RFC 6749 3.2). It wants no secret and no x-api-key.
type tokenEndpoint struct{ store *store }

func (e tokenEndpoint) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodPost {
		w.Header().Set("Allow", http.MethodPost)
		refuse(http.StatusMethodNotAllowed, "Method not allowed", "").write(w)
		return
	}
	form, isJSON, err := readForm(r)
	if err != nil {
		refuse(http.StatusBadRequest, "invalid_request", err.Error()).write(w)
		return
	}
	faults := []string{faultServerError, faultRateLimit, faultDayLimit, faultHang, faultSlow, faultLostAnswer}
	if !isJSON {
		faults = append(faults, faultJSONOnly)
	}
	backChannel(e.store, w, r, faults, func(st *state, now time.Time) answer {
		return tokenCall{st, form, now}.answer()
	})
}

// readForm reads the parameters from the body, and from nowhere else. A body of another type has none: "grant_type is required".
func readForm(r *http.Request) (form url.Values, isJSON bool, err error) {
	kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	body, err := io.ReadAll(io.LimitReader(r.Body, maxBody+1))
	if err != nil || len(body) > maxBody {
		return nil, false, badRequest("the body cannot be read")
	}
	switch kind {
	case "application/x-www-form-urlencoded":
		form, err = url.ParseQuery(string(body))
		if err != nil {
			return nil, false, badRequest("the body is not a form")
		}
	case "application/json":
		var members map[string]string
		if err := json.Unmarshal(body, &members); err != nil {
			return nil, true, badRequest("the body is not a JSON object of strings")
		}
		form = url.Values{}
		for name, value := range members {
			form.Set(name, value)
		}
	}
	for name, values := range form {
		if len(values) > 1 { // RFC 6749 3.2
			return nil, false, badRequest(cleanName(name, 40) + " is given more than once")
		}
	}
	return form, kind == "application/json", nil
}

// badRequest is a sentence for an error_description.
type badRequest string

func (e badRequest) Error() string { return string(e) }

// tokenCall is one request to the token endpoint, with the state in hand.
type tokenCall struct {
	st   *state
	form url.Values
	now  time.Time
}

func (c tokenCall) answer() answer {
	client := c.form.Get("client_id")
	switch {
	case c.form.Get("grant_type") == "":
		return refuse(http.StatusBadRequest, "invalid_request", "grant_type is required")
	case client == "":
		return refuse(http.StatusBadRequest, "invalid_request", "client_id is required")
	case strings.Contains(client, ":"):
		return refuse(http.StatusForbidden, errKeyShape, "")
	case client != ClientID:
		return refuse(http.StatusForbidden, "Invalid API key", "")
	}
	switch c.form.Get("grant_type") {
	case "authorization_code":
		return c.exchange()
	case "refresh_token":
		return c.refresh()
	case "token_exchange":
		return c.upgrade()
	}
	return refuse(http.StatusBadRequest, "unsupported_grant_type", "grant_type is not supported")
}

// exchange turns a code into the first pair (RFC 6749 4.1.3, RFC 7636 4.6).
func (c tokenCall) exchange() answer {
	for _, name := range []string{"code", "redirect_uri", "code_verifier"} {
		if c.form.Get(name) == "" {
			return refuse(http.StatusBadRequest, "invalid_request", name+" is required")
		}
	}
	hash := digest(c.form.Get("code"))
	issued := c.st.Codes[hash]
	if issued == nil || issued.Used {
		return c.replayed(hash, issued != nil)
	}
	if !c.now.Before(issued.Until) {
		return refuse(http.StatusBadRequest, "invalid_grant", "code is expired")
	}
	issued.Used = true // whatever comes of it: nobody may guess at a verifier twice
	switch verifier := c.form.Get("code_verifier"); {
	case issued.Client != c.form.Get("client_id"):
		return refuse(http.StatusBadRequest, "invalid_grant", "code was issued to another client")
	case issued.Redirect != c.form.Get("redirect_uri"):
		return refuse(http.StatusBadRequest, "invalid_grant", "redirect_uri is not the one of the authorization request")
	case len(verifier) < 43 || len(verifier) > 128 || !verifierShape().MatchString(verifier):
		return refuse(http.StatusBadRequest, "invalid_request", "code_verifier is not 43 to 128 characters of A-Z a-z 0-9 . _ ~ -")
	case !same(challengeOf(verifier), issued.Challenge):
		return refuse(http.StatusBadRequest, "invalid_grant", "code_verifier does not match the code_challenge")
	}
	g := &grant{Client: issued.Client, Shop: issued.Shop, Name: issued.Name, Scopes: issued.Scopes, Code: hash, Since: c.now}
	family := randomText(familyLength)
	c.st.Grants[digest(family)] = g
	return answer{status: http.StatusOK, body: c.st.mint(g, family, c.now)}
}

// replayed answers a code that is used or unknown. What was won with a code that comes twice ends (RFC 6749 4.1.2).
func (c tokenCall) replayed(hash string, known bool) answer {
	if g := c.st.grantByCode(hash); g != nil {
		g.end(c.now)
		known = true
	}
	if known {
		return refuse(http.StatusBadRequest, "invalid_grant", "code has been used previously")
	}
	return refuse(http.StatusBadRequest, "invalid_grant", "code is invalid (no such code)")
}

// refresh turns a refresh token into the next pair. One that is already spent ends the whole grant (RFC 9700 4.14.2).
func (c tokenCall) refresh() answer {
	token := c.form.Get("refresh_token")
	if token == "" {
		return refuse(http.StatusBadRequest, "invalid_request", "refresh_token is required")
	}
	g, family := c.st.grantOf(token, refreshKind)
	if g == nil || g.Client != c.form.Get("client_id") {
		return refuse(http.StatusBadRequest, "invalid_grant", "refresh_token is invalid (no such token)")
	}
	if c.st.take(faultRevoked) != "" || !same(g.Refresh, digest(token)) {
		g.end(c.now)
	}
	if !g.Ended.IsZero() {
		return refuse(http.StatusBadRequest, "invalid_grant", "refresh_token is revoked")
	}
	if !g.live(c.now) {
		return refuse(http.StatusBadRequest, "invalid_grant", "refresh_token is expired")
	}
	return answer{status: http.StatusOK, body: c.st.mint(g, family, c.now)}
}

// challengeOf is the S256 of RFC 7636 4.2.
func challengeOf(verifier string) string {
	sum := sha256.Sum256([]byte(verifier))
	return base64.RawURLEncoding.EncodeToString(sum[:])
}
