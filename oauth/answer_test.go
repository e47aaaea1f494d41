package oauth

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"
)

// refusals: what an error answer becomes.
var refusals = map[string]struct {
	status      int
	body        string
	code        ErrorCode
	description string
	transient   bool
}{
	"invalid_grant": {400, `{"error":"invalid_grant","error_description":"refresh_token is revoked"}`,
		InvalidGrant, "refresh_token is revoked", false},
	"200 with an error":      {200, `{"error":"invalid_grant"}`, InvalidGrant, "", false},
	"200, error and token":   {200, goodAnswer("error", `"slow_down"`), "slow_down", "", false},
	"200, error not text":    {200, `{"error":{"message":"` + testBody + `"}}`, "", "", false},
	"401":                    {401, `{"error":"invalid_client"}`, InvalidClient, "", false},
	"403, a sentence":        {403, `{"error":"Invalid API key"}`, "Invalid API key", "", false},
	"404, a page":            {404, `<html>` + testBody, "", "", false},
	"400, empty":             {400, ``, "", "", false},
	"400, an array":          {400, `["` + testBody + `"]`, "", "", false},
	"400, error is a number": {400, `{"error":7}`, "", "", false},
	"400, doubled":           {400, `{"error":"invalid_grant","error":"invalid_client"}`, "", "", false},
	"400, rubbish behind":    {400, `{"error":"invalid_grant"}` + testBody, "", "", false},
	"400, too large":         {400, `{"error":"invalid_grant","x":"` + strings.Repeat("x", 2<<20) + `"}`, "", "", false},
	"408":                    {408, ``, "", "", true},
	"425":                    {425, ``, "", "", true},
	"429":                    {429, `{"error":"Exceeded per second rate limit"}`, "Exceeded per second rate limit", "", true},
	"500":                    {500, `{"error":"Server Error"}`, "Server Error", "", true},
	"500 with a final code":  {500, `{"error":"invalid_grant"}`, InvalidGrant, "", true},
	"503, a page":            {503, `<h1>` + testBody + `</h1>`, "", "", true},
	"599":                    {599, ``, "", "", true},
	"a description to clean": {400, `{"error":"e\u001b[31m\nx","error_description":"a\u001b[2K\r\n\u202eb\u0000\u200bc"}`,
		"e [31m x", "a [2K b c", false},
	"a description too long": {400, `{"error":"e","error_description":"` + strings.Repeat("é", 300) + `"}`,
		"e", strings.Repeat("é", 199) + "…", false},
	"our secrets repeated": {400, `{"error":"no ` + testRefresh + `","error_description":"` + testRefresh + ` of ` + testClient + `"}`,
		"no [redacted]", "[redacted] of [redacted]", false},
}

func TestRefusals(t *testing.T) {
	for name, test := range refusals {
		t.Run(name, func(t *testing.T) {
			provider := serve(t, answer(test.status, test.body))
			token, err := provider.client().Refresh(t.Context(), NewSecret(testRefresh))
			checkClean(t, err)
			refusal, ok := errors.AsType[*ErrorResponse](err)
			if !ok || !token.Access.IsZero() {
				t.Fatalf("error = %v, want an ErrorResponse and no token", err)
			}
			if refusal.Code != test.code || refusal.Description != test.description || refusal.Status != test.status {
				t.Errorf("refusal = %q, %q, %d", refusal.Code, refusal.Description, refusal.Status)
			}
			if refusal.Transient() != test.transient {
				t.Errorf("transient = %v", refusal.Transient())
			}
			if len(provider.requests()) != 1 {
				t.Errorf("%d tries, want one", len(provider.requests()))
			}
		})
	}
}

func TestRetryAfter(t *testing.T) {
	now := time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)
	for value, want := range map[string]time.Duration{
		"":                                 0,
		"0":                                0,
		"2":                                2 * time.Second,
		"3600":                             time.Hour,
		"86400":                            time.Hour,
		"18446744073709551615":             time.Hour,
		"99999999999999999999":             time.Hour,
		"-99999999999999999999":            0,
		"-5":                               0,
		"1.5":                              0,
		"x":                                0,
		"Sat, 21 Nov 2026 12:00:30 GMT":    30 * time.Second,
		"Saturday, 21-Nov-26 12:00:30 GMT": 30 * time.Second,
		"Sat Nov 21 12:00:30 2026":         30 * time.Second,
		"Wed, 21 Oct 2099 00:00:00 GMT":    time.Hour,
		"Wed, 21 Oct 2015 07:28:00 GMT":    0,
	} {
		if got := retryAfter(value, now); got != want {
			t.Errorf("Retry-After %q = %v, want %v", value, got, want)
		}
	}
}

func TestRetryAfterReachesTheCaller(t *testing.T) {
	for _, status := range []int{429, 503} {
		provider := serve(t, answer(status, "", "Retry-After", "7"))
		_, err := provider.client().Refresh(t.Context(), NewSecret(testRefresh))
		refusal, ok := errors.AsType[*ErrorResponse](err)
		if !ok || refusal.RetryAfter != 7*time.Second {
			t.Errorf("%d: error = %#v, want seven seconds", status, err)
		}
	}
}

func TestDecode(t *testing.T) {
	read := func(body string) (int, error) {
		a := &Answer{Status: 200, Header: http.Header{}, body: NewSecret(body)}
		var value struct{ ID int }
		err := a.Decode(&value)
		checkClean(t, err)
		return value.ID, err
	}
	if id, err := read(`{"id": 7, "more": []}`); id != 7 || err != nil {
		t.Errorf("Decode = %d, %v", id, err)
	}
	for _, body := range []string{"", "x" + testBody, `{"id":"` + testBody + `"}`, `{"id":1}` + testBody, `{"id":9e99}`} {
		_, err := read(body)
		if _, ok := errors.AsType[*AnswerError](err); !ok {
			t.Errorf("%s: error = %v, want an AnswerError", body, err)
		}
	}
}

func TestAnswerHidesItsBody(t *testing.T) {
	a := &Answer{Status: 200, body: NewSecret(testBody), sent: []Secret{NewSecret(testRefresh)}}
	for _, text := range []string{fmt.Sprintf("%v", a), fmt.Sprintf("%+v", *a), fmt.Sprintf("%#v", a)} {
		if strings.Contains(text, testBody) || strings.Contains(text, testRefresh) {
			t.Errorf("printed: %s", text)
		}
	}
}
