//go:build !nogui

package gui

import (
	"context"
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"valetkey/gui/parts"
	"valetkey/valet"
	"valetkey/valet/words"
)

// ails is what a store says of itself.
type ails valet.Trouble

func (a ails) Error() string   { return "store: " + string(a) }
func (a ails) Trouble() string { return string(a) }

func trouble(t valet.Trouble) error { return &valet.Error{Kind: valet.StoreTrouble, Cause: ails(t)} }

const passphrase = "correct horse battery"

// fakePlaces plays the stores and the locked file.
type fakePlaces struct {
	exists, open bool
	made         string
	moved        []valet.StoreKind
	err          error // of Move
}

func (f *fakePlaces) Offered() []valet.StoreKind {
	return []valet.StoreKind{valet.InKeyring, valet.InFile, valet.InSession}
}

func (f *fakePlaces) Move(_ context.Context, _ valet.ID, to valet.StoreKind) (valet.Connection, error) {
	f.moved = append(f.moved, to)
	c := blueFern()
	c.Store = to
	return c, f.err
}

func (f *fakePlaces) Exists() bool   { return f.exists }
func (f *fakePlaces) Unlocked() bool { return f.open }
func (f *fakePlaces) Create(_ context.Context, phrase []byte) error {
	f.made, f.exists, f.open = string(phrase), true, true
	return nil
}

func (f *fakePlaces) Unlock(_ context.Context, phrase []byte) error {
	if string(phrase) != passphrase {
		return ails(valet.TroublePassphrase)
	}
	f.open = true
	return nil
}

// needsPlace is a walk for a key that cannot be kept in the keyring; it goes on in the place that is chosen at last.
func needsPlace(ail ...valet.Trouble) func(context.Context, valet.ConnectRequest) (valet.Connection, error) {
	return func(ctx context.Context, q valet.ConnectRequest) (valet.Connection, error) {
		c := blueFern()
		for _, t := range ail {
			kind, err := q.Host.ChooseStore(ctx, trouble(t))
			if err != nil {
				return valet.Connection{}, err
			}
			c.Store = kind
		}
		return approves(c)(ctx, q)
	}
}

func (r *rig) typeInto(texts ...string) {
	r.t.Helper()
	var fields []*parts.Entry
	for _, o := range tree(r.present.view) {
		if e, ok := o.(*parts.Entry); ok {
			fields = append(fields, e)
		}
	}
	for i, text := range texts {
		fields[i].SetText(text)
	}
}

func TestWithoutAKeyringAFileIsLockedBeforeAnythingIsWon(t *testing.T) {
	r := newRig(t)
	r.service.connect = needsPlace(valet.TroubleAbsent)
	r.press(words.T("window.welcome.practice.button"))
	r.untilText(words.Sentence(trouble(valet.TroubleAbsent)).What)
	r.press(words.T("window.rung.file"))
	r.untilText(words.T("window.passphrase.new"))
	r.typed(fyne.KeyEscape) // back to the places
	r.untilText(words.T("window.ladder.question"))
	r.press(words.T("window.rung.file"))
	r.untilText(words.T("window.passphrase.new"))
	for said, typed := range map[string][]string{
		words.T("window.passphrase.short"):  {"short", "short"},
		words.T("window.passphrase.differ"): {passphrase, passphrase + "s"},
	} {
		r.typeInto(typed...)
		r.press(words.T("window.passphrase.new.button"))
		r.untilText(said)
	}
	r.typeInto(passphrase, passphrase)
	r.press(words.T("window.passphrase.show"))
	r.press(words.T("window.passphrase.new.button"))
	r.untilText("hangs in the rack")
	r.press(words.T("window.done"))
	r.until("the badge", func() bool {
		return slices.ContainsFunc(tree(r.present.view), func(o fyne.CanvasObject) bool {
			b, ok := o.(*parts.Badge)
			return ok && b.AccessibilityLabel() == words.T("window.locked-file")
		})
	})
	if r.places.made != passphrase || !shows(r.present.view, words.StoreName(valet.InFile, "")) {
		t.Errorf("made with %q; on the screen: %q", r.places.made, texts(r.present.view))
	}
}

func TestTheKeyringIsAskedAgainAndTheSessionIsEnough(t *testing.T) {
	r := newRig(t)
	r.service.connect = needsPlace(valet.TroubleLocked, valet.TroubleLocked)
	r.press(words.T("window.welcome.practice.button"))
	r.untilText(words.Sentence(trouble(valet.TroubleLocked)).What)
	r.typed(fyne.KeyReturn) // the obvious one: try again
	r.untilText(words.T("window.ladder.still"))
	r.press(words.T("window.rung.session"))
	r.untilText("hangs in the rack")
}

func TestAKeyringIsMadeWhereThereIsNone(t *testing.T) {
	r := newRig(t)
	made := 0
	r.app.CreateKeyring = func(context.Context) error {
		if made++; made == 1 {
			return ails(valet.TroubleDenied)
		}
		return nil
	}
	r.service.connect = needsPlace(valet.TroubleNoCollection)
	r.press(words.T("window.welcome.practice.button"))
	r.untilText(words.Sentence(trouble(valet.TroubleNoCollection)).What)
	r.press(words.T("window.rung.make"))
	r.untilText(words.T("window.ladder.still"))
	r.press(words.T("window.rung.make"))
	r.untilText("hangs in the rack")
	if made != 2 {
		t.Errorf("asked %d times", made)
	}
}

