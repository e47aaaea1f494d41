//go:build !nogui

package gui

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"valetkey/gui/parts"
	"valetkey/oauth"
	"valetkey/valet"
	"valetkey/valet/words"
)

// fakeUpgrades plays the exchange of older keys.
type fakeUpgrades struct {
	asked   []valet.UpgradeRequest
	planned []error // one for each call of Plan, while there are any
	upgrade func(ctx context.Context, r valet.UpgradeRequest) (valet.Connection, error)
	today   valet.Market
}

func (f *fakeUpgrades) Plan(r valet.UpgradeRequest) (valet.UpgradePlan, error) {
	plan := valet.UpgradePlan{Provider: f.today, AppKey: valet.AppKey{ID: r.AppKey, Store: valet.InFile}}
	if r.Connection != "" {
		plan.Older, plan.Today = elder(), []oauth.Scope{"shops_r"}
		plan.Opened, plan.Gone = elder().Granted, []oauth.Scope{"favorites_rw"}
		plan.Successions = []valet.Succession{{Older: "shops_rw", Today: []oauth.Scope{"shops_r"}}, {Older: "favorites_rw"}}
	}
	if len(f.planned) > 0 {
		err := f.planned[0]
		f.planned = f.planned[1:]
		return plan, err
	}
	return plan, nil
}

func (f *fakeUpgrades) Upgrade(ctx context.Context, r valet.UpgradeRequest) (valet.Connection, error) {
	f.asked = append(f.asked, r)
	return f.upgrade(ctx, r)
}

// elder is a key of the practice market's older API.
func elder() valet.Connection {
	c := blueFern()
	c.ID, c.Name, c.Provider, c.ProviderName = "9", "elder", "practice-v2", "Practice, older"
	c.Asked = []oauth.Scope{"shops_rw", "favorites_rw"}
	c.Granted = c.Asked
	return c
}

// olderRig is a window with an older key.
func olderRig(t *testing.T) (*rig, *fakeUpgrades) {
	r := newRig(t, elder())
	old := older(t, "oob")
	old.BuiltIn, old.Practice, old.ID, old.Name, old.SucceededBy = true, true, "practice-v2", "Practice, older", "practice"
	r.markets.markets = append(r.markets.markets, old)
	today, _ := r.markets.Get("practice")
	u := &fakeUpgrades{today: today}
	u.upgrade = func(_ context.Context, q valet.UpgradeRequest) (valet.Connection, error) {
		c := blueFern()
		q.Host.Step(valet.Receive, valet.Detail{Moment: valet.Exchanged, Asked: c.Asked, Granted: c.Granted})
		q.Host.Step(valet.Receive, valet.Detail{Moment: valet.Identified, Account: c.Account})
		q.Host.Step(valet.Keep, valet.Detail{Moment: valet.Stored, Store: valet.InKeyring})
		gone := elder()
		gone.Status, gone.Returned, gone.Proven = valet.Returned, time.Now(), time.Now()
		r.service.hang(gone)
		r.service.hang(c)
		return c, nil
	}
	r.window.app.Upgrades = u
	r.refresh()
	return r, u
}

func TestAnOlderKeyIsExchanged(t *testing.T) {
	r, u := olderRig(t)
	r.press(words.T("window.upgrade"))
	for _, said := range []string{words.ScopeTitle("shops_rw"), words.ScopeTitle("shops_r"), words.T("window.upgrade.gone"), words.T("window.upgrade.then")} {
		r.untilText(said)
	}
	if len(u.asked) > 0 {
		t.Fatal("it was exchanged before anybody agreed")
	}
	r.typed(fyne.KeyReturn)
	r.untilText("Blue Fern Pottery hangs in the rack")
	r.untilText(words.T("window.upgrade.ended", "Provider", "Practice"))
	if len(u.asked) != 1 || u.asked[0].Connection != "9" {
		t.Errorf("asked %+v", u.asked)
	}
	r.press(words.T("window.done"))
	r.untilText("Fresh for 4")
}

