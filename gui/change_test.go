//go:build !nogui

package gui

import (
	"context"
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"valetkey/oauth"
	"valetkey/valet"
	"valetkey/valet/words"
)

// turn turns the box of a permission.
func (r *rig) turn(scope oauth.Scope) {
	r.t.Helper()
	r.press(words.ScopeTitle(scope) + "\n" + r.risk(scope) + "  " + string(scope))
}

func (r *rig) risk(scope oauth.Scope) string {
	at := slices.IndexFunc(testScopes, func(info oauth.ScopeInfo) bool { return info.Name == scope })
	return words.RiskWord(testScopes[at].Risk)
}

// waits is a walk that nobody answers.
func waits(ctx context.Context, q valet.ConnectRequest) (valet.Connection, error) {
	q.Host.Step(valet.Approve, valet.Detail{Moment: valet.Listening, URL: consent, Deadline: time.Now().Add(5 * time.Minute)})
	<-ctx.Done()
	return valet.Connection{}, &valet.Error{Kind: valet.Cancelled}
}

func TestWhatAKeyOpensIsChangedInOneGo(t *testing.T) {
	r := newRig(t, blueFern())
	r.press(words.T("window.change"))
	r.untilText(words.T("window.change.same"))
	r.turn("listings_r")
	r.turn("listings_d")
	for _, said := range []string{words.T("window.change.new"), words.ScopeTitle("listings_d"), words.T("window.change.gone")} {
		r.untilText(said)
	}
	now := blueFern()
	now.Before, now.Granted = now.Granted, []oauth.Scope{"shops_r", "listings_d"}
	now.Asked = now.Granted
	stored := make(chan struct{})
	r.service.connect = func(_ context.Context, q valet.ConnectRequest) (valet.Connection, error) {
		step := q.Host.Step
		step(valet.Receive, valet.Detail{Moment: valet.Answered})
		step(valet.Receive, valet.Detail{Moment: valet.Exchanged, Asked: q.Scopes, Granted: q.Scopes, Before: now.Before})
		step(valet.Keep, valet.Detail{Moment: valet.Stored, Store: valet.InKeyring, Granted: q.Scopes, Before: now.Before})
		<-stored
		step(valet.Keep, valet.Detail{Moment: valet.Replaced, Old: valet.FateAlive})
		return now, nil
	}
	r.press(words.T("window.change.start", "Provider", "Practice"))
	r.untilText(words.T("window.receive.added", "Permissions", words.ScopeTitle("listings_d")))
	r.untilText(words.T("window.receive.gone", "Permissions", words.ScopeTitle("listings_r")))
	close(stored)
	r.untilText(words.OldKey(valet.FateAlive, "Practice"))
	asked := r.service.last()
	if asked.Reconnect != "1" || asked.AppKey != "builtin" || !slices.Equal(asked.Scopes, []oauth.Scope{"shops_r", "listings_d"}) {
		t.Errorf("asked %+v", asked)
	}
	r.press(words.T("window.done"))
	r.untilText(words.T("window.permission.gone", "Day", words.Day(time.Now(), time.Now())))
	r.untilText(words.T("window.permission.added", "Day", words.Day(time.Now(), time.Now())))
}

func TestAReconnectCanStillBeChanged(t *testing.T) {
	r := newRig(t, blueFern())
	r.service.connect = waits
	r.press(words.T("window.reconnect"))
	r.untilText("https://market.example/")
	r.press(words.T("window.change"))
	r.untilText(words.T("window.change.same"))
	r.typed(fyne.KeyEscape)
	r.untilText("Fresh for 4")
	r.hall.connect() // nothing waits any more
	r.untilText(words.T("window.choose.title"))
}

func TestAKeyThatHasEndedHasNoOldOneToDiscard(t *testing.T) {
	c := blueFern()
	c.Status = valet.NeedsAuthorization
	r := newRig(t, c)
	r.press(words.T("window.change"))
	r.turn("listings_d")
	r.untilText(words.T("window.change.other"))
	if shows(r.present.view, words.T("window.change.new")) {
		t.Error("it promises to discard what is over")
	}
	r.service.connect = waits
	r.press(words.T("window.change.start", "Provider", "Practice"))
	r.untilText("https://market.example/")
}

func TestAReconnectLeavesAStoreThatIsGone(t *testing.T) {
	r := newRig(t, blueFern())
	r.service.connect = needsPlace(valet.TroubleAbsent)
	r.press(words.T("window.reconnect"))
	r.untilText(words.T("window.ladder.moves"))
	r.press(words.T("window.rung.session"))
	r.untilText("hangs in the rack")
	gone := blueFern()
	gone.Store = valet.InFile
	r = newRig(t, gone)
	r.service.connect = needsPlace(valet.TroubleFileGone)
	r.press(words.T("window.reconnect"))
	r.untilText(words.Sentence(trouble(valet.TroubleFileGone)).What)
	r.press("GNOME Keyring") // it is not the keyring that is asked once more
	r.untilText("hangs in the rack")
}

// renews is a walk that finds out at its end that the key is behind a passphrase.
func renews(ctx context.Context, q valet.ConnectRequest) (valet.Connection, error) {
	c := blueFern()
	q.Host.Step(valet.Receive, valet.Detail{Moment: valet.Answered})
	c.Store = valet.InKeyring
	if q.Host.Unlock(ctx, trouble(valet.TroubleFileLocked)) == nil {
		c.Store = valet.InFile
	}
	return approves(c)(ctx, q)
}

func TestAKeyBehindAPassphraseIsRenewedThere(t *testing.T) {
	for _, opened := range []bool{true, false} {
		r := newRig(t)
		r.places.exists = true
		r.service.connect = renews
		r.press(words.T("window.welcome.practice.button"))
		r.untilText(words.T("window.passphrase.renews"))
		want := valet.InKeyring
		if opened {
			want = valet.InFile
			r.typeInto(passphrase)
			r.press(words.T("window.passphrase.open.button"))
		} else {
			r.typed(fyne.KeyEscape)
		}
		r.untilText("hangs in the rack")
		if c := r.service.Connections()[0]; c.Store != want {
			t.Errorf("opened %v: kept in %s", opened, c.Store)
		}
	}
}

func TestASilenceInTheBackgroundIsShown(t *testing.T) {
	c := blueFern()
	c.Unreachable = time.Now().Add(time.Second)
	r := newRig(t, c)
	r.untilText(words.Offline(c, time.Now()))
	for since, want := range map[time.Duration]bool{time.Minute: true, longSilence: false} {
		if got := (outages{}).now(c, c.Unreachable.Add(since)); got != want {
			t.Errorf("after %v: %v", since, got)
		}
	}
	c.Refreshed = c.Unreachable.Add(time.Second)
	if (outages{}).now(c, c.Refreshed) {
		t.Error("it was reached since")
	}
}
