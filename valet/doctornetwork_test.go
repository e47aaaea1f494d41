package valet_test

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"valetkey/oauth"
	"valetkey/oauth/oauth1"
	"valetkey/valet"
)

// far is the other end of the network: what it answers, and how far its clock is from ours.
type far struct {
	err    error
	status int
	clock  time.Duration
	dateless,
	hangs bool
	asked func(*http.Request)
}

func (f far) RoundTrip(request *http.Request) (*http.Response, error) {
	if f.asked != nil {
		f.asked(request)
	}
	if f.hangs {
		<-request.Context().Done()
		return nil, request.Context().Err()
	}
	if f.err != nil {
		return nil, f.err
	}
	header := http.Header{}
	if !f.dateless {
		header.Set("Date", time.Now().Add(f.clock).UTC().Format(http.TimeFormat))
	}
	return &http.Response{StatusCode: f.status, Header: header, Body: http.NoBody, Request: request}, nil
}

// acme is a market on the web, with an app key of its own.
func acme(transport http.RoundTripper, signed bool) valet.Builtin {
	m := valet.Market{Provider: oauth.Provider{ID: "acme", Name: "Acme", API: "https://api.acme.example"}, Redirect: "https://acme.example/back", BuiltIn: true}
	if signed {
		m.OAuth1 = &oauth1.Provider{TemporaryCredentialsEndpoint: "https://id.acme.example/a", AuthorizationEndpoint: "https://www.acme.example/b", TokenEndpoint: "https://id.acme.example/c"}
	} else {
		m.AuthorizationEndpoint, m.TokenEndpoint = "https://www.acme.example/b", "https://id.acme.example/c"
	}
	return valet.Builtin{Market: m, Key: &valet.NewAppKey{Provider: "acme", Label: "acme", ClientID: "c", Redirect: m.Redirect}, Transport: transport}
}

// knownHost is a name server that knows every name.
func knownHost(context.Context, string) ([]string, error) { return []string{"192.0.2.1"}, nil }

// TestDoctorOnTheNetwork: which host cannot be reached, and why; no secret and no token is in what it is asked.
func TestDoctorOnTheNetwork(t *testing.T) {
	noName := &net.OpError{Op: "dial", Err: &net.DNSError{Err: "no such host", IsNotFound: true}}
	proxied := func(*http.Request) (*url.URL, error) {
		return url.Parse("http://me:planted-secret@proxy.acme.example:3128")
	}
	for _, row := range []struct {
		name   string
		far    far
		with   valet.Instruments
		state  valet.FindingState
		reason string
		hosts  string
	}{
		{"all is well", far{status: 404}, valet.Instruments{}, valet.Fine, "reached", "id.acme.example, api.acme.example, www.acme.example"},
		{"through a proxy", far{status: 404}, valet.Instruments{Proxy: proxied}, valet.Fine, "reached-by-proxy", "id.acme.example, api.acme.example, www.acme.example"},
		{"the proxy refuses", far{err: errors.New("Forbidden")}, valet.Instruments{Proxy: proxied}, valet.Wrong, "proxy", "id.acme.example, api.acme.example"},
		{"the proxy wants a password", far{status: 407}, valet.Instruments{Proxy: proxied}, valet.Wrong, "proxy", "id.acme.example, api.acme.example"},
		{"no name server", far{err: noName}, valet.Instruments{}, valet.Wrong, "no-name", "id.acme.example, api.acme.example"},
		{"one name is not known", far{status: 404}, valet.Instruments{Lookup: func(context.Context, string) ([]string, error) { return nil, noName.Err }}, valet.Wrong, "no-name", "www.acme.example"},
		{"refused", far{err: &net.OpError{Op: "dial", Err: syscall.ECONNREFUSED}}, valet.Instruments{}, valet.Wrong, "refused", "id.acme.example, api.acme.example"},
		{"nobody answers", far{hangs: true}, valet.Instruments{}, valet.Wrong, "no-answer", "id.acme.example, api.acme.example"},
		{"broken off", far{err: errors.New("reset")}, valet.Instruments{}, valet.Wrong, "no-connection", "id.acme.example, api.acme.example"},
		{"somebody else's certificate", far{err: &tls.CertificateVerificationError{Err: x509.UnknownAuthorityError{}}}, valet.Instruments{}, valet.Wrong, "certificate", "id.acme.example, api.acme.example"},
		{"a certificate that is over", far{err: &tls.CertificateVerificationError{Err: x509.CertificateInvalidError{Reason: x509.Expired}}}, valet.Instruments{}, valet.Wrong, "certificate-date", "id.acme.example, api.acme.example"},
		{"down", far{status: 503}, valet.Instruments{}, valet.LookAt, "trouble", "id.acme.example, api.acme.example"},
	} {
		t.Run(row.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				k := newKit(t)
				row.far.asked = func(r *http.Request) {
					if r.Method != http.MethodHead || r.URL.Path != "/" || r.URL.RawQuery != "" || r.Header.Get("Authorization") != "" || strings.HasPrefix(r.Host, "www.") {
						t.Errorf("%s %s with %v", r.Method, r.URL, r.Header)
					}
				}
				k.options.Builtin = append(k.options.Builtin, acme(row.far, false))
				k.start(t)
				if row.with.Lookup == nil {
					row.with.Lookup = knownHost
				}
				if row.with.Proxy == nil {
					row.with.Proxy = func(*http.Request) (*url.URL, error) { return nil, nil }
				}
				began := time.Now()
				all := k.examine(t, valet.Visit{Provider: "acme"}, row.with)
				all.wants(t, valet.CheckNetwork, row.state, row.reason)
				f := all[valet.CheckNetwork]
				if f.Subject != row.hosts || f.Other != "" && f.Other != "proxy.acme.example:3128" {
					t.Errorf("of %s, by %s", f.Subject, f.Other)
				}
				if took := time.Since(began); took > 20*time.Second {
					t.Errorf("it took %s", took)
				}
				all.wants(t, valet.CheckPort, valet.Fine, "pasted")
				all.wants(t, valet.CheckAppKey, valet.Untried, "nobody")
			})
		})
	}
}