// Each end that wins nothing says why, and leads on.
func TestAnExchangeThatFails(t *testing.T) {
	rows := map[string]struct {
		err        error
		way, leads string
	}{
		"ended":   {&valet.Error{Kind: valet.OlderEnded, Provider: "Practice"}, words.T("window.setup.continue"), words.T("window.ask.title")},
		"refused": {&valet.Error{Kind: valet.OlderLost, Subject: "refused", Provider: "Practice"}, words.T("window.setup.continue"), words.T("window.ask.title")},
		"offline": {&valet.Error{Kind: valet.Unreachable, Provider: "Practice"}, words.T("window.again"), "hangs in the rack"},
		"lost":    {&valet.Error{Kind: valet.OlderLost, Provider: "Practice"}, words.T("window.again"), "hangs in the rack"},
		"app key": {&valet.Error{Kind: valet.AppKeyRefused, Provider: "Practice"}, words.T("window.setup.title", "Provider", "Practice"), words.T("window.setup.elsewhere.save")},
	}
	for name, row := range rows {
		t.Run(name, func(t *testing.T) {
			r, u := olderRig(t)
			wins := u.upgrade
			u.upgrade = func(context.Context, valet.UpgradeRequest) (valet.Connection, error) {
				return valet.Connection{}, row.err
			}
			r.press(words.T("window.upgrade"))
			r.press(words.T("window.upgrade.do"))
			r.untilText(words.Sentence(row.err).What)
			r.untilText(words.Sentence(row.err).Next)
			u.upgrade = wins
			r.press(row.way)
			r.until(row.leads, func() bool { return shows(r.present.view, row.leads) || slices.Contains(buttons(r), row.leads) })
		})
	}
}

// buttons are the names of what can be pressed.
func buttons(r *rig) []string {
	var names []string
	for _, o := range tree(r.present.view) {
		if b, ok := o.(*parts.Button); ok {
			names = append(names, b.AccessibilityLabel())
		}
	}
	return names
}

func TestAnExchangeAsksForWhatItLacks(t *testing.T) {
	r, u := olderRig(t)
	u.planned = []error{&valet.Error{Kind: valet.NoAppKey, Provider: "Practice"}}
	r.press(words.T("window.upgrade"))
	r.press(words.T("window.setup.title", "Provider", "Practice"))
	r.press(words.T("window.setup.elsewhere.save"))
	r.until("the app key", func() bool { return slices.Contains(buttons(r), words.T("window.setup.continue")) })
	r.press(words.T("window.setup.continue"))
	r.untilText(words.T("window.upgrade.happens"))
	r.typed(fyne.KeyEscape)
	u.planned = []error{&valet.Error{Kind: valet.SeveralAppKeys, Provider: "Practice"}}
	r.markets.keys = append(r.markets.keys, valet.AppKey{ID: "key-2", Label: "mine", Provider: "practice"})
	r.press(words.T("window.upgrade"))
	r.press(words.T("window.errand.with", "Label", "mine"))
	r.press(words.T("window.upgrade.do"))
	r.untilText("hangs in the rack")
	if u.asked[0].AppKey != "key-2" {
		t.Errorf("asked with %q", u.asked[0].AppKey)
	}
}

// An exchange that needs a place for the key climbs the ladder, and goes on.
func TestAnExchangeClimbsTheLadder(t *testing.T) {
	r, u := olderRig(t)
	wins, chosen := u.upgrade, make(chan valet.StoreKind, 1)
	u.upgrade = func(ctx context.Context, q valet.UpgradeRequest) (valet.Connection, error) {
		kind, err := q.Host.ChooseStore(ctx, trouble(valet.TroubleAbsent))
		if err != nil {
			return valet.Connection{}, err
		}
		chosen <- kind
		return wins(ctx, q)
	}
	r.press(words.T("window.upgrade"))
	r.press(words.T("window.upgrade.do"))
	r.untilText(words.T("window.ladder.question"))
	r.press(words.T("window.rung.session"))
	r.untilText("hangs in the rack")
	if kind := <-chosen; kind != valet.InSession {
		t.Errorf("kept in %s", kind)
	}
}

// Where the new key is kept and the older one could not be taken out, both are said.
func TestAnOlderKeyThatStays(t *testing.T) {
	r, u := olderRig(t)
	u.upgrade = func(context.Context, valet.UpgradeRequest) (valet.Connection, error) {
		r.service.hang(blueFern())
		return blueFern(), trouble(valet.TroubleAbsent)
	}
	r.press(words.T("window.upgrade"))
	r.press(words.T("window.upgrade.do"))
	r.untilText(words.T("window.upgrade.stays"))
	r.untilText(words.Sentence(trouble(valet.TroubleAbsent)).What)
}

