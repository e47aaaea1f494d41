//go:build !nogui

package gui

import (
	"context"
	"time"

	"valetkey/gui/kit"
	"valetkey/gui/panel"
	"valetkey/valet"
	"valetkey/valet/words"
)

// parting is how a key leaves: given back, or forgotten once it is gone. Both ask first.
type parting struct{ *desk }

// ask is the Del key.
func (p parting) ask() {
	if p.panel == nil {
		return
	}
	if _, ok := p.usable(); ok {
		p.askRevoke()
		return
	}
	p.askForget()
}

func (p parting) askRevoke() {
	c, ok := p.usable()
	if !ok {
		return
	}
	s := p.state(c, time.Now())
	p.clear()
	p.show(screen{view: panel.NewGiveBack(c, s.Scopes, s.Signed, func() { p.revoke(c) }, p.back), escape: p.back})
}

// revoke gives the key back, and opens the page where the seller ends it at the provider too.
func (p parting) revoke(c valet.Connection) {
	p.back()
	p.awaited = c.ID
	p.perform(deed{saying: words.T("window.revoking"), again: func() { p.revoke(c) }, do: func(ctx context.Context, id valet.ID) (string, error) {
		done, err := p.app.Service.Revoke(ctx, id)
		switch {
		case err != nil:
			return "", err
		case done.AtProvider:
			return words.T("window.returned.confirmed", "Provider", c.ProviderName), nil
		case done.Page == "":
			return words.T("window.returned"), nil
		}
		said := words.T("window.returned.page", "Provider", c.ProviderName)
		if done.Watched {
			said = kit.Joined(said, words.T("window.returned.watched"))
		}
		return said, p.app.OpenBrowser(ctx, done.Page)
	}})
}

func (p parting) askForget() {
	c, ok := p.key()
	if !ok || p.busy || usableLater(c.Status) {
		return
	}
	scopes := p.state(c, time.Now()).Scopes
	p.clear()
	p.show(screen{view: panel.NewForget(c, scopes, p.forget, p.back), escape: p.back})
}

// usableLater keeps Forget from keys that are only busy: those are given back first.
func usableLater(status valet.Status) bool {
	switch status {
	case valet.NeedsAuthorization, valet.Returned, valet.Missing:
		return false
	}
	return true
}

func (p parting) forget() {
	p.back()
	p.perform(deed{again: p.forget, do: func(ctx context.Context, id valet.ID) (string, error) { return "", p.app.Service.Forget(ctx, id) }})
}

// openPage opens the page where the seller takes the key back at the provider.
func (p parting) openPage() {
	if c, ok := p.key(); ok && c.WithdrawPage != "" {
		p.browse(c.WithdrawPage, p.notice)
	}
}

// proven says that a key which was given back is refused at the provider now.
func (p parting) proven(c valet.Connection) {
	if c.ID != p.awaited || !c.Proven.After(c.Returned) {
		return
	}
	p.awaited = ""
	if p.notice != nil {
		p.notice.Say(words.T("window.returned.proven", "Provider", c.ProviderName))
	}
}