// TestDoctorOnTheClock: ours beside the provider's. It matters most where requests carry the time.
func TestDoctorOnTheClock(t *testing.T) {
	for _, row := range []struct {
		name   string
		far    far
		signed bool
		state  valet.FindingState
		reason string
		span   time.Duration
	}{
		{"together", far{status: 404}, false, valet.Fine, "agrees", 0},
		{"together, signed", far{status: 404}, true, valet.Fine, "agrees", 0},
		{"an hour behind", far{status: 404, clock: time.Hour}, false, valet.LookAt, "behind", time.Hour},
		{"an hour ahead", far{status: 404, clock: -time.Hour}, false, valet.LookAt, "ahead", time.Hour},
		{"two minutes behind", far{status: 404, clock: 2 * time.Minute}, false, valet.Fine, "agrees", 2 * time.Minute},
		{"two minutes behind, signed", far{status: 404, clock: 2 * time.Minute}, true, valet.LookAt, "behind-signed", 2 * time.Minute},
		{"an hour behind, signed", far{status: 404, clock: time.Hour}, true, valet.Wrong, "behind-signed", time.Hour},
		{"an hour ahead, signed", far{status: 404, clock: -time.Hour}, true, valet.Wrong, "ahead-signed", time.Hour},
		{"not said", far{status: 404, dateless: true}, false, valet.Untried, "no-date", 0},
		{"not reached", far{err: errors.New("away")}, false, valet.Untried, "no-date", 0},
	} {
		t.Run(row.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				k := newKit(t)
				k.options.Builtin = append(k.options.Builtin, acme(row.far, row.signed))
				k.start(t)
				all := k.examine(t, valet.Visit{Provider: "acme"}, valet.Instruments{Lookup: knownHost})
				all.wants(t, valet.CheckClock, row.state, row.reason)
				if f := all[valet.CheckClock]; f.Span != row.span {
					t.Errorf("%s apart, want %s", f.Span, row.span)
				}
			})
		})
	}
}

// TestDoctorOnASignedKey: a key of OAuth 1.0a is tried too, and a market that refuses its time is told from one that refuses it.
func TestDoctorOnASignedKey(t *testing.T) {
	o := newOlderKit(t)
	c := o.mustType(t, 0, valet.ConnectRequest{})
	visit := valet.Visit{Key: c.ID}
	o.examine(t, visit, valet.Instruments{}).wants(t, valet.CheckToken, valet.Fine, "works")
	o.line.next = late{}
	o.examine(t, visit, valet.Instruments{}).wants(t, valet.CheckToken, valet.Wrong, "clock-off")
}

// late is a market by whose clock every request is late.
type late struct{}

func (late) RoundTrip(request *http.Request) (*http.Response, error) {
	header := http.Header{"Content-Type": {"application/x-www-form-urlencoded"}}
	body := io.NopCloser(strings.NewReader("oauth_problem=timestamp_refused"))
	return &http.Response{StatusCode: http.StatusUnauthorized, Header: header, Body: body, Request: request}, nil
}

// TestDoctorStopsInTheMiddle: a host that hangs does not keep a visit that was ended, and what was interrupted is not told.
func TestDoctorStopsInTheMiddle(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		k := newKit(t)
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		k.options.Builtin = append(k.options.Builtin, acme(far{hangs: true, asked: func(*http.Request) { cancel() }}, false))
		k.start(t)
		began := time.Now()
		for f := range valet.NewDoctor(k.valet, valet.Instruments{Lookup: knownHost, Browser: theirBrowser}).Examine(ctx, valet.Visit{Provider: "acme"}) {
			if f.Check == valet.CheckNetwork || f.Check == valet.CheckPort {
				t.Errorf("after the end: %+v", f)
			}
		}
		if took := time.Since(began); took > time.Second {
			t.Errorf("it took %s", took)
		}
	})
}

// TestDoctorOnAnError makes just the checks that fit it.
func TestDoctorOnAnError(t *testing.T) {
	k := newKit(t)
	c := k.mustConnect(t)
	takeBack(t, k.practice.Transport())
	_, err := k.valet.Check(t.Context(), c.ID)
	if err == nil {
		t.Fatal("the key still works")
	}
	fits := valet.NewDoctor(k.valet, valet.Instruments{}).Fitting(err)
	all := k.examine(t, valet.Visit{Key: c.ID, Only: fits}, valet.Instruments{})
	all.wants(t, valet.CheckToken, valet.Wrong, "token-revoked")
	if len(all) != len(fits) || len(fits) == 0 {
		t.Errorf("%d checks, %d fit", len(all), len(fits))
	}
}
