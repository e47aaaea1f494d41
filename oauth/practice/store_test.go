package practice

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

func stateOf(t *testing.T, s *Server) string {
	t.Helper()
	text, err := os.ReadFile(s.store.path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestStateSurvivesARestart(t *testing.T) {
	s := newPractice(t)
	if err := s.Configure(Switches{AccessTTL: time.Minute, Fault: "slow:3", Redirect: "https://app.example/cb"}); err != nil {
		t.Fatal(err)
	}
	arm(t, s, "none")
	access, refresh := won(t, s)
	code := allow(t, s)

	again := Open(s.store.path)
	if got := callAPI(t, again, access, "/users/me"); got.Status != 200 {
		t.Errorf("access token after a restart: %v", got.Body)
	}
	if got := send(t, again, "POST", tokenPath, refreshForm(refresh)); got.Status != 200 || got.Body["expires_in"] != 60.0 {
		t.Errorf("refresh after a restart: %v", got.Body)
	}
	if got := send(t, again, "POST", tokenPath, exchangeForm(code)); got.Status != 200 {
		t.Errorf("code after a restart: %v", got.Body)
	}
	allow(t, again, "redirect_uri", "https://app.example/cb")
	send(t, again, "POST", tokenPath, refreshForm(refresh)).is(t, 400, "invalid_grant", "refresh_token is revoked")
}

func TestStateIsPrivateAndHoldsNoSecret(t *testing.T) {
	s := newPractice(t)
	b := newBrowser(t, s)
	b.open(consentURL())
	b.press("signin")
	cookie := b.client.Jar.Cookies(b.at)[0].Value
	b.press("allow")
	code := b.at.Query().Get("code")
	got := send(t, s, "POST", tokenPath, exchangeForm(code))
	written := stateOf(t, s)
	access, refresh := got.text("access_token"), got.text("refresh_token")
	for name, secret := range map[string]string{
		"code": code, "access": access[9:], "refresh": refresh[9:], "family": access[9 : 9+familyLength], "cookie": cookie, "verifier": verifier,
	} {
		if strings.Contains(written, secret) {
			t.Errorf("the %s stands in the state file", name)
		}
	}
	if runtime.GOOS == "windows" {
		return // access there is the folder's, not the mode's
	}
	for path, want := range map[string]os.FileMode{s.store.path: 0o600, s.store.path + ".lock": 0o600, filepath.Dir(s.store.path): 0o700 | os.ModeDir} {
		if info, err := os.Stat(path); err != nil || info.Mode() != want {
			t.Errorf("%s: %v, %v; want %v", filepath.Base(path), info.Mode(), err, want)
		}
	}
}

func TestDamagedStateIsPutAside(t *testing.T) {
	for name, damaged := range map[string]string{
		"empty":         "",
		"cut off":       `{"version":1,"access_sec`,
		"not JSON":      "hello",
		"an array":      "[]",
		"the future":    `{"version":2}`,
		"no version":    `{}`,
		"unknown field": `{"version":1,"colour":"blue"}`,
		"null map":      `{"version":1,"codes":null}`,
		"null entry":    `{"version":1,"grants":{"a":null}}`,
		"unknown shop":  `{"version":1,"grants":{"a":{"shop":1}}}`,
		"no lifetime":   `{"version":1,"access_seconds":0}`,
		"two states":    `{"version":1}{"version":1}`,
	} {
		t.Run(name, func(t *testing.T) {
			s := newPractice(t)
			folder := filepath.Dir(s.store.path)
			if err := os.MkdirAll(folder, 0o700); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(s.store.path, []byte(damaged), 0o600); err != nil {
				t.Fatal(err)
			}
			won(t, s)
			aside, err := filepath.Glob(filepath.Join(folder, "state.json.aside-*"))
			if err != nil || len(aside) != 1 {
				t.Fatalf("put aside: %v, %v", aside, err)
			}
			if kept, err := os.ReadFile(aside[0]); err != nil || string(kept) != damaged {
				t.Errorf("kept %q, %v; want %q", kept, err, damaged)
			}
		})
	}
}

func TestLookingWritesNothing(t *testing.T) {
	s := newPractice(t)
	access, _ := won(t, s)
	before, err := os.Stat(s.store.path)
	if err != nil {
		t.Fatal(err)
	}
	b := newBrowser(t, s)
	for _, address := range []string{consentURL(), consentURL("state", ""), consentURL("client_id", "x"), home + pathApps, home + pathSwitches, home + "/nothing"} {
		b.open(address)
	}
	callAPI(t, s, access, "/users/me")
	callAPI(t, s, "", "/openapi-ping")
	send(t, s, "POST", tokenPath, refreshForm("abc"))
	send(t, s, "POST", tokenPath, exchangeForm("abc"))
	if after, err := os.Stat(s.store.path); err != nil || !os.SameFile(before, after) || after.ModTime() != before.ModTime() {
		t.Errorf("the state was written: %v, %v", after, err)
	}
}

func TestStateDoesNotGrow(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newPractice(t)
		_, refresh := won(t, s)
		for range maxAccessTokens + 10 {
			later(time.Second)
			refresh = send(t, s, "POST", tokenPath, refreshForm(refresh)).text("refresh_token")
		}
		if size := len(stateOf(t, s)); size > 16<<10 {
			t.Errorf("after many refreshes: %d bytes", size)
		}
		for range 3 {
			won(t, s)
		}
		later(400 * 24 * time.Hour)
		won(t, s)
		st, err := parseState([]byte(stateOf(t, s)))
		if err != nil {
			t.Fatal(err)
		}
		if len(st.Grants) != 1 || len(st.Codes) != 1 || len(st.Sessions) != 1 {
			t.Errorf("a year later: %d grants, %d codes, %d sessions", len(st.Grants), len(st.Codes), len(st.Sessions))
		}
	})
}

func TestUnusableFolder(t *testing.T) {
	blocked := filepath.Join(t.TempDir(), "a file")
	if err := os.WriteFile(blocked, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	s := Open(filepath.Join(blocked, "state.json"))
	send(t, s, "POST", tokenPath, refreshForm("abc")).is(t, 500, "Server Error", "")
	b := newBrowser(t, s)
	if b.open(consentURL()); b.status != 500 || !strings.Contains(b.page, text("broken.title")) || strings.Contains(b.page, blocked) {
		t.Errorf("HTTP %d\n%s", b.status, b.page)
	}
	if err := s.Configure(Switches{Fault: "deny"}); err == nil {
		t.Error("Configure reports nothing")
	}
}

func TestParsedStateWritesItselfAgain(t *testing.T) {
	s := newPractice(t)
	won(t, s)
	allow(t, s)
	arm(t, s, "deny:2")
	before := stateOf(t, s)
	arm(t, s, "deny:2")
	if after := stateOf(t, s); after != before {
		t.Errorf("before:\n%s\nafter:\n%s", before, after)
	}
}
