package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"valetkey/valet"
	"valetkey/valet/words"
)

// walk leads the seller through the consent and prints the NAME of the key that came of it.
func walk(s *session, ctx context.Context, v *valet.Valet, flags walkFlags, request valet.ConnectRequest) error {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	flags.paste = flags.paste || handsIn(s, v, request)
	guide := &guide{session: s, flags: flags, name: request.Name}
	guide.market, _ = v.Providers.Get(request.Provider) // Connect says if there is none
	for _, c := range v.Connections() {
		if c.ID == request.Reconnect {
			guide.renews = c
		}
	}
	request.NoListen = flags.paste
	request.Host = valet.Host{Step: guide.step, Unlock: func(ctx context.Context, _ error) error { return s.lock.unlock(ctx) }}
	if request.Store == "" {
		request.Host.ChooseStore = chooser(s)
	}
	if !flags.noBrowser {
		request.Host.Open = s.app.OpenBrowser
	}
	if flags.paste {
		pasting := newPasting(s)
		request.Host.Pasted, request.Host.PasteRefused = pasting.lines, pasting.refused
		go pasting.run(ctx, stop)
	}
	if _, person := s.terminal(); person && !flags.paste {
		request.Host.WrongShop = guide.wrongShop
	}
	c, err := v.Connect(ctx, request)
	if err != nil {
		var ended *pasteEnded
		if errors.As(context.Cause(ctx), &ended) {
			return ended.why()
		}
		return err
	}
	if request.Name != "" && c.Name != request.Name {
		s.say("cli.walk.name-taken", "Wish", request.Name)
	}
	sayAppKeyElsewhere(s, v, c)
	s.say("cli.walk.done", "Name", c.Name)
	return s.data(c.Name)
}

// handsIn reports whether the person at this terminal is to hand the answer in, because none can come back by itself: the app
// key's callback is oob, or not on this machine. Without a terminal --paste says that a line of standard input is meant for this.
func handsIn(s *session, v *valet.Valet, request valet.ConnectRequest) bool {
	key, err := v.Keys.Pick(request.Provider, request.AppKey)
	_, person := s.terminal()
	return err == nil && person && !strings.HasPrefix(strings.ToLower(key.Redirect), "http:")
}

// guide tells a person where the walk stands.
type guide struct {
	session *session
	flags   walkFlags
	market  valet.Market
	renews  valet.Connection // without an ID: a new key
	planned change           // what was announced
	name    string           // what it is to be called; empty: by its shop
}

// step is valet.Host.Step: each moment is one line, said after it is true.
func (g *guide) step(_ valet.Step, d valet.Detail) {
	s := g.session
	switch d.Moment {
	case valet.Listening:
		g.announce(d.Asked)
		g.sayRenewed()
		if g.flags.noBrowser {
			s.data(d.URL)
			s.say("cli.walk.open-yourself")
			g.wait(d)
		}
	case valet.Opened, valet.OpenFailed:
		g.opened(d)
		g.wait(d)
	case valet.Answered:
		s.say("cli.walk.answered")
	case valet.Exchanged:
		s.say("cli.walk.exchanged")
		g.granted(d.Asked, d.Granted)
	case valet.Identified:
		if who := accountName(d.Account); who != "" {
			s.say("cli.walk.identified", "Account", who)
		}
	case valet.Stored:
		s.say("cli.walk.stored", "Store", storeName(d.Store))
		g.changed(d.Before, d.Granted)
	case valet.Replaced:
		fmt.Fprintln(s.err, words.OldKey(d.Old, clean(g.market.Name)))
	}
}

// sayRenewed says, before a browser opens, what a new name does to a shop that has its key already.
func (g *guide) sayRenewed() {
	if g.name == "" || g.renews.ID != "" {
		return
	}
	for c := range g.session.app.Valet.All() {
		if c.Provider == g.market.ID && alive(c) && c.Name != g.name {
			g.session.say("cli.walk.renames", "Account", accountName(c.Account), "Name", c.Name, "Wish", g.name)
		}
	}
}

// opened says whether a browser opened, and the consent address on a line that is easily found and copied.
func (g *guide) opened(d valet.Detail) {
	id := "cli.walk.opening"
	if d.Moment == valet.OpenFailed {
		id = "cli.walk.open-failed"
	}
	g.session.say(id)
	fmt.Fprintf(g.session.err, "\n%s\n\n", clean(d.URL))
}

// wait says what is waited for, and how long.
func (g *guide) wait(d valet.Detail) {
	s := g.session
	switch {
	case d.Typed:
		s.say("cli.walk.type")
	case g.flags.paste:
		s.say("cli.walk.paste")
	}
	if !d.Deadline.IsZero() {
		s.say("cli.walk.waiting", "Time", words.Clock(d.Deadline, time.Now()))
	}
}

// wrongShop asks what to do with a key for another shop than the one asked for.
func (g *guide) wrongShop(ctx context.Context, want, got valet.Account) valet.Decision {
	if g.session.agreed(ctx, words.T("cli.ask.wrong-shop", "Want", clean(accountName(want)), "Got", clean(accountName(got)))) {
		return valet.KeepBoth
	}
	return valet.TryAgain
}

// pasting reads the address the browser ended on, a line at a time: the next is read only if the last did not count.
type pasting struct {
	session *session
	lines   chan string
	again   chan error
}

// pasteEnded says that standard input gave no address that counts.
type pasteEnded struct{ last error }

func (p *pasteEnded) Error() string { return "cli: standard input ended before an address that counts" }

// why is what to tell: the refusal of the last address, or that there was none.
func (p *pasteEnded) why() error {
	if valet.KindOf(p.last) != "" {
		return p.last
	}
	if p.last != nil {
		return &usageError{words.Trouble{What: words.T("cli.paste.ended"), Next: words.T("cli.paste.none-next")}, StatusOf(p.last)}
	}
	return misuse(words.T("cli.paste.none"), words.T("cli.paste.none-next"))
}

func newPasting(s *session) *pasting {
	return &pasting{session: s, lines: make(chan string), again: make(chan error, 1)}
}

// run hands lines on until ctx ends; when standard input does, it stops the walk.
func (p *pasting) run(ctx context.Context, stop context.CancelCauseFunc) {
	var last error
	for {
		line, err := p.session.line(ctx)
		if line = strings.TrimSpace(line); err == nil && line == "" {
			continue
		}
		if err != nil {
			if errors.Is(err, io.EOF) || errors.Is(err, errLineTooLong) {
				stop(&pasteEnded{last})
			}
			return
		}
		select {
		case p.lines <- line:
		case <-ctx.Done():
			return
		}
		select {
		case last = <-p.again:
		case <-ctx.Done():
			return
		}
	}
}

// refused is valet.Host.PasteRefused.
func (p *pasting) refused(err error) {
	if valet.KindOf(err) == valet.WrongVerifier {
		p.session.say("cli.paste.wrong-code")
	} else {
		p.session.say("cli.paste.refused")
	}
	p.again <- err
}
