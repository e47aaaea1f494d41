package valet

import (
	"io"
	"time"
)

const (
	etsyExpired = `{"error":"invalid_token","error_description":"access token is expired"}`
	etsyRevoked = `{"error":"invalid_token","error_description":"access token has been revoked"}`
	etsyScope   = `{"error":"insufficient_scope","error_description":"Insufficient scope"}`
	etsySecond  = `{"error":"Exceeded per second rate limit"}`
	etsyDay     = `{"error":"Exceeded daily rate limit"}`
	etsyKey     = `{"error":"API key not found or not active, or incorrect shared secret for API key."}`
)

// errandRows are answers about the key and about what was asked.
var errandRows = []errandRow{
	{name: "done", status: 200, sent: 1},
	{name: "made", turns: []turn{{status: 201}}, status: 201, sent: 1},
	{name: "as large as it may be", turns: []turn{{size: 1 << 20}}, status: 200, sent: 1},
	{name: "too large", turns: []turn{{size: 1<<20 + 1}}, want: AnswerUnusable, status: 200, sent: 1},
	{name: "an error too large", turns: []turn{{status: 500, size: 1<<20 + 1}}, want: AnswerUnusable, status: 500, sent: 1},
	{name: "cut short", turns: []turn{{body: "{", breaks: io.ErrUnexpectedEOF}}, want: AnswerUnusable, status: 200, sent: 1},
	{name: "no answer", turns: []turn{{hangs: true}}, want: Unreachable, sent: 1, took: 20 * time.Second},

	{name: "401 once", turns: []turn{{status: 401}}, status: 200, sent: 2, renewals: 1},
	{name: "401 once, Etsy", kind: "etsy", turns: []turn{{status: 401, body: etsyExpired}}, status: 200, sent: 2, renewals: 1},
	{name: "401 twice", turns: []turn{{status: 401}, {status: 401}}, want: TokenRefused, subject: "401 Unauthorized", status: 401, sent: 2, renewals: 1},
	{name: "401 twice, Etsy", kind: "etsy", turns: []turn{{status: 401, body: etsyExpired}, {status: 401, body: etsyExpired}},
		want: TokenRefused, subject: "invalid_token", status: 401, sent: 2, renewals: 1},
	{name: "401, and it cannot be renewed", kind: "bare", turns: []turn{{status: 401}}, want: TokenRefused, status: 401, sent: 1},
	{name: "401, and the provider has ended it", turns: []turn{{status: 401}}, token: turn{status: 400, body: `{"error":"invalid_grant"}`},
		want: NeedsConsent, status: 401, sent: 1, renewals: 1},
	{name: "401, and no renewal for now", turns: []turn{{status: 401}}, token: turn{status: 503}, want: Unreachable, status: 401, sent: 1, renewals: 1},
	{name: "401 taken back, Etsy", kind: "etsy", turns: []turn{{status: 401, body: etsyRevoked}}, want: TokenRefused, status: 401, sent: 1},
	{name: "401 about the app key, Etsy", kind: "etsy", turns: []turn{{status: 401, body: etsyKey}}, want: AppKeyRefused, status: 401, sent: 1},
	{name: "401 after 429", turns: []turn{{status: 429, header: "Retry-After: 1"}, {status: 401}}, status: 200, sent: 3, renewals: 1, took: time.Second},

	{name: "403 taken back, Etsy", kind: "etsy", turns: []turn{{status: 403, body: etsyRevoked}}, want: TokenRefused, status: 403, sent: 1},
	{name: "403 too little, Etsy", kind: "etsy", turns: []turn{{status: 403, body: etsyScope}}, want: TokenRefused, subject: "insufficient_scope", status: 403, sent: 1},
	{name: "403 too little, in the header", turns: []turn{{status: 403, header: `WWW-Authenticate: Bearer realm="x", error="insufficient_scope"`}},
		want: TokenRefused, subject: "insufficient_scope", status: 403, sent: 1},
	{name: "401 too little", turns: []turn{{status: 401, body: etsyScope}}, want: TokenRefused, subject: "insufficient_scope", status: 401, sent: 1},
	{name: "403 about the app key, Etsy", kind: "etsy", turns: []turn{{status: 403, body: etsyKey}}, want: AppKeyRefused, status: 403, sent: 1},
	{name: "403 of another kind", turns: []turn{{status: 403}}, want: Declined, subject: "403 Forbidden", status: 403, sent: 1},
	{name: "404", kind: "etsy", method: "GET", turns: []turn{{status: 404}}, want: Declined, subject: "404 Not Found", status: 404, sent: 1},
	{name: "400", kind: "etsy", turns: []turn{{status: 400, body: `{"error":"price is not a number"}`}}, want: Declined, subject: "400 Bad Request", status: 400, sent: 1},
	{name: "an odd status", turns: []turn{{status: 499}}, want: Declined, subject: "499", status: 499, sent: 1},
	{name: "redirect", turns: []turn{{status: 307, header: "Location: https://evil.example/"}}, want: Declined, subject: "redirect", status: 307, sent: 1},
	{name: "redirect under the API", turns: []turn{{status: 302, header: "Location: /base/other"}}, want: Declined, subject: "redirect", status: 302, sent: 1},
}

