//go:build !nogui

package gui

import (
	"context"
	"slices"
	"sync"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/software"
	"fyne.io/fyne/v2/test"

	"valetkey/gui/kit"
	"valetkey/gui/parts"
	"valetkey/keystore"
	"valetkey/oauth"
	"valetkey/valet"
)

// fakeService plays valet: connect is the walk, the rest counts and answers.
type fakeService struct {
	mu    sync.Mutex
	keys  []valet.Connection
	asked []valet.ConnectRequest
	deeds []string

	reported []oauth.Scope // what Check says a key opens

	err     error
	changes chan struct{}
	connect func(ctx context.Context, r valet.ConnectRequest) (valet.Connection, error)
}

func (f *fakeService) Connections() []valet.Connection {
	f.mu.Lock()
	defer f.mu.Unlock()
	return append([]valet.Connection(nil), f.keys...)
}

func (f *fakeService) Changes(context.Context) <-chan struct{} { return f.changes }

func (f *fakeService) Connect(ctx context.Context, r valet.ConnectRequest) (valet.Connection, error) {
	f.mu.Lock()
	f.asked = append(f.asked, r)
	f.mu.Unlock()
	c, err := f.connect(ctx, r)
	if err == nil {
		f.hang(c)
	}
	return c, err
}

func (f *fakeService) hang(c valet.Connection) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.keys = slices.DeleteFunc(f.keys, func(known valet.Connection) bool { return known.ID == c.ID })
	f.keys = append(f.keys, c)
}

func (f *fakeService) did(what string) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.deeds = append(f.deeds, what)
	return f.err
}

func (f *fakeService) UseAccessToken(_ context.Context, _ valet.ID, _ time.Duration, use func(string) error) error {
	if err := f.did("copy"); err != nil {
		return err
	}
	return use("12345678.access-token")
}

func (f *fakeService) Refresh(_ context.Context, id valet.ID) (valet.Connection, error) {
	c, _ := find(f.Connections(), id)
	return c, f.did("refresh")
}

func (f *fakeService) Check(context.Context, valet.ID) (valet.Health, error) {
	return valet.Health{CallsLeft: 4999, Took: 120 * time.Millisecond, Reported: f.reported}, f.did("check")
}

func (f *fakeService) Revoke(_ context.Context, id valet.ID) (valet.Withdrawal, error) {
	err := f.did("revoke")
	f.mu.Lock()
	defer f.mu.Unlock()
	for i := range f.keys {
		if f.keys[i].ID == id && err == nil {
			f.keys[i].Status, f.keys[i].Returned = valet.Returned, time.Now()
		}
	}
	return valet.Withdrawal{Page: "https://market.example/apps"}, err
}

func (f *fakeService) Forget(_ context.Context, id valet.ID) error {
	err := f.did("forget")
	f.mu.Lock()
	defer f.mu.Unlock()
	f.keys = nil
	return err
}

func (f *fakeService) last() valet.ConnectRequest {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.asked[len(f.asked)-1]
}

// fakeMarkets plays the providers and the app keys. Provider files are checked and kept by the real ones, on shelf.
type fakeMarkets struct {
	shelf   *valet.Providers
	markets []valet.Market
	keys    []valet.AppKey
	set     []valet.NewAppKey
	err     error // of Check and Remove
	removed []string
	full    error // of Set, where no other place was chosen
}

func (f *fakeMarkets) Get(id string) (valet.Market, error) {
	for _, m := range f.markets {
		if m.ID == id {
			return m, nil
		}
	}
	return valet.Market{}, &valet.Error{Kind: valet.UnknownProvider, Subject: id}
}

type fakeProviders struct{ *fakeMarkets }

func (f fakeProviders) List() []valet.Market {
	return append(slices.Clone(f.markets), f.shelf.List()...)
}
func (f fakeProviders) Draft(ctx context.Context, text []byte) (*valet.Draft, error) {
	return f.shelf.Draft(ctx, text)
}
func (f fakeProviders) DraftFile(ctx context.Context, path string) (*valet.Draft, error) {
	return f.shelf.DraftFile(ctx, path)
}
func (f fakeProviders) Remove(id string) error { return f.shelf.Remove(id) }

type fakeKeys struct{ *fakeMarkets }

func (f fakeKeys) List() []valet.AppKey { return f.keys }
func (f fakeKeys) Set(_ context.Context, n valet.NewAppKey) (valet.AppKey, error) {
	f.set = append(f.set, n)
	if f.full != nil && n.Store == "" {
		return valet.AppKey{}, f.full
	}
	return valet.AppKey{ID: "key-1", Provider: n.Provider, Store: n.Store}, nil
}
func (f fakeKeys) Remove(_ context.Context, id string) error {
	f.removed = append(f.removed, id)
	return f.err
}
func (f fakeKeys) Check(context.Context, string) error { return f.err }

var testScopes = []oauth.ScopeInfo{
	{Name: "shops_r", Risk: oauth.RiskRead}, {Name: "listings_r", Risk: oauth.RiskRead},
	{Name: "listings_w", Risk: oauth.RiskChange}, {Name: "listings_d", Risk: oauth.RiskDelete}, {Name: "transactions_r", Risk: oauth.RiskRead},
}

// fakeEye plays who is told what a person looks at, and what that person has to be told.
type fakeEye struct {
	shown    []valet.ID
	focused  int
	warnings []error
}

