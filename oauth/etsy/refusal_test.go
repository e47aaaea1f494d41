package etsy

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"valetkey/oauth"
)

// refusals: what Etsy was seen to answer, and what it means. Everything that a person can be told apart has a row.
var refusals = map[string]struct {
	status    int
	body      string
	cause     Cause
	transient bool
}{
	"no secret in the header":   {403, `{"error":"Shared secret is required in x-api-key header."}`, SecretMissing, false},
	"no colon in the header":    {403, `{"error":"Invalid API key: should be in the format 'keystring:shared_secret'."}`, KeyMalformed, false},
	"no colon, in 401":          {401, `{"error":"Invalid API key: should be in the format 'keystring:shared_secret'."}`, KeyMalformed, false},
	"a typo in the key":         {403, `{"error":"API key not found or not active, or incorrect shared secret for API key."}`, KeyUnknown, false},
	"a typo, in 401":            {401, `{"error":"API key not found or not active, or incorrect shared secret for API key."}`, KeyUnknown, false},
	"the wording of 2022":       {403, `{"error":"Invalid API key"}`, KeyUnknown, false},
	"an expired token":          {401, `{"error":"invalid_token","error_description":"access token is expired"}`, TokenExpired, false},
	"a revoked token":           {403, `{"error":"invalid_token","error_description":"access token has been revoked"}`, TokenRevoked, false},
	"a revoked token, one key":  {401, `{"error":"access token has been revoked"}`, TokenRevoked, false},
	"an invalid token":          {401, `{"error":"invalid_token","error_description":"who knows"}`, TokenInvalid, false},
	"401 and no more":           {401, ``, TokenInvalid, false},
	"a scope missing":           {403, `{"error":"insufficient_scope","error_description":"Insufficient scope"}`, InsufficientScope, false},
	"a scope missing, one key":  {403, `{"error":"Insufficient scope"}`, InsufficientScope, false},
	"another's shop":            {403, `{"error":"User does not own Shop 12345"}`, NotOwner, false},
	"no shop":                   {404, `{"error":"Could not find a shop for user with user_id = 12345678"}`, NoShop, false},
	"nothing there":             {404, `{"error":"Resource not found"}`, NotThere, false},
	"nothing there, a page":     {404, `<html>`, NotThere, false},
	"a bad parameter":           {400, `{"error":"limit must be at most 100"}`, RequestRefused, false},
	"a parameter it knows not":  {400, `{"error":"Parameter foo not recognized"}`, RequestRefused, false},
	"a conflict":                {409, `{"error":"conflict"}`, RequestRefused, false},
	"a gateway page":            {403, `<html>Access denied</html>`, RequestRefused, false},
	"calls per second":          {429, `{"error":"Exceeded per second rate limit"}`, RateSecond, true},
	"calls per day":             {429, `{"error":"Exceeded daily rate limit"}`, RateDay, true},
	"429 and no more":           {429, ``, RateOther, true},
	"a server error":            {500, `{"error":"Server Error"}`, ServerFault, true},
	"a server error with words": {500, `{"error":"invalid_token","error_description":"access token is expired"}`, ServerFault, true},
	"not implemented":           {501, `{"error":"x"}`, ServerFault, true},
	"a gateway error":           {503, `<html>`, ServerFault, true},
}

func TestRefusals(t *testing.T) {
	for name, test := range refusals {
		t.Run(name, func(t *testing.T) {
			api := serve(t, func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("x-etsy-request-uuid", "b7f1\u202e-00")
				reply(w, test.status, test.body)
			})
			_, err := api.Me(t.Context(), access)
			refusal, ok := errors.AsType[*Refusal](err)
			if !ok || refusal.Cause != test.cause || refusal.Status != test.status {
				t.Fatalf("error = %#v, want the cause %s", err, test.cause)
			}
			keys := []Cause{SecretMissing, KeyMalformed, KeyUnknown}
			if refusal.Transient() != test.transient || refusal.KeyTrouble() != slices.Contains(keys, test.cause) ||
				refusal.CauseName() != string(test.cause) {
				t.Errorf("transient = %v, the key's trouble = %v", refusal.Transient(), refusal.KeyTrouble())
			}
			if strings.Contains(refusal.RequestID, "\u202e") || !strings.HasPrefix(refusal.RequestID, "b7f1") {
				t.Errorf("request id = %q", refusal.RequestID)
			}
			plain, ok := errors.AsType[*oauth.ErrorResponse](err)
			if !ok || plain.Transient() != test.transient || plain.Status != test.status {
				t.Errorf("in oauth's terms: %#v, want transient = %v", plain, test.transient)
			}
		})
	}
}

