package valet_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"valetkey/oauth"
	"valetkey/oauth/practice"
	"valetkey/valet"
	"valetkey/valet/words"
)

// planted are secrets as they look in the wild, and what says whose computer this is.
var planted = []string{
	"51730426.jKBPLnOiYt7vpWlsny_lDKqINn4ny_jwH89hA4IZgggyzqmV_bmQHGJ3HOHH2DmZxOJn5V1qQFnVP9bCn9jnrggCRz", // an access token
	"Zm9vYmFyLXJlZnJlc2gtdG9rZW4", "v3rystrange", "bftcubu-wownsvftz5kowdmxnqtsuoikwqkha7_4na3igu1uy",
	"practice00", "1aa2bb33c44d55eeeeee6fff", "xjdwqhvc", "8f3a-77b1-c0de", "482915", "correct horse battery",
	"oauth_token_secret_9c2f", "dBjftJeZ4CVP-mBAKu0RJg", "sk_live_4eC39HqLyjWDarjt", "AAAA%2FAAA%3DAAAAAAAA", "мойсекрет",
}

// plantedHome is a kit with planted secrets wherever a careless hand or another program may have left them.
func plantedHome(t *testing.T) *kit {
	t.Helper()
	k := newKit(t)
	k.mustConnect(t)
	providers := filepath.Join(k.options.Folders.Config, "providers")
	if err := os.MkdirAll(providers, 0o700); err != nil {
		t.Fatal(err)
	}
	var log strings.Builder
	for n, secret := range planted {
		file := strings.ReplaceAll(secret, "/", "_")
		content := fmt.Sprintf(`{"id": %q, "name": %q, "client_secret": %q, %q: 1}`, secret, secret, secret, secret)
		if err := os.WriteFile(filepath.Join(providers, file+".json"), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&log, "time=2026-11-22T04:30:%02d.000Z level=WARN msg=\"a verb failed\" error=\"oauth: no answer from %s: code=%s&state=%s\"\n", n, secret, secret, secret)
		fmt.Fprintf(&log, "time=2026-11-22T04:30:%02d.000Z level=%s msg=%q token=%s\n", n, secret, secret, secret)
		fmt.Fprintf(&log, "%s\nAuthorization: Bearer %s\nhttps://%s.example/?%s#%s\n(%s),[%s];{%s}\n\"%s\"\n", secret, secret, secret, secret, secret, secret, secret, secret, secret)
	}
	if err := os.WriteFile(k.options.Folders.Log(), []byte(log.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	plantProvider(t, providers)
	_, err := k.valet.Keys.Set(t.Context(), valet.NewAppKey{
		Provider: "practice", Label: planted[2], ClientID: practice.ClientID, Secret: oauth.NewSecret(planted[8]), Redirect: redirect,
	})
	if err != nil {
		t.Fatal(err)
	}
	k.start(t)
	return k
}

// plantProvider adds a provider file that is good, and whose every name is a secret.
func plantProvider(t *testing.T, folder string) {
	t.Helper()
	at := "https://" + planted[6] + ".example/"
	data, err := json.Marshal(map[string]any{
		"id": planted[6], "name": planted[1], "protocol": "oauth2", "authorization_endpoint": at + "a", "token_endpoint": at + planted[7],
		"client_id": planted[5], "token_endpoint_auth_method": "none", "redirect_uri": "https://back.example/" + planted[7], "api": at,
	})
	if err == nil {
		err = os.WriteFile(filepath.Join(folder, planted[6]+".json"), data, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// report makes every visit there is and writes one report of all that they found, and of errors with secrets in every field.
func (k *kit) report(t *testing.T, names bool) string {
	t.Helper()
	d := valet.NewDoctor(k.valet, valet.Instruments{Browser: theirBrowser, Lookup: knownHost, Transport: far{err: errors.New(planted[0])}})
	var all []valet.Finding
	for _, visit := range []valet.Visit{{}, {Provider: "practice"}, {Provider: planted[6]}, {Key: k.valet.Connections()[0].ID}} {
		for f := range d.Examine(t.Context(), visit) {
			all = append(all, f)
		}
	}
	for _, secret := range planted {
		for _, kind := range []valet.Kind{valet.StoreTrouble, valet.BadProviderFile, valet.ExchangeRefused, valet.Unreachable, valet.NeedsConsent, "odd"} {
			err := &valet.Error{Kind: kind, Subject: secret, Other: secret, Provider: secret, Cause: errors.New(secret)}
			all = append(all, valet.Finding{Check: valet.CheckToken, State: valet.Wrong, Reason: secret, About: secret, Provider: secret, Subject: secret, Other: secret, Err: err})
		}
		all = append(all, valet.Finding{Check: valet.CheckNetwork, State: valet.Wrong, Reason: "proxy", About: secret, Provider: secret, Subject: secret, Other: secret})
	}
	return words.Report{Version: "1.2.3", Chart: d.Chart(), Found: all, Names: names, Now: time.Now()}.String()
}

// TestReportHoldsNoSecret looks for what was planted, whole and in parts, in the report of a home that is full of it.
func TestReportHoldsNoSecret(t *testing.T) {
	k := plantedHome(t)
	c := k.valet.Connections()[0]
	report := k.report(t, false)
	parts := append([]string{}, planted...)
	for _, secret := range planted {
		for _, part := range regexp.MustCompile(`[^\pL\pN_]+`).Split(secret, -1) {
			if len(part) > 5 && part != "correct" {
				parts = append(parts, part)
			}
		}
	}
	home, err := os.UserHomeDir()
	if err != nil {
		t.Fatal(err)
	}
	token := k.mustToken(t, c.ID)
	parts = append(parts, token, token[strings.Index(token, ".")+1:], c.Name, c.Account.ShopName, c.Account.UserID, c.Account.ShopID,
		k.options.Folders.State, practice.ClientID)
	if len(home) > 1 {
		parts = append(parts, home+"/")
	}
	for _, part := range parts {
		if strings.Contains(report, part) {
			t.Errorf("%q is in the report", part)
		}
	}
	for _, said := range []string{"Valet Key 1.2.3, go1.", "Token of key-1: ", "Practice takes the token", "time=2026-11-22T04:30:14.000Z level=WARN msg=\"a verb failed\"", "[removed]",
		"(port, ", "Secret of app-key-1"} {
		if !strings.Contains(report, said) {
			t.Errorf("%q is not in the report:\n%s", said, report)
		}
	}
}

// TestReportWithNames: names are shown where the person wants that, and still no secret.
func TestReportWithNames(t *testing.T) {
	k := newKit(t)
	c := k.mustConnect(t)
	log := "time=2026-11-22T04:30:00.000Z level=INFO msg=\"name look-up failed\" connection=" + c.Name + " token=" + planted[0] + " " + planted[6] + "\n"
	if err := os.WriteFile(k.options.Folders.Log(), []byte(log), 0o600); err != nil {
		t.Fatal(err)
	}
	report := k.report(t, true)
	if !strings.Contains(report, "Token of "+c.Name) || !strings.Contains(report, `msg="name look-up failed" connection=`+c.Name+" [removed]\n") {
		t.Errorf("the name is not in it:\n%s", report)
	}
	for _, secret := range append(planted, k.mustToken(t, c.ID)) {
		if strings.Contains(report, secret) {
			t.Errorf("%q is in the report", secret)
		}
	}
}
