package practice

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

func arm(t *testing.T, s *Server, fault string) {
	t.Helper()
	if err := s.Configure(Switches{Fault: fault}); err != nil {
		t.Fatal(err)
	}
}

// consent signs in and stands before the two buttons.
func consent(t *testing.T, s *Server) *browser {
	t.Helper()
	b := newBrowser(t, s)
	b.open(consentURL())
	b.press("signin")
	return b
}

func TestDeny(t *testing.T) {
	s := newPractice(t)
	for _, button := range []string{"deny", "allow"} {
		b := consent(t, s)
		if button == "allow" {
			arm(t, s, "deny")
		}
		b.press(button)
		q := b.at.Query()
		if !strings.HasPrefix(b.at.String(), defaultRedirect) || q.Get("error") != "access_denied" || q.Get("state") != "state-of-the-test" || q.Get("code") != "" {
			t.Errorf("%s: sent to %s", button, b.at)
		}
	}
	allow(t, s) // once only
}

func TestDenySilent(t *testing.T) {
	s := newPractice(t)
	for _, button := range []string{"deny", "allow"} {
		b := consent(t, s)
		arm(t, s, "deny-silent")
		b.press(button)
		if b.status != 200 || b.header.Get("Location") != "" || !strings.Contains(b.page, text("dead.title")) {
			t.Errorf("%s: HTTP %d to %s", button, b.status, b.at)
		}
	}
	allow(t, s)
}

func TestWrongShop(t *testing.T) {
	s := newPractice(t)
	arm(t, s, "wrong-shop")
	access, _ := won(t, s)
	if who := callAPI(t, s, access, "/users/me"); who.Body["shop_id"] != 52284917.0 || !strings.HasPrefix(access, "90375518.") {
		t.Errorf("answered by %v", who.Body)
	}
	if access, _ = won(t, s); !strings.HasPrefix(access, "84120937.") {
		t.Errorf("and the time after by %s", access[:9])
	}
}

func TestFaultsOfTheTokenEndpoint(t *testing.T) {
	const keyShape = "Invalid API key: should be in the format 'keystring:shared_secret'."
	for fault, tc := range map[string]struct {
		status            int
		code, description string
		retryAfter        string
		then              int // the same request again
	}{
		"server-error": {500, "Server Error", "", "", 200},
		"json-only":    {403, keyShape, "", "", 200},
		"rate-limit":   {429, "Exceeded per second rate limit", "", "1", 200},
		"day-limit":    {429, "Exceeded daily rate limit", "", "3600", 200},
		"revoked":      {400, "invalid_grant", "refresh_token is revoked", "", 400},
		"lost-answer":  {500, "Server Error", "", "", 400},
	} {
		t.Run(fault, func(t *testing.T) {
			s := newPractice(t)
			_, refresh := won(t, s)
			arm(t, s, fault)
			got := send(t, s, "POST", tokenPath, refreshForm(refresh))
			got.is(t, tc.status, tc.code, tc.description)
			if got.Header.Get("Retry-After") != tc.retryAfter {
				t.Errorf("Retry-After %q, want %q", got.Header.Get("Retry-After"), tc.retryAfter)
			}
			if again := send(t, s, "POST", tokenPath, refreshForm(refresh)); again.Status != tc.then {
				t.Errorf("then: %d %v, want %d", again.Status, again.Body, tc.then)
			}
		})
	}
}

func TestJSONGetsThroughWhereFormsDoNot(t *testing.T) {
	s := newPractice(t)
	_, refresh := won(t, s)
	arm(t, s, "json-only:3")
	got := send(t, s, "POST", tokenPath, map[string]string{"grant_type": "refresh_token", "client_id": ClientID, "refresh_token": refresh})
	if got.Status != 200 {
		t.Errorf("%d %v", got.Status, got.Body)
	}
}

func TestFaultsOfTheAPI(t *testing.T) {
	for fault, status := range map[string]int{"api-down:2": 500, "rate-limit:2": 429, "day-limit:2": 429} {
		s := newPractice(t)
		access, refresh := won(t, s)
		arm(t, s, fault)
		for i, want := range []int{status, status, 200} {
			if got := callAPI(t, s, access, "/users/me"); got.Status != want {
				t.Errorf("%s, call %d: %d %v", fault, i+1, got.Status, got.Body)
			}
		}
		arm(t, s, "api-down")
		if got := send(t, s, "POST", tokenPath, refreshForm(refresh)); got.Status != 200 {
			t.Errorf("with the API down tokens still work: %v", got.Body)
		}
	}
}

func TestSlowAndHang(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newPractice(t)
		arm(t, s, "slow")
		began := time.Now()
		if got := callAPI(t, s, "", "/openapi-ping"); got.Status != 200 || time.Since(began) != slowFor {
			t.Errorf("slow: HTTP %d after %s", got.Status, time.Since(began))
		}
		arm(t, s, "hang:2")
		began = time.Now()
		if got := callAPI(t, s, "", "/openapi-ping"); got.Status != 504 || time.Since(began) != hangFor {
			t.Errorf("hang: HTTP %d after %s", got.Status, time.Since(began))
		}
		ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
		defer cancel()
		r, err := http.NewRequestWithContext(ctx, "GET", "https://api.practice.example/v3/application/openapi-ping", nil)
		if err != nil {
			t.Fatal(err)
		}
		began = time.Now()
		if _, err := s.Transport().RoundTrip(r); !errors.Is(err, context.DeadlineExceeded) || time.Since(began) != 20*time.Second {
			t.Errorf("a caller's patience: %v after %s", err, time.Since(began))
		}
	})
}

func TestConfigureRefuses(t *testing.T) {
	s := newPractice(t)
	for _, sw := range []Switches{
		{Fault: "earthquake"}, {Fault: "deny:"}, {Fault: "deny:0"}, {Fault: "deny:-1"}, {Fault: "deny:x"}, {Fault: "none:2"}, {Fault: "Deny"},
		{TimestampWindow: time.Millisecond}, {TimestampWindow: -time.Minute}, {TimestampWindow: 25 * time.Hour},
		{AccessTTL: time.Millisecond}, {RefreshTTL: -time.Second}, {AccessTTL: 100 * 365 * 24 * time.Hour},
		{Redirect: "localhost:3003"}, {Redirect: "javascript:alert(1)"}, {Redirect: "http://"}, {Redirect: "https://a@b.example/"},
		{Redirect: "https://a.example/#x"}, {Redirect: "https://a.example/; script-src *"}, {Redirect: "ftp://a.example/"},
	} {
		if err := s.Configure(sw); err == nil {
			t.Errorf("%+v: no error", sw)
		}
	}
	if access, _ := won(t, s); access == "" {
		t.Error("a refused switch took effect")
	}
}

func TestNoneClearsEverything(t *testing.T) {
	s := newPractice(t)
	for _, fault := range Faults() {
		if fault.Meaning == "" {
			t.Errorf("%s has no meaning", fault.Name)
		}
		arm(t, s, fault.Name+":5")
	}
	arm(t, s, "none")
	won(t, s)
}