// elsewhere: what was seen at the token endpoint, in a redirection (status 0) and on the consent page (no code).
var elsewhere = map[string]struct {
	answer oauth.ErrorResponse
	cause  Cause
}{
	"body not parsed":       {oauth.ErrorResponse{Status: 400, Code: "invalid_request", Description: "grant_type is required"}, BodyNotRead},
	"verifier lost":         {oauth.ErrorResponse{Status: 400, Code: "invalid_request", Description: "code_verifier is required"}, VerifierMissing},
	"code replayed":         {oauth.ErrorResponse{Status: 400, Code: "invalid_grant", Description: "code has been used previously"}, CodeUsed},
	"refresh revoked":       {oauth.ErrorResponse{Status: 400, Code: "invalid_grant", Description: "refresh_token is revoked"}, RefreshRevoked},
	"legacy unknown":        {oauth.ErrorResponse{Status: 400, Code: "invalid_grant", Description: "legacy_token is invalid (no such token)"}, LegacyUnknown},
	"grant, another reason": {oauth.ErrorResponse{Status: 400, Code: "invalid_grant", Description: "x"}, GrantInvalid},
	"form refused":          {oauth.ErrorResponse{Status: 403, Code: "Invalid API key: should be in the format 'keystring:shared_secret'."}, KeyMalformed},
	"app gone":              {oauth.ErrorResponse{Status: 401, Code: "Invalid API key"}, KeyUnknown},
	"client unknown":        {oauth.ErrorResponse{Status: 401, Code: "invalid_client"}, KeyUnknown},
	"client not allowed":    {oauth.ErrorResponse{Status: 400, Code: "unauthorized_client"}, KeyUnknown},
	"request, another":      {oauth.ErrorResponse{Status: 400, Code: "invalid_request", Description: "x"}, RequestRefused},
	"server error":          {oauth.ErrorResponse{Status: 500, Code: "Server Error"}, ServerFault},
	"denied":                {oauth.ErrorResponse{Code: "access_denied", Description: "The user denied the request"}, Denied},
	"no state":              {oauth.ErrorResponse{Code: "invalid_request", Description: "state is required"}, StateMissing},
	"scope not offered":     {oauth.ErrorResponse{Code: "invalid_scope"}, WithdrawnPermission},
	"redirect, on the page": {oauth.ErrorResponse{Description: "The requested redirect URL is not permitted."}, RedirectNotAllowed},
	"app, on the page":      {oauth.ErrorResponse{Description: "The application that is requesting access is not recognized."}, AppNotRecognized},
	"nothing known":         {oauth.ErrorResponse{Code: "zzz"}, RequestRefused},
}

func TestCauseElsewhere(t *testing.T) {
	for name, test := range elsewhere {
		if got := CauseOf(&test.answer); got != test.cause {
			t.Errorf("%s: %s, want %s", name, got, test.cause)
		}
	}
}

func TestPingRefusedWith401IsAboutTheKey(t *testing.T) {
	api := serve(t, func(w http.ResponseWriter, _ *http.Request) { reply(w, 401, `{"error":"x"}`) })
	if refusal, ok := errors.AsType[*Refusal](api.Ping(t.Context())); !ok || refusal.Cause != KeyUnknown {
		t.Errorf("refusal = %v, want %s", refusal, KeyUnknown)
	}
}

func TestWaits(t *testing.T) {
	const second, day, other = `{"error":"Exceeded per second rate limit"}`, `{"error":"Exceeded daily rate limit"}`, ``
	for name, test := range map[string]struct {
		status       int
		body, header string
		want         time.Duration
	}{
		"a second, named":   {429, second, "3", 3 * time.Second},
		"a second, not":     {429, second, "", time.Second},
		"a day, named":      {429, day, "86400", time.Hour},
		"a day, not":        {429, day, "", 10 * time.Minute},
		"unknown, not":      {429, other, "", time.Second},
		"a fault, named":    {503, other, "2", 2 * time.Second},
		"a fault, not":      {503, other, "", 0},
		"a negative number": {429, day, "-5", 10 * time.Minute},
	} {
		api := serve(t, func(w http.ResponseWriter, _ *http.Request) {
			if test.header != "" {
				w.Header().Set("Retry-After", test.header)
			}
			reply(w, test.status, test.body)
		})
		if refusal, ok := errors.AsType[*Refusal](api.Ping(t.Context())); !ok || refusal.RetryAfter != test.want {
			t.Errorf("%s: %#v, want %v", name, refusal, test.want)
		}
	}
}

func TestRefusalShowsNoSecret(t *testing.T) {
	api := serve(t, func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(403)
		w.Write([]byte(`{"error":"no ` + r.Header.Get("x-api-key") + `","error_description":"` + r.Header.Get("Authorization") + `"}`))
	})
	_, err := api.Me(t.Context(), access)
	if refusal, ok := errors.AsType[*Refusal](err); !ok || refusal.Code != "no keystring:[redacted]" ||
		refusal.Description != "Bearer [redacted]" || strings.Contains(err.Error(), "SECRET") {
		t.Errorf("error = %#v", err)
	}
}

// serve starts an API on loopback.
func serve(t *testing.T, respond http.HandlerFunc) *API {
	t.Helper()
	server := httptest.NewServer(respond)
	t.Cleanup(func() {
		oauth.DefaultTransport().CloseIdleConnections()
		server.Close()
	})
	return &API{Base: server.URL, Key: func() (string, oauth.Secret) { return "keystring", oauth.NewSecret("appSECRET") }}
}

// access is the token of these tests.
var access = oauth.NewSecret("12345678.accessSECRET")

// reply writes an answer as Etsy does.
func reply(w http.ResponseWriter, status int, body string) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	w.Write([]byte(body))
}
