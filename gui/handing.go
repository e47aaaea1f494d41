//go:build !nogui

package gui

import (
	"context"
	"runtime"
	"slices"
	"strings"
	"time"

	"valetkey/gui/panel"
	"valetkey/gui/trial"
	"valetkey/valet"
	"valetkey/valet/words"
)

// handing is a key on its way into the clipboard, in another form than the token alone.
type handing struct{ *desk }

// formsOf gives the forms that make sense for a key, in the order of the menu. Each request of OAuth 1.0a is signed: no header
// opens anything there, so the command that signs is offered instead.
func formsOf(m valet.Market, c valet.Connection, now time.Time) []panel.Form {
	path := firstQuestion(m, c, now)
	forms := []panel.Form{panel.FormToken}
	if m.OAuth1 != nil {
		if path != "" {
			forms = append(forms, panel.FormSigner)
		}
		return forms
	}
	forms = append(forms, panel.FormBearer)
	if len(m.Headers) > 0 {
		forms = append(forms, panel.FormHeaders)
	}
	forms = append(forms, panel.FormConfig)
	if path != "" {
		forms = append(forms, panel.FormCommand)
	}
	return append(forms, panel.FormDotenv, panel.FormPosix, panel.FormFish, panel.FormPower)
}

// firstQuestion is the path of the first thing that can be asked with a key as it is; "" if there is none.
func firstQuestion(m valet.Market, c valet.Connection, now time.Time) string {
	for _, q := range valet.Inquiries(m, c, now) {
		if q.Opens && q.Form == "" && q.Lacks() == "" && !q.Request().Changes() {
			return q.Path
		}
	}
	return ""
}

// copy copies the key that is looked at, in a form.
func (h handing) copy(form panel.Form) {
	c, ok := h.usable()
	if !ok {
		return
	}
	market, _ := h.app.Providers.Get(c.Provider)
	path := firstQuestion(market, c, time.Now())
	switch form {
	case panel.FormToken:
		h.copyToken()
		return
	case panel.FormSigner:
		h.board.put("valetkey request " + c.Name + " GET " + path)
		h.notice.Count("", 0)
		h.notice.Say(words.T("window.copied.signer"))
		return
	}
	notice := h.notice
	h.perform(deed{saying: words.T("window.copying"), again: func() { h.copy(form) }, do: func(ctx context.Context, id valet.ID) (string, error) {
		return "", h.app.Handouts.UseHandout(valet.InForm(ctx, notedAs(form)), id, 0, func(out valet.Handout) error {
			text, err := formed(out, form, path)
			if err != nil {
				return err
			}
			return h.corner.hold(ctx, text, form.Name(), func() { countdown(notice, form.Name(), heldFor) })
		})
	}})
}

// notedAs is what the history calls a form.
func notedAs(form panel.Form) valet.CopyForm {
	switch form {
	case panel.FormBearer, panel.FormHeaders:
		return valet.AsHeader
	case panel.FormConfig:
		return valet.AsCurl
	case panel.FormCommand:
		return valet.AsCommand
	}
	return valet.AsEnv
}

// handout is a fresh token with all that a program needs besides; [valet.Handout] is one. Its texts are secrets.
type handout interface {
	Headers() []string
	Lines(shell valet.Shell) string
	Curl(path string) (string, error)
}

// formed is a handout in a form. The command asks for path; its secrets are in what curl reads, not among its arguments.
func formed(out handout, form panel.Form, path string) (string, error) {
	switch form {
	case panel.FormBearer:
		lines := slices.DeleteFunc(out.Headers(), func(line string) bool { return !strings.HasPrefix(line, "Authorization:") })
		return strings.Join(lines, "\n"), nil
	case panel.FormHeaders:
		return strings.Join(out.Headers(), "\n"), nil
	case panel.FormConfig:
		return out.Curl("")
	case panel.FormCommand:
		config, err := out.Curl(path)
		return trial.Curl(config, runtime.GOOS), err
	case panel.FormPosix:
		return out.Lines(valet.Posix), nil
	case panel.FormFish:
		return out.Lines(valet.Fish), nil
	case panel.FormPower:
		return out.Lines(valet.PowerShell), nil
	}
	return out.Lines(valet.Dotenv), nil
}