func (f *fakeEye) Show(id valet.ID) { f.shown = append(f.shown, id) }
func (f *fakeEye) Focus()           { f.focused++ }
func (f *fakeEye) Take() []error {
	told := f.warnings
	f.warnings = nil
	return told
}

// shelf is a real folder of provider files.
func shelf(t *testing.T) *valet.Providers {
	t.Helper()
	locks, err := keystore.OpenLocksIn(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	return valet.New(valet.Options{Folders: valet.Folders{Config: folder, State: folder}, Keyring: keystore.NewMemory(locks)}).Providers
}

// rig is a window on a canvas in memory, with a queue in the place of the UI thread.
type rig struct {
	*window
	t       *testing.T
	service *fakeService
	markets *fakeMarkets
	eyes    *fakeEye
	places  *fakePlaces
	queue   chan func()
	opened  chan string
}

func newRig(t *testing.T, keys ...valet.Connection) *rig { return newRigIn(t.Context(), t, keys...) }

func newRigIn(ctx context.Context, t *testing.T, keys ...valet.Connection) *rig {
	test.NewTempApp(t).Settings().SetTheme(kit.NewTheme())
	practice := valet.Market{
		Provider: oauth.Provider{ID: "practice", Name: "Practice", Scopes: testScopes}, Practice: true, AlwaysAsked: []oauth.Scope{"shops_r"},
		Purposes: []valet.Purpose{{ID: "look", Scopes: []oauth.Scope{"shops_r", "listings_r"}}, {ID: "storefront", Scopes: []oauth.Scope{"shops_r", "listings_r", "listings_w"}}},
	}
	real := practice
	real.ID, real.Name, real.Practice, real.EtsyAPI, real.Redirect = "etsy", "Etsy", false, true, "http://localhost:3003/oauth/redirect"
	real.Headers = map[string]string{"x-api-key": "{client_id}:{client_secret}"}
	r := &rig{t: t, queue: make(chan func(), 64), opened: make(chan string, 8), eyes: &fakeEye{},
		places:  &fakePlaces{},
		service: &fakeService{keys: keys, changes: make(chan struct{}, 1)},
		markets: &fakeMarkets{shelf: shelf(t), markets: []valet.Market{real, practice}, keys: []valet.AppKey{{ID: "builtin", Provider: "practice"}}},
	}
	app := App{Service: r.service, History: &fakeHistory{}, Pictures: &fakePictures{kept: map[string]bool{}}, Attention: r.eyes, Warnings: r.eyes, Stores: r.places, File: r.places, Rescue: new(valet.Rescues).Read, Keys: fakeKeys{r.markets}, Providers: fakeProviders{r.markets}, Keyring: "GNOME Keyring",
		Doctor:      &fakeDoctor{},
		Settings:    &fakeSettings{now: valet.Settings{Terms: valet.Terms}, kept: make(chan valet.Settings, 8)},
		OpenBrowser: func(_ context.Context, address string) error { r.opened <- address; return nil }}
	on := software.NewCanvas()
	r.window = newWindow(ctx, app, func(f func()) { r.queue <- f }, test.NewClipboard(), on)
	on.Resize(fyne.NewSize(1040, 680))
	r.open()
	r.until("the history is read", func() bool { return !r.desk.diary.reading })
	return r
}

// until runs what is dispatched until what is waited for is there.
func (r *rig) until(what string, there func() bool) {
	r.t.Helper()
	limit := time.After(5 * time.Second)
	for !there() {
		select {
		case f := <-r.queue:
			f()
		case <-limit:
			r.t.Fatalf("never: %s; on the screen: %q", what, texts(r.present.view))
		}
	}
}

func (r *rig) untilText(part string) {
	r.t.Helper()
	r.until(part, func() bool { return shows(r.present.view, part) })
}

func (r *rig) press(name string) {
	r.t.Helper()
	r.pressIn(r.present.view, name)
}

func (r *rig) pressIn(view fyne.CanvasObject, name string) {
	r.t.Helper()
	button := called(view, name)
	if button == nil {
		r.t.Fatalf("nothing to press is called %q; on the screen: %q", name, texts(view))
	}
	button.Tapped(nil)
}

// called is what can be pressed in view under that name; nil: nothing.
func called(view fyne.CanvasObject, name string) fyne.Tappable {
	for _, o := range tree(view) {
		if b, ok := o.(interface {
			fyne.Tappable
			fyne.Accessible
		}); ok && b.AccessibilityLabel() == name {
			return b
		}
	}
	return nil
}

// tree gives all visible objects below o.
func tree(o fyne.CanvasObject) []fyne.CanvasObject {
	if o == nil || !o.Visible() {
		return nil
	}
	all := []fyne.CanvasObject{o}
	var below []fyne.CanvasObject
	switch v := o.(type) {
	case *fyne.Container:
		below = v.Objects
	case fyne.Widget:
		below = test.WidgetRenderer(v).Objects()
	}
	for _, child := range below {
		all = append(all, tree(child)...)
	}
	return all
}

func texts(o fyne.CanvasObject) []string {
	var all []string
	for _, child := range tree(o) {
		if t, ok := child.(*parts.Text); ok && t.String() != "" {
			all = append(all, t.String())
		}
	}
	return all
}
