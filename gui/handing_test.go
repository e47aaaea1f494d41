//go:build !nogui

package gui

import (
	"context"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"valetkey/gui/panel"
	"valetkey/gui/trial"
	"valetkey/oauth/oauth1"
	"valetkey/valet"
	"valetkey/valet/words"
)

// fakeHandout is a key as programs want it.
type fakeHandout struct{}

func (fakeHandout) Headers() []string {
	return []string{"x-api-key: 1aa2:s3cret", "Authorization: Bearer 12345678.access-token"}
}
func (fakeHandout) Lines(s valet.Shell) string { return string(s) + " 12345678.access-token\n" }
func (fakeHandout) Curl(path string) (string, error) {
	if path == "/bad" {
		return "", &valet.Error{Kind: valet.BadTarget}
	}
	return "curl " + path + "\n", nil
}

func TestFormsOfAKey(t *testing.T) {
	for form, want := range map[panel.Form]string{
		panel.FormBearer:  "Authorization: Bearer 12345678.access-token",
		panel.FormHeaders: "x-api-key: 1aa2:s3cret\nAuthorization: Bearer 12345678.access-token",
		panel.FormConfig:  "curl \n",
		panel.FormCommand: trial.Curl("curl /me\n", runtime.GOOS),
		panel.FormDotenv:  "dotenv 12345678.access-token\n",
		panel.FormPosix:   "sh 12345678.access-token\n",
		panel.FormFish:    "fish 12345678.access-token\n",
		panel.FormPower:   "powershell 12345678.access-token\n",
	} {
		if got, err := formed(fakeHandout{}, form, "/me"); err != nil || got != want {
			t.Errorf("%s: %q, %v", form, got, err)
		}
	}
	if _, err := formed(fakeHandout{}, panel.FormCommand, "/bad"); valet.KindOf(err) != valet.BadTarget {
		t.Errorf("a path that cannot be asked: %v", err)
	}
}

func TestTheMenuHoldsWhatMakesSense(t *testing.T) {
	r := newRig(t, blueFern())
	c := blueFern()
	etsy, _ := r.markets.Get("etsy")
	today := []panel.Form{panel.FormToken, panel.FormBearer, panel.FormHeaders, panel.FormConfig, panel.FormCommand, panel.FormDotenv, panel.FormPosix, panel.FormFish, panel.FormPower}
	if got := formsOf(etsy, c, time.Now()); !slices.Equal(got, today) {
		t.Errorf("at Etsy: %v", got)
	}
	plain := etsy
	plain.EtsyAPI, plain.Headers = false, nil
	if got := formsOf(plain, c, time.Now()); slices.Contains(got, panel.FormHeaders) || slices.Contains(got, panel.FormCommand) {
		t.Errorf("where there is one header and nothing to ask: %v", got)
	}
	signed := etsy
	signed.EtsyAPI, signed.BuiltIn, signed.OAuth1 = false, true, &oauth1.Provider{}
	if got := formsOf(signed, c, time.Now()); !slices.Equal(got, []panel.Form{panel.FormToken, panel.FormSigner}) {
		t.Errorf("where requests are signed: %v", got)
	}
}

// handsOut gives a handout with nothing in it, or fails.
type handsOut struct {
	err  error
	used int
}

func (h *handsOut) UseHandout(_ context.Context, _ valet.ID, _ time.Duration, use func(valet.Handout) error) error {
	if h.err != nil {
		return h.err
	}
	h.used++
	return use(valet.Handout{})
}

func TestAFormIsCopiedLikeTheToken(t *testing.T) {
	r := newRig(t, blueFern())
	hands := &handsOut{}
	r.app.Handouts = hands
	handing{r.desk}.copy(panel.FormCommand)
	want := words.T("window.copied.form", "Form", panel.FormCommand.Name(), "Seconds", 45)
	r.untilText(want)
	if got := r.board.board.Content(); !strings.HasSuffix(got, "| curl --config -\n") {
		t.Errorf("the clipboard holds %q", got)
	}
	r.board.until = time.Now().Add(-time.Second)
	if r.tick(); r.board.board.Content() != "" {
		t.Errorf("after its time the clipboard holds %q", r.board.board.Content())
	}
	r.until("it is no longer busy", func() bool { return !r.desk.busy })
	hands.err = &valet.Error{Kind: valet.BadAppKey, Subject: "client_secret", Provider: "Etsy"}
	handing{r.desk}.copy(panel.FormDotenv)
	r.untilText(words.Sentence(hands.err).What)
	handing{r.desk}.copy(panel.FormToken)
	r.untilText(words.T("window.copied", "Seconds", 45))
	if got := r.board.board.Content(); got != "12345678.access-token" || hands.used != 1 {
		t.Errorf("the clipboard holds %q after %d handouts", got, hands.used)
	}
}

func TestWhereRequestsAreSignedTheCommandIsCopied(t *testing.T) {
	c := blueFern()
	c.Account.ShopID = "77"
	r := newRig(t, c)
	for i := range r.markets.markets {
		m := &r.markets.markets[i]
		m.EtsyAPI, m.BuiltIn, m.OAuth1 = false, true, &oauth1.Provider{}
	}
	handing{r.desk}.copy(panel.FormSigner)
	if got := r.board.board.Content(); !strings.HasPrefix(got, "valetkey request blue-fern-pottery GET /") {
		t.Errorf("the clipboard holds %q", got)
	}
	if !shows(r.present.view, words.T("window.copied.signer")) {
		t.Errorf("on the screen: %q", texts(r.present.view))
	}
	if r.board.left(time.Now()) != 0 || len(r.service.deeds) > 0 {
		t.Error("a command without a secret is treated as one")
	}
}

func TestNotedForms(t *testing.T) {
	for form, want := range map[panel.Form]valet.CopyForm{
		panel.FormBearer: valet.AsHeader, panel.FormHeaders: valet.AsHeader, panel.FormConfig: valet.AsCurl, panel.FormCommand: valet.AsCommand,
		panel.FormDotenv: valet.AsEnv, panel.FormPower: valet.AsEnv,
	} {
		if got := notedAs(form); got != want {
			t.Errorf("%s is noted as %s", form, got)
		}
	}
}
