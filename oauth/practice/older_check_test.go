package practice

import (
	"net/url"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// Every slip a signer can make, tried at an operation that is open to the key.
func TestOlderRefusals(t *testing.T) {
	s := newPractice(t)
	key := wonOlder(t, s, "listings_r")
	unescaped := func(text string) string { return text }
	raw := func(change func(*signer)) signer {
		sg := key
		change(&sg)
		return sg
	}
	for name, tc := range map[string]struct {
		sg      signer
		status  int
		problem string
	}{
		"secret as a query":      {raw(func(sg *signer) { sg.key = url.QueryEscape }), 401, "signature_invalid"},
		"secret unescaped":       {raw(func(sg *signer) { sg.key = unescaped }), 401, "signature_invalid"},
		"secret as a path":       {raw(func(sg *signer) { sg.key = url.PathEscape }), 401, "signature_invalid"},
		"wrong client secret":    {raw(func(sg *signer) { sg.secret = ClientSecret }), 401, "signature_invalid"},
		"wrong token secret":     {raw(func(sg *signer) { sg.tokenSecret = "0123456789" }), 401, "signature_invalid"},
		"no token secret":        {raw(func(sg *signer) { sg.tokenSecret = "" }), 401, "signature_invalid"},
		"a signature of its own": {key.but("oauth_signature", "AAAAAAAAAAAAAAAAAAAAAAAAAAA="), 401, "signature_invalid"},
		"no signature":           {key.but("oauth_signature", ""), 400, "parameter_absent"},
		"no consumer key":        {key.but("oauth_consumer_key", ""), 400, "parameter_absent"},
		"no token":               {key.but("oauth_token", ""), 400, "parameter_absent"},
		"no timestamp":           {key.but("oauth_timestamp", ""), 400, "parameter_absent"},
		"no nonce":               {key.but("oauth_nonce", ""), 400, "parameter_absent"},
		"no method":              {key.but("oauth_signature_method", ""), 400, "parameter_absent"},
		"PLAINTEXT":              {key.but("oauth_signature_method", "PLAINTEXT"), 400, "signature_method_rejected"},
		"RSA-SHA1":               {key.but("oauth_signature_method", "RSA-SHA1"), 400, "signature_method_rejected"},
		"version 2.0":            {key.but("oauth_version", "2.0"), 400, "version_rejected"},
		"unknown consumer key":   {key.but("oauth_consumer_key", "abc"), 401, "consumer_key_unknown"},
		"unknown token":          {key.but("oauth_token", strings.Repeat("0", olderTokenLength)), 403, "token_rejected"},
		"negative timestamp":     {key.but("oauth_timestamp", "-1"), 400, "parameter_rejected"},
		"timestamp in words":     {key.but("oauth_timestamp", "now"), 400, "parameter_rejected"},
		"timestamp with a part":  {key.but("oauth_timestamp", "1.5"), 400, "parameter_rejected"},
		"endless timestamp":      {key.but("oauth_timestamp", strings.Repeat("9", 30)), 400, "parameter_rejected"},
		"in milliseconds":        {key.but("oauth_timestamp", strconv.FormatInt(time.Now().UnixMilli(), 10)), 400, "parameter_rejected"},
		"long ago":               {key.but("oauth_timestamp", "137131200"), 401, "timestamp_refused"},
	} {
		tc.sg.ask(t, s, "GET", "/v2/oauth/scopes", nil).is(t, name, tc.status, tc.problem)
	}
	got := newSigner().but("oauth_consumer_key", "").but("oauth_nonce", "").with("t", "").ask(t, s, "GET", "/v2/oauth/scopes", nil)
	if got.form(t).Get("oauth_parameters_absent") != "oauth_consumer_key&oauth_nonce" {
		t.Errorf("not all that is absent is named: %s", got.Text)
	}
	r := key.request(t, "GET", olderHome+"/v2/oauth/scopes", nil)
	r.Header.Add("Authorization", "OAuth")
	deliver(t, s, r).is(t, "two headers", 400, "parameter_rejected")
}

// What a developer needs to find the slip: the base string the market has made.
func TestTheBaseStringIsShown(t *testing.T) {
	s := newPractice(t)
	key := wonOlder(t, s, "")
	sg := key.with(key.token, "wrong").but("oauth_nonce", "n").but("oauth_timestamp", strconv.FormatInt(time.Now().Unix(), 10))
	got := sg.ask(t, s, "GET", "/v2/oauth/scopes?b=+&a=", nil)
	want := "GET&https%3A%2F%2Fapi.practice.example%2Fv2%2Foauth%2Fscopes&a%3D%26b%3D%2520%26oauth_consumer_key%3D" + OlderClientID +
		"%26oauth_nonce%3Dn%26oauth_signature_method%3DHMAC-SHA1%26oauth_timestamp%3D" + sg.set["oauth_timestamp"] +
		"%26oauth_token%3D" + key.token + "%26oauth_version%3D1.0"
	if base := got.form(t).Get("debug_sbs"); base != want {
		t.Errorf("got  %s\nwant %s", base, want)
	}
}

// Wherever the parameters stand, and by either method, with no version too.
func TestOlderWaysToSign(t *testing.T) {
	s := newPractice(t)
	won := wonOlder(t, s, "listings_r listings_w")
	form := url.Values{"products": {`[{"offerings":[{"price":"5.00","quantity":1}]}]`}}
	for _, place := range []string{"header", "query", "body"} {
		for _, method := range []string{"HMAC-SHA1", "HMAC-SHA256"} {
			sg := won
			sg.place, sg.method = place, method
			got := sg.but("oauth_version", "").ask(t, s, "PUT", "/v2/listings/1640021101/inventory?a=1&a=10&a=2&c%40=&c2=%2B+", form)
			if got.Status != 200 {
				t.Errorf("%s in the %s: HTTP %d %s", method, place, got.Status, got.Text)
			}
		}
	}
}

// A request counts once, in whichever process it comes in. One that is not signed uses no nonce up.
func TestNonces(t *testing.T) {
	s := newPractice(t)
	key := wonOlder(t, s, "").but("oauth_nonce", "once").but("oauth_timestamp", strconv.FormatInt(time.Now().Unix(), 10))
	wrong := key.with(key.token, "wrong")
	wrong.ask(t, s, "GET", "/v2/oauth/scopes", nil).is(t, "forged", 401, "signature_invalid")
	if got := key.ask(t, s, "GET", "/v2/oauth/scopes", nil); got.Status != 200 {
		t.Fatalf("HTTP %d %s", got.Status, got.Text)
	}
	got := key.ask(t, s, "GET", "/v2/oauth/scopes", nil)
	if got.is(t, "again", 401, "nonce_used"); got.form(t).Get("oauth_nonce") != "once" {
		t.Error(got.Text)
	}
	key.ask(t, Open(s.store.path), "GET", "/v2/users/__SELF__", nil).is(t, "another process, another operation", 401, "nonce_used")
	if got := wonOlder(t, s, "").but("oauth_nonce", "once").ask(t, s, "GET", "/v2/oauth/scopes", nil); got.Status != 200 {
		t.Errorf("another key's nonce: HTTP %d %s", got.Status, got.Text)
	}
}

// One signed request, sent by many at once: one is answered.
func TestOneNonceManyCallers(t *testing.T) {
	s := newPractice(t)
	key := wonOlder(t, s, "").but("oauth_nonce", "once").but("oauth_timestamp", strconv.FormatInt(time.Now().Unix(), 10))
	var all sync.WaitGroup
	var mu sync.Mutex
	answered := 0
	for range 20 {
		r := key.request(t, "GET", olderHome+"/v2/oauth/scopes", nil)
		all.Go(func() {
			resp, err := s.Transport().RoundTrip(r)
			mu.Lock()
			defer mu.Unlock()
			if err == nil && resp.StatusCode == 200 {
				answered++
			}
		})
	}
	if all.Wait(); answered != 1 {
		t.Errorf("%d of 20 were answered", answered)
	}
}

func TestTimestampWindow(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newPractice(t)
		key := wonOlder(t, s, "")
		try := func(off time.Duration) olderReply {
			t.Helper()
			return key.but("oauth_timestamp", strconv.FormatInt(time.Now().Add(off).Unix(), 10)).ask(t, s, "GET", "/v2/oauth/scopes", nil)
		}
		at := func(off time.Duration) string { return strconv.FormatInt(time.Now().Add(off).Unix(), 10) }
		for _, off := range []time.Duration{-5 * time.Minute, 5 * time.Minute} {
			if got := try(off); got.Status != 200 {
				t.Errorf("%s: HTTP %d %s", off, got.Status, got.Text)
			}
		}
		for _, off := range []time.Duration{-5*time.Minute - time.Second, 5*time.Minute + time.Second, 20 * time.Minute} {
			got := try(off)
			got.is(t, off.String(), 401, "timestamp_refused")
			if accepted := got.form(t).Get("oauth_acceptable_timestamps"); accepted != at(-5*time.Minute)+"-"+at(5*time.Minute) {
				t.Errorf("accepted is said to be %s", accepted)
			}
		}
		if err := s.Configure(Switches{TimestampWindow: time.Hour}); err != nil {
			t.Fatal(err)
		}
		if got := try(-20 * time.Minute); got.Status != 200 {
			t.Errorf("a wider window: HTTP %d %s", got.Status, got.Text)
		}
		arm(t, s, "clock-ahead:2")
		got := key.but("oauth_timestamp", at(-50*time.Minute)).ask(t, s, "GET", "/v2/oauth/scopes", nil)
		got.is(t, "the market's clock is ahead", 401, "timestamp_refused")
		date, err := time.Parse(time.RFC1123, got.Header.Get("Date"))
		if err != nil || !date.Equal(time.Now().Add(clockAhead).Truncate(time.Second)) {
			t.Errorf("Date is %s, %v", got.Header.Get("Date"), err)
		}
		if got := try(time.Until(date)); got.Status != 200 {
			t.Errorf("with the clock that Date told: HTTP %d %s", got.Status, got.Text)
		}
	})
}

// A nonce is remembered as long as its timestamp counts, and no longer.
func TestNoncesAreForgotten(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newPractice(t)
		key := wonOlder(t, s, "")
		later(6 * time.Minute)
		key.ask(t, s, "GET", "/v2/oauth/scopes", nil)
		st, err := s.store.load()
		if err != nil || len(st.Older.Nonces) != 1 {
			t.Errorf("%d nonces are kept, %v", len(st.Older.Nonces), err)
		}
	})
}