func TestTheLadderCanBeLeftAndFoundAgain(t *testing.T) {
	r := newRig(t, blueFern())
	r.service.connect = needsPlace(valet.TroubleAbsent)
	r.hall.practise(r.markets.markets[1])
	r.untilText(words.T("window.ladder.question"))
	r.desk.lay("1")
	r.untilText("Fresh for 4")
	r.hall.connect() // one walk at a time
	r.untilText(words.T("window.ladder.question"))
	r.press(words.T("window.cancel"))
	r.untilText("Fresh for 4")
	if r.hall.walk != nil {
		t.Error("the walk goes on")
	}
}

func TestALockedFileIsOpenedOnceAndTheWishGoesOn(t *testing.T) {
	c := blueFern()
	c.Store = valet.InFile
	r := newRig(t, c)
	r.places.exists, r.service.err = true, trouble(valet.TroubleFileLocked)
	r.desk.copyToken()
	r.untilText(words.T("window.passphrase.open"))
	r.typeInto("something else")
	r.press(words.T("window.passphrase.open.button"))
	r.untilText(words.Sentence(ails(valet.TroublePassphrase)).What)
	r.service.err = nil
	r.typeInto(passphrase)
	r.typed(fyne.KeyReturn)
	r.untilText("45\u00a0s")
	if got := r.board.board.Content(); got != "12345678.access-token" {
		t.Errorf("the clipboard holds %q", got)
	}
}

func TestAReconnectOpensTheLockedFileFirst(t *testing.T) {
	r := newRig(t, blueFern())
	r.places.exists = true
	r.service.connect = func(ctx context.Context, q valet.ConnectRequest) (valet.Connection, error) {
		if !r.places.open {
			return valet.Connection{}, trouble(valet.TroubleFileLocked)
		}
		return approves(blueFern())(ctx, q)
	}
	r.press(words.T("window.reconnect"))
	r.untilText(words.T("window.passphrase.open"))
	r.typeInto(passphrase)
	r.press(words.T("window.passphrase.open.button"))
	r.untilText("hangs in the rack")
}

func TestAnAppKeyFindsAnotherPlaceToo(t *testing.T) {
	r := newRig(t)
	r.markets.full = trouble(valet.TroubleAbsent)
	r.press(words.T("window.welcome.real.button", "Provider", "Etsy"))
	r.press(words.T("help.kinds.have"))
	r.typeInto("1aa2bb33c44d55eeeeee6fff", "shared5ecret")
	r.press(words.T("window.setup.save"))
	r.untilText(words.T("window.ladder.question"))
	r.press(words.T("window.rung.session"))
	r.untilText(words.T("window.setup.accepted", "Provider", "Etsy", "Kept", words.StoreName(valet.InSession, "")))
	if n := r.markets.set; len(n) != 2 || n[1].Store != valet.InSession || n[1].Secret.IsZero() {
		t.Errorf("set %+v", n)
	}
	r.markets.keys = append(r.markets.keys, valet.AppKey{ID: "key-1", Provider: "etsy", Store: valet.InSession})
	r.service.connect = approves(blueFern())
	r.press(words.T("window.setup.continue"))
	r.typed(fyne.KeyReturn)
	r.untilText("hangs in the rack")
	if q := r.service.last(); q.Store != valet.InSession {
		t.Errorf("the key goes to %q", q.Store)
	}
}

func TestAKeyIsMoved(t *testing.T) {
	r := newRig(t, blueFern())
	r.press(words.T("window.move"))
	r.untilText(words.T("window.move.where"))
	r.press(words.T("window.rung.file"))
	r.untilText(words.T("window.passphrase.new"))
	r.press(words.T("window.cancel"))
	r.untilText(words.T("window.move.where"))
	r.press(words.T("window.rung.file"))
	r.untilText(words.T("window.passphrase.new"))
	r.typeInto(passphrase, passphrase)
	r.typed(fyne.KeyReturn)
	r.untilText(words.T("window.moved", "Store", words.StoreName(valet.InFile, "")))
	r.places.err = trouble(valet.TroubleFileOther)
	r.press(words.T("window.move"))
	r.press(words.T("window.rung.session"))
	r.untilText(words.Sentence(r.places.err).What)
	if want := []valet.StoreKind{valet.InFile, valet.InSession}; !slices.Equal(r.places.moved, want) {
		t.Errorf("moved to %v", r.places.moved)
	}
}

func TestWhatIsBusyOrGoneIsNotMoved(t *testing.T) {
	r := newRig(t)
	for status, want := range map[valet.Status]bool{
		valet.Connected: true, valet.Refreshing: true, valet.Revoking: false, valet.Returned: false, valet.Missing: false, valet.NeedsAuthorization: false,
	} {
		c := blueFern()
		c.Status = status
		if got := r.desk.state(c, time.Now()).Movable; got != want {
			t.Errorf("%s: %v", status, got)
		}
	}
}