// pauseRows are providers that want to be left alone for a while; the patience is a minute.
var pauseRows = []errandRow{
	{name: "429 short", turns: []turn{{status: 429, header: "Retry-After: 2"}}, status: 200, sent: 2, took: 2 * time.Second},
	{name: "429 until a date", turns: []turn{{status: 429, header: "Retry-After: Sat, 01 Jan 2000 00:00:30 GMT"}}, status: 200, sent: 2, took: 30 * time.Second},
	{name: "429 until a date that is over", turns: []turn{{status: 429, header: "Retry-After: Fri, 31 Dec 1999 00:00:00 GMT"}}, status: 200, sent: 2, took: time.Second},
	{name: "429 just as long as it waits", turns: []turn{{status: 429, header: "Retry-After: 60"}}, status: 200, sent: 2, took: minute},
	{name: "429 a little longer", turns: []turn{{status: 429, header: "Retry-After: 61"}}, want: Busy, status: 429, sent: 1, again: 61 * time.Second},
	{name: "429 for a day", turns: []turn{{status: 429, header: "Retry-After: 86400"}}, want: Busy, status: 429, sent: 1, again: 24 * time.Hour},
	{name: "429 for ever", turns: []turn{{status: 429, header: "Retry-After: 2000000000"}}, want: Busy, status: 429, sent: 1, again: 30 * 24 * time.Hour},
	{name: "429 again and again", turns: []turn{{status: 429, header: "Retry-After: 25"}, {status: 429, header: "Retry-After: 25"}, {status: 429, header: "Retry-After: 25"}},
		want: Busy, status: 429, sent: 3, took: 50 * time.Second, again: 25 * time.Second},
	{name: "429 and no pause worth the name", turns: []turn{{status: 429, header: "Retry-After: 0"}, {status: 429, header: "Retry-After: 0"}}, status: 200, sent: 3, took: 2 * time.Second},
	{name: "429 without a word", turns: []turn{{status: 429}}, want: Busy, status: 429, sent: 1},
	{name: "429 with an odd word", turns: []turn{{status: 429, header: "Retry-After: soon"}}, want: Busy, status: 429, sent: 1},
	{name: "429 below nothing", turns: []turn{{status: 429, header: "Retry-After: -5"}}, want: Busy, status: 429, sent: 1},
	{name: "429 for a second, Etsy", kind: "etsy", turns: []turn{{status: 429, body: etsySecond}}, status: 200, sent: 2, took: time.Second},
	{name: "429 for the day, Etsy", kind: "etsy", turns: []turn{{status: 429, body: etsyDay}}, want: Busy, status: 429, sent: 1},
	{name: "503 and only read", method: "GET", turns: []turn{{status: 503, header: "Retry-After: 3"}}, status: 200, sent: 2, took: 3 * time.Second},
	{name: "503 and something may be done", turns: []turn{{status: 503, header: "Retry-After: 3"}}, want: Busy, status: 503, sent: 1, again: 3 * time.Second},
	{name: "500", kind: "etsy", method: "GET", turns: []turn{{status: 500, body: `{"error":"invalid_token"}`}}, want: Busy, status: 500, sent: 1},
	{name: "408", turns: []turn{{status: 408}}, want: Busy, status: 408, sent: 1},
}
