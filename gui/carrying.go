//go:build !nogui

package gui

import (
	"context"
	"path/filepath"
	"slices"

	"valetkey/gui/kit"
	"valetkey/gui/places"
	"valetkey/valet"
	"valetkey/valet/words"
)

// carrying is the keys of one file on their way into a store, one after the other.
type carrying struct {
	rescuing
	file    *valet.Rescue
	request valet.RescueRequest
	state   places.FoundState
	results []places.RescueResult
}

// plan is what keeping key i would do.
func (c *carrying) plan(i int) (valet.RescuePlan, error) {
	request := c.request
	request.Key = i
	return c.file.Plan(request)
}

// survey finds out what the file lacks. An error is one that typing cannot help, and of which market.
func (c *carrying) survey() (valet.Market, error) {
	c.state = places.FoundState{File: filepath.Base(c.file.Path), Keys: c.file.Keys, Unusable: c.file.Unusable}
	for i, key := range c.file.Keys {
		plan, err := c.plan(i)
		switch valet.KindOf(err) {
		case valet.NoAppKey:
			c.state.Keystring, c.state.Secret = true, true
		case valet.BadAppKey:
			c.state.Secret = true
		default:
			if err != nil {
				return plan.Provider, err
			}
		}
		c.state.Provider = plan.Provider.Name
		c.state.Shops = append(c.state.Shops, c.shop(plan.Provider.ID, key))
	}
	return valet.Market{}, nil
}

// shop is what a key's shop is called, where one of its account hangs in the rack; else "".
func (c *carrying) shop(provider string, key valet.FoundKey) string {
	for _, known := range c.app.Service.Connections() {
		if known.Provider == provider && key.UserID() != "" && known.Account.UserID == key.UserID() {
			return words.ShopName(known)
		}
	}
	return ""
}

// complete reports what is still lacking.
func (c *carrying) complete() error {
	for i := range c.file.Keys {
		if _, err := c.plan(i); err != nil {
			return err
		}
	}
	return nil
}

var carried = []valet.Moment{valet.Identified, valet.Stored}

// next carries the next key, or says what came of all.
func (c *carrying) next() {
	i := len(c.results)
	if i == len(c.file.Keys) {
		c.finish()
		return
	}
	plan, err := c.plan(i)
	if err != nil { // it was complete: an app key was taken away meanwhile
		c.found(c.file, nil, c.request.AppKey)
		return
	}
	request := c.request
	request.Key = i
	errand{
		market: plan.Provider, lines: carried,
		title: words.T("window.rescue.doing", "Name", c.state.Name(i)), story: words.T("window.rescue.doing.text", "Provider", plan.Provider.Name),
		do: func(ctx context.Context, host valet.Host) (valet.Connection, error) {
			request.Host = host
			return c.file.Keep(ctx, request)
		},
		end: func(_ *connecting, kept valet.Connection, err error) { c.end(i, kept, err) },
	}.run(c.hall)
}

// end takes over what came of key i.
func (c *carrying) end(i int, kept valet.Connection, err error) {
	switch {
	case kept.ID == "" && locked(err):
		opened(c.window, c.next, c.back)
		return
	case valet.KindOf(err) == valet.Cancelled && i == 0:
		c.back()
		return
	}
	c.results = append(c.results, places.RescueResult{Name: c.state.Name(i), Kept: kept, Err: err})
	if valet.KindOf(err) == valet.Cancelled {
		c.finish()
		return
	}
	c.next()
}

// finish says what came of the file, and offers to delete it once all of it is kept.
func (c *carrying) finish() {
	c.work(func(context.Context) func() {
		stays := c.file.Removable()
		return func() {
			c.tell(places.RescuedState{File: c.state.File, Keyring: c.app.Keyring, Results: c.results, Stays: stays, Others: slices.Concat(c.file.Others, c.file.Unusable)})
		}
	})
}

func (c *carrying) tell(s places.RescuedState) {
	c.desk.clear()
	c.window.refresh()
	ways := helped(c, s.Results, c.ways(s))
	enter := ways[0].Press
	var view *places.Rescued
	remove := func() {
		c.work(func(context.Context) func() {
			err := c.file.Remove()
			return func() {
				switch {
				case c.present.view != view.Container:
				case err != nil:
					c.trouble(view.Notice, err, valet.Visit{})
				default:
					c.leave()
					c.desk.notice.Say(words.T("window.rescued.deleted", "File", s.File))
				}
			}
		})
	}
	view = places.NewRescued(s, remove, ways...)
	if s.Removable() { // Enter deletes nothing
		enter = nil
	}
	c.show(screen{view: view.Container, enter: enter, escape: c.leave})
}

// helped puts the way to look for the cause behind the others, where one of the results has a cause that can be looked for.
func helped(c *carrying, results []places.RescueResult, ways []kit.Way) []kit.Way {
	for _, r := range results {
		if look := c.helpFor(r.Err, valet.Visit{Key: r.Kept.ID}); look != nil {
			return append(ways, kit.Way{Text: words.T("help.open"), Press: look})
		}
	}
	return ways
}

// leave goes to the key that was kept last.
func (c *carrying) leave() {
	for _, r := range c.results {
		if r.Kept.ID != "" {
			c.desk.id = r.Kept.ID
		}
	}
	c.back()
}

// ways are the ways on from what came of the file, the obvious one first.
func (c *carrying) ways(s places.RescuedState) []kit.Way {
	if s.Removable() {
		return append([]kit.Way{{Text: words.T("window.rescued.leave"), Press: c.leave}}, c.upgrades()...)
	}
	done := kit.Way{Text: words.T("window.done"), Press: c.leave}
	for i, r := range s.Results {
		if r.Err == nil || r.Kept.ID != "" {
			continue
		}
		if ways := c.onwards(i, r.Err); len(ways) > 0 {
			return append(ways, done)
		}
	}
	return append([]kit.Way{done}, c.upgrades()...)
}

// upgrades lead from the keys of an older API to those of today.
func (c *carrying) upgrades() []kit.Way {
	var ways []kit.Way
	for _, r := range c.results {
		if m, err := c.app.Providers.Get(r.Kept.Provider); err == nil && m.SucceededBy != "" {
			ways = append(ways, kit.Way{Text: words.T("window.upgrade"), Press: func() { upgrading{c.hall}.askFor(r.Kept.ID) }})
		}
	}
	return ways
}

// onwards are the ways on from what ails key i.
func (c *carrying) onwards(i int, err error) []kit.Way {
	plan, _ := c.plan(i)
	m := plan.Provider
	again := func(appKey string) { c.found(c.file, nil, appKey) }
	switch kind := valet.KindOf(err); {
	case kind == valet.AlreadyKept:
		return nil
	case kind == valet.APIEnded && m.SucceededBy != "":
		return []kit.Way{{Text: words.T("window.oldtoken.open", "Provider", m.Name), Press: func() { upgrading{c.hall}.paste(valet.UpgradeRequest{Provider: m.ID}) }}}
	case kind == valet.RescueFile:
		return []kit.Way{{Text: words.T("window.setup.continue"), Press: func() { c.proceed(m) }}}
	case kind == valet.AppKeyRefused && c.state.Secret, kind != valet.AppKeyRefused && kind != valet.NoAppKey:
		return []kit.Way{{Text: words.T("window.again"), Press: func() { again(c.request.AppKey) }}}
	}
	return lacks(c.hall, err, m, again)
}
