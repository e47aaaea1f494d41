package cli_test

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"path/filepath"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"valetkey/keystore"
	"valetkey/keystore/keyringtest"
	"valetkey/oauth"
	"valetkey/oauth/etsy"
	"valetkey/oauth/practice"
	"valetkey/valet"
)

// allowed is what a keep may take beyond one write to the keyring.
const allowed = 5 * time.Millisecond

// stopwatch is a transport that knows how long it was waited for.
type stopwatch struct {
	next http.RoundTripper
	took atomic.Int64
}

// RoundTrip implements [http.RoundTripper].
func (s *stopwatch) RoundTrip(r *http.Request) (*http.Response, error) {
	began := time.Now()
	defer func() { s.took.Add(int64(time.Since(began))) }()
	return s.next.RoundTrip(r)
}

// BenchmarkCallback is the time from an accepted answer to the record read back from the real keyring, without the time
// inside HTTP: its median beyond one write to the keyring, in parts of what is allowed.
func BenchmarkCallback(b *testing.B) {
	s := newShop(b)
	v := s.load()
	var beyond, writes []time.Duration
	for b.Loop() {
		write := s.write()
		writes = append(writes, write)
		c, kept := s.connect(v)
		beyond = append(beyond, kept-write)
		if err := v.Forget(b.Context(), c.ID); err != nil {
			b.Fatal(err)
		}
	}
	v.Wait()
	slices.Sort(beyond)
	slices.Sort(writes)
	b.ReportMetric(float64(beyond[len(beyond)/2])/float64(allowed), "ratio")
	b.ReportMetric(float64(beyond[len(beyond)/2])/float64(writes[len(writes)/2]), "writes-more")
	b.ReportMetric(1, "aim")
	b.ReportMetric(0, "ns/op")
}

// BenchmarkTokenRead is what a fresh token costs inside the process, from the index to the keyring's answer.
func BenchmarkTokenRead(b *testing.B) {
	for _, keys := range []int{1, 1000} {
		b.Run(fmt.Sprintf("keys=%d", keys), func(b *testing.B) {
			s := newShop(b)
			first := s.load()
			s.connect(first)
			first.Wait()
			_, id := fillIndex(b, filepath.Join(s.options.Folders.State, "index.json"), keys)
			read := func() {
				v := s.load()
				if err := v.UseAccessToken(b.Context(), valet.ID(id), 0, func(string) error { return nil }); err != nil {
					b.Fatal(err)
				}
				v.Wait()
			}
			read() // the first use is noted in the index
			b.ReportAllocs()
			for b.Loop() {
				read()
			}
		})
	}
}

// shop is a practice shop and the real keyring, in this process.
type shop struct {
	b       *testing.B
	server  *practice.Server
	keyring *keystore.Keyring
	watch   *stopwatch
	options valet.Options
}

func newShop(b *testing.B) *shop {
	b.Helper()
	session := keyringtest.Start(b, keyringtest.Ready)
	b.Setenv("DBUS_SESSION_BUS_ADDRESS", session.Address)
	locks, err := keystore.OpenLocksIn(filepath.Join(session.Home, "locks"))
	if err != nil {
		b.Fatal(err)
	}
	s := &shop{b: b, server: practice.Open(filepath.Join(session.Home, "practice.json")), keyring: keystore.NewKeyring("valetkey", locks)}
	s.watch = &stopwatch{next: s.server.Transport()}
	s.options = valet.Options{
		Folders: valet.Folders{Config: filepath.Join(session.Home, "config"), State: filepath.Join(session.Home, "state")},
		Keyring: s.keyring, Builtin: []valet.Builtin{likeness(s.watch)},
	}
	return s
}

// load begins as a new process would.
func (s *shop) load() *valet.Valet {
	s.b.Helper()
	v := valet.New(s.options)
	if err := v.Load(s.b.Context()); err != nil {
		s.b.Fatal(err)
	}
	return v
}

// likeness is the practice shop with a back channel that is timed.
func likeness(channel http.RoundTripper) valet.Builtin {
	p, base, back := etsy.Provider(), "http://"+practice.DefaultAddress, "http://localhost:3003/oauth/redirect"
	p.ID, p.Name = "practice", "Practice market"
	p.AuthorizationEndpoint, p.TokenEndpoint, p.API = base+"/oauth/connect", base+"/v3/public/oauth/token", base
	p.Account.URL = base + "/v3/application/users/me"
	return valet.Builtin{
		Market: valet.Market{Provider: p, Redirect: back, BuiltIn: true, Practice: true, EtsyAPI: true, RefreshDays: 90},
		Key: &valet.NewAppKey{Provider: p.ID, Label: p.ID, ClientID: practice.ClientID,
			Secret: oauth.NewSecret(practice.ClientSecret), Redirect: back},
		Transport: channel,
	}
}

// write is one write to the keyring, of a record's size.
func (s *shop) write() time.Duration {
	s.b.Helper()
	began := time.Now()
	if err := s.keyring.Set(s.b.Context(), "a-record", bytes.Repeat([]byte("x"), 700)); err != nil {
		s.b.Fatal(err)
	}
	return time.Since(began)
}

// connect wins a key, and gives the time between the answer and the record, less that inside HTTP.
func (s *shop) connect(v *valet.Valet) (c valet.Connection, kept time.Duration) {
	s.b.Helper()
	var began time.Time
	pasted := make(chan string, 1)
	c, err := v.Connect(s.b.Context(), valet.ConnectRequest{Provider: "practice", Scopes: []oauth.Scope{"shops_r"}, NoListen: true, Host: valet.Host{
		Pasted: pasted,
		Open: func(_ context.Context, address string) error {
			seller := newBrowser()
			seller.client.Transport = s.server.Transport()
			seller.stopAt("http://localhost:3003/")
			err := seller.consent(address, "52284917", "allow")
			pasted <- seller.location()
			return err
		},
		Step: func(_ valet.Step, d valet.Detail) {
			switch d.Moment {
			case valet.Answered:
				began = time.Now()
				s.watch.took.Store(0)
			case valet.Stored:
				kept = time.Since(began) - time.Duration(s.watch.took.Load())
			}
		},
	}})
	if err != nil {
		s.b.Fatal(err)
	}
	return c, kept
}
