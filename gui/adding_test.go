//go:build !nogui

package gui

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"valetkey/gui/parts"
	"valetkey/valet"
	"valetkey/valet/words"
)

// acme is a provider file with hosts to be read letter by letter, for an app without a secret.
const acme = `{"id": "acme", "name": "Acme Market", "protocol": "oauth2", "authorization_endpoint": "https://xn--mller-kva.example/allow",
	"token_endpoint": "https://api.acme.example/token", "client_id": "abc", "redirect_uri": "http://localhost:3003/oauth/redirect",
	"scopes": [{"name": "orders_r", "title": "Read orders", "risk": "read"}]}`

func written(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "acme.json")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// providerText is the field that a provider file is pasted into.
func (r *rig) providerText() *parts.Entry {
	r.t.Helper()
	if all := entries(r); len(all) > 0 {
		return all[0]
	}
	r.t.Fatalf("no field: %q", texts(r.present.view))
	return nil
}

// entries are all fields on the screen.
func entries(r *rig) []*parts.Entry {
	var all []*parts.Entry
	for _, o := range tree(r.present.view) {
		if e, ok := o.(*parts.Entry); ok {
			all = append(all, e)
		}
	}
	return all
}

func TestAMarketIsAdded(t *testing.T) {
	ways := map[string]func(r *rig){
		"dropped": func(r *rig) { fair{r.hall}.dropped(written(t, acme)) },
		"picked": func(r *rig) {
			r.pick = func(chosen func(string)) { chosen(written(t, acme)) }
			r.press(words.T("window.markets.open"))
			r.press(words.T("window.markets.add"))
			r.press(words.T("window.add.file"))
		},
		"pasted": func(r *rig) {
			fair{r.hall}.ask()
			r.providerText().SetText(acme)
			r.providerText().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
		},
	}
	for way, give := range ways {
		t.Run(way, func(t *testing.T) {
			r := newRig(t)
			r.untilText(words.T("window.welcome.title"))
			give(r)
			r.untilText(words.T("window.review.title", "Provider", "Acme Market"))
			for _, part := range []string{"xn--mller-kva.example", "api.acme.example", "Read orders", words.T("window.review.oauth2")} {
				if !shows(r.present.view, part) {
					t.Errorf("%q is not shown, but %q", part, texts(r.present.view))
				}
			}
			if len(r.markets.shelf.List()) != 0 {
				t.Error("it was kept before anybody agreed")
			}
			r.press(words.T("window.review.add"))
			r.until("the market", func() bool { return len(r.markets.shelf.List()) == 1 })
			r.back()
			r.hall.connect()
			r.untilText("Acme Market")
		})
	}
}

// A host that passes for another is not what Enter agrees to.
func TestADoubtfulMarketIsLeft(t *testing.T) {
	const text = `{"id": "shop", "name": "Shop", "protocol": "oauth2", "authorization_endpoint": "https://www.etsy.com.shop.example/allow",
		"token_endpoint": "https://www.xn--tsy-qdd.com/token", "client_id": "abc", "redirect_uri": "http://localhost:3003/oauth/redirect"}`
	r := newRig(t, blueFern())
	fair{r.hall}.dropped(written(t, text))
	r.untilText(words.T("window.review.title", "Provider", "Shop"))
	r.typed(fyne.KeyReturn)
	r.untilText(words.T("window.add.title"))
	if len(r.markets.shelf.List()) != 0 {
		t.Error("Enter added it")
	}
}

func TestWhatIsNoProviderFileIsSaid(t *testing.T) {
	r := newRig(t)
	for _, text := range []string{"not a file", `{"id": "etsy", "name": "Etsy"}`} {
		fair{r.hall}.ask()
		r.providerText().SetText(text)
		r.press(words.T("window.add.look"))
		r.untilText(words.Sentence(&valet.Error{Kind: valet.BadProviderFile}).What)
		if got := r.providerText().Text; got != text {
			t.Errorf("the field holds %q", got)
		}
	}
	fair{r.hall}.dropped(filepath.Join(t.TempDir(), "missing.json"))
	r.untilText(words.Sentence(&valet.Error{Kind: valet.RescueFile, Subject: "missing", Other: "missing.json"}).What)
}

// TestAProviderFileIsRefusedWithFieldAndReason: what is wrong with it is said, not only that it is refused.
func TestAProviderFileIsRefusedWithFieldAndReason(t *testing.T) {
	r := newRig(t, blueFern())
	view := fair{r.hall}.askFor()
	text := `{"id": "acme", "name": "Acme", "protocol": "oauth2", "authorization_endpoint": "ftp://acme.example", "token_endpoint": "https://acme.example/token"}`
	_, err := r.app.Providers.Draft(t.Context(), []byte(text))
	want := words.Sentence(err)
	r.typeInto(text)
	view.Look()
	r.untilText(want.Means)
	if !strings.Contains(want.What+want.Means, "authorization_endpoint") || !strings.Contains(want.Means, words.T("errors.provider-file.address")) {
		t.Errorf("said: %+v", want)
	}
}