func TestAnOlderTokenIsPasted(t *testing.T) {
	const token = "0a1b2c3d4e5f60718293"
	r, u := olderRig(t)
	r.hall.connect()
	r.press(words.T("window.markets.open"))
	r.press(words.T("window.oldtoken.open", "Provider", "Practice, older"))
	r.press(words.T("window.upgrade.do"))
	r.untilText(words.T("window.oldtoken.none"))
	field := r.providerText()
	if !field.Password {
		t.Error("what is pasted would be seen")
	}
	field.SetText(" " + token + "\n")
	fails := &valet.Error{Kind: valet.Unreachable, Provider: "Practice"}
	wins := u.upgrade
	u.upgrade = func(context.Context, valet.UpgradeRequest) (valet.Connection, error) {
		return valet.Connection{}, fails
	}
	r.press(words.T("window.upgrade.do"))
	r.untilText(words.Sentence(fails).What)
	if field.Text != "" || strings.Contains(strings.Join(texts(r.present.view), " "), token) {
		t.Error("the token stays on the screen")
	}
	u.upgrade = wins
	r.press(words.T("window.again"))
	r.untilText(words.T("window.upgrade.pasted"))
	last := u.asked[len(u.asked)-1]
	if !last.Token.Equal(oauth.NewSecret(token)) || last.Provider != "practice-v2" || last.Store != valet.InFile {
		t.Errorf("asked %+v", last)
	}
}

// A token is in the clipboard while a key is exchanged: its ring goes on, and nobody waits in a browser.
func TestTheSecondsRunDuringAnExchange(t *testing.T) {
	r, u := olderRig(t)
	done := make(chan struct{})
	wins := u.upgrade
	u.upgrade = func(ctx context.Context, q valet.UpgradeRequest) (valet.Connection, error) {
		<-done
		return wins(ctx, q)
	}
	r.press(words.T("window.upgrade"))
	r.press(words.T("window.upgrade.do"))
	r.untilText(words.T("window.upgrade.doing"))
	r.tick()
	r.hall.connect() // one at a time
	r.untilText(words.T("window.upgrade.doing"))
	close(done)
	r.untilText("hangs in the rack")
}

func TestWhatAKeyOpensSideBySide(t *testing.T) {
	r := newRig(t, blueFern())
	r.service.reported = []oauth.Scope{"shops_r", "listings_w"}
	r.desk.check()
	r.untilText(words.T("scopes.difference.gone"))
	r.untilText(words.T("scopes.difference.reported"))
	r.untilText(words.T("window.permission.tally", "Asked", 2, "Granted", 2, "Reported", 2, "Provider", "Practice"))
	r.service.reported = blueFern().Granted
	r.desk.check()
	r.untilText(words.T("window.permission.same"))
	anew := blueFern()
	anew.Connected = time.Now().Add(time.Minute)
	r.service.hang(anew)
	r.refresh()
	if shows(r.present.view, words.T("window.permission.same")) {
		t.Error("what was reported of the key before is shown of this one")
	}
}

// An exchange of a key in the locked file asks for the passphrase, and goes on by itself.
func TestAnExchangeOpensTheLockedFile(t *testing.T) {
	r, u := olderRig(t)
	r.places.exists = true
	wins := u.upgrade
	u.upgrade = func(ctx context.Context, q valet.UpgradeRequest) (valet.Connection, error) {
		if !r.places.open {
			return valet.Connection{}, trouble(valet.TroubleFileLocked)
		}
		return wins(ctx, q)
	}
	r.press(words.T("window.upgrade"))
	r.press(words.T("window.upgrade.do"))
	r.untilText(words.T("window.passphrase.open"))
	r.typeInto(passphrase)
	r.press(words.T("window.passphrase.open.button"))
	r.untilText("hangs in the rack")
	if len(u.asked) != 2 {
		t.Errorf("asked %d times", len(u.asked))
	}
}

// An exchange that is given up before it is sent leaves all as it was.
func TestAnExchangeIsCancelled(t *testing.T) {
	r, u := olderRig(t)
	u.upgrade = func(ctx context.Context, _ valet.UpgradeRequest) (valet.Connection, error) {
		<-ctx.Done()
		return valet.Connection{}, &valet.Error{Kind: valet.Cancelled}
	}
	r.press(words.T("window.upgrade"))
	r.press(words.T("window.upgrade.do"))
	r.typed(fyne.KeyEscape)
	r.until("the panel", func() bool { return r.desk.panel != nil && r.hall.walk == nil })
}