// While a walk waits, a file that is dropped does not take its screen away.
func TestADroppedFileWaitsForTheWalk(t *testing.T) {
	r := newRig(t)
	r.service.connect = approves(blueFern())
	r.press(words.T("window.welcome.practice.button"))
	fair{r.hall}.dropped(written(t, acme))
	r.untilText("Blue Fern Pottery hangs in the rack")
}

func TestOlderMarketsAreOutOfTheWay(t *testing.T) {
	r := newRig(t)
	old := older(t, "http://localhost:3003/oauth/redirect")
	old.BuiltIn, old.ID, old.Name = true, "etsy-v2", "Etsy, older API"
	r.markets.markets = append(r.markets.markets, old)
	r.hall.connect()
	if shows(r.present.view, old.Name) {
		t.Error("it stands among the usual ones")
	}
	r.press(words.T("window.markets.open"))
	r.untilText(words.T("window.choose.ended"))
	r.press(old.Name)
	r.untilText(words.T("window.setup.ended"))
	r.typed(fyne.KeyEscape)
	r.untilText(words.T("window.welcome.title"))
}

func TestAppKeysAndMarketsAreRemoved(t *testing.T) {
	r := newRig(t)
	r.markets.keys = append(r.markets.keys, valet.AppKey{ID: "key-9", Label: "my own shop", Provider: "etsy", ClientID: "abc"})
	r.markets.keys[0].BuiltIn = true
	if _, _, err := r.markets.shelf.AddData(t.Context(), []byte(acme), nil); err != nil {
		t.Fatal(err)
	}
	r.press(words.T("window.markets.open"))
	r.press(words.T("window.markets.remove", "Name", "my own shop"))
	r.untilText(words.T("window.remove.key.title", "Name", "my own shop"))
	r.press(words.T("window.giveback.keep"))
	if r.press(words.T("window.markets.remove", "Name", "my own shop")); len(r.markets.removed) != 0 {
		t.Fatal("it was removed before anybody agreed")
	}
	r.markets.err = &valet.Error{Kind: valet.AppKeyInUse, Subject: "my own shop"}
	r.press(words.T("window.markets.remove.do"))
	r.untilText(words.Sentence(r.markets.err).What)
	r.markets.err = nil
	r.press(words.T("window.markets.remove", "Name", "my own shop"))
	r.press(words.T("window.markets.remove.do"))
	r.untilText(words.T("window.removed", "Name", "my own shop"))
	r.press(words.T("window.markets.remove", "Name", "Acme Market"))
	r.press(words.T("window.markets.remove.do"))
	r.untilText(words.T("window.removed", "Name", "Acme Market"))
	if !slices.Equal(r.markets.removed, []string{"key-9", "key-9"}) || len(r.markets.shelf.List()) != 0 {
		t.Errorf("removed %v, left %v", r.markets.removed, r.markets.shelf.List())
	}
}

func TestTheFileDialogOpensAndCloses(t *testing.T) {
	test.NewTempApp(t)
	win := test.NewTempWindow(t, parts.Space(1, 1))
	win.Resize(fyne.NewSize(720, 520))
	dismiss := pickFile(win, words.T("window.add.file"), ".json", func(path string) { t.Errorf("%s was chosen", path) })
	if win.Canvas().Overlays().Top() == nil {
		t.Fatal("no dialog")
	}
	if dismiss(); win.Canvas().Overlays().Top() != nil {
		t.Error("the dialog stays")
	}
}

// What stands over the screen has the keyboard to itself, and Esc closes it.
func TestTheKeyboardStaysInADialog(t *testing.T) {
	r := newRig(t, blueFern())
	fair{r.hall}.ask()
	cover := parts.NewText(parts.Body, "a dialog")
	r.dismiss = func() { r.canvas.Overlays().Remove(cover) }
	r.canvas.Overlays().Add(cover)
	r.typed(fyne.KeyReturn)
	r.typed(fyne.KeyEscape)
	if r.covered() || !shows(r.present.view, words.T("window.add.title")) {
		t.Errorf("covered %v; behind it: %q", r.covered(), texts(r.present.view))
	}
	r.typed(fyne.KeyEscape)
	r.untilText(words.T("window.markets.title"))
}
