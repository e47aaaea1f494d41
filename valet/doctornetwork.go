package valet

import (
	"context"
	"crypto/x509"
	"errors"
	"net"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strings"
	"sync"
	"syscall"
	"time"

	"valetkey/oauth"
)

// networkLimit bounds the look at all hosts of one provider.
const networkLimit = 20 * time.Second

// reach is the look at one provider's hosts, which two checks share.
type reach struct {
	*round
	market  Market
	unknown error // there is no such provider
	once    sync.Once
	hosts   []hostAnswer
}

// hostAnswer is what came of one host.
type hostAnswer struct {
	host    string
	seen    bool // only its name was asked for: browsers go there, and we do not
	proxied string
	status  int
	offset  time.Duration // its clock minus ours
	dated   bool
	err     error
}

// reaching prepares the look at a provider's hosts; the first check that needs it looks.
func (r *round) reaching(id string) *reach {
	market, err := r.valet.Providers.Get(id)
	return &reach{round: r, market: market, unknown: err}
}

// look asks every host once, all at a time.
func (n *reach) look(ctx context.Context) {
	n.once.Do(func() {
		ctx, cancel := context.WithTimeout(ctx, networkLimit)
		defer cancel()
		targets := n.targets()
		n.hosts = make([]hostAnswer, len(targets))
		var asked sync.WaitGroup
		for at, target := range targets {
			asked.Go(func() { n.hosts[at] = n.ask(ctx, target) })
		}
		asked.Wait()
	})
}

// target is a host and how it is asked.
type target struct {
	base *url.URL
	seen bool
}

// targets are the hosts of the provider. The one that shows the consent page is for browsers, and some turn programs away: its
// name is looked up, and no more.
func (n *reach) targets() []target {
	m := n.market
	ours := []string{m.TokenEndpoint, m.RevocationEndpoint, m.API, m.Account.URL}
	theirs := []string{m.AuthorizationEndpoint}
	if o := m.OAuth1; o != nil {
		ours = append([]string{o.TemporaryCredentialsEndpoint, o.TokenEndpoint}, ours...)
		theirs = []string{o.AuthorizationEndpoint}
	}
	if !m.complete() {
		ours = append(ours, m.Issuer)
	}
	var list []target
	add := func(addresses []string, seen bool) {
		for _, address := range addresses {
			parsed, err := url.Parse(address)
			known := func(t target) bool { return t.base.Host == parsed.Host }
			if err == nil && parsed.Host != "" && !slices.ContainsFunc(list, known) {
				list = append(list, target{&url.URL{Scheme: parsed.Scheme, Host: parsed.Host, Path: "/"}, seen})
			}
		}
	}
	add(ours, false)
	add(theirs, true)
	return list
}

// ask makes one request for the least there is, with no secret and no token in it.
func (n *reach) ask(ctx context.Context, t target) hostAnswer {
	a := hostAnswer{host: t.base.Host, seen: t.seen}
	request, err := http.NewRequestWithContext(ctx, http.MethodHead, t.base.String(), nil)
	if err != nil {
		a.err = err
		return a
	}
	if proxy, err := n.with.Proxy(request); err == nil && proxy != nil {
		a.proxied = proxy.Host // never its user info
	}
	if t.seen {
		if a.proxied == "" && net.ParseIP(t.base.Hostname()) == nil {
			_, a.err = n.with.Lookup(ctx, t.base.Hostname())
		}
		return a
	}
	transport := n.with.Transport
	if transport == nil {
		transport = n.valet.channel.transport(n.market.ID)
	}
	before := time.Now()
	received, err := oauth.Fetch(transport, request)
	if received == nil {
		a.err = err
		return a
	}
	a.status = received.Status
	if date, err := http.ParseTime(received.Header.Get("Date")); err == nil {
		middle := before.Add(time.Since(before) / 2)
		a.offset, a.dated = date.Add(500*time.Millisecond).Sub(middle), true // it is written in whole seconds
	}
	return a
}

// network says that each host can be reached, or which cannot, those with one reason together.
func (n *reach) network(ctx context.Context) []Finding {
	switch {
	case n.unknown != nil:
		return one(failing(Wrong, n.unknown, ""))
	case n.market.Practice:
		if n.visit.Provider != "" {
			if where, _ := WhereServed(ctx, n.valet.Providers, n.market.ID); where.Base == "" && where.Taken {
				return one(Finding{State: LookAt, Reason: "taken", Provider: n.market.Name})
			}
		}
		return one(Finding{State: Fine, Reason: "inside", Provider: n.market.Name})
	}
	n.look(ctx)
	var found []Finding
	var names []string
	proxy := ""
	for _, a := range n.hosts {
		names = append(names, a.host)
		if a.proxied != "" {
			proxy = a.proxied
		}
		finding := a.finding(n.market.Name)
		same := slices.IndexFunc(found, func(f Finding) bool { return f.Reason == finding.Reason })
		switch {
		case finding.State == Fine:
		case same >= 0:
			found[same].Subject += ", " + finding.Subject
		default:
			found = append(found, finding)
		}
	}
	if found != nil {
		return found
	}
	f := Finding{State: Fine, Reason: "reached", Provider: n.market.Name, Subject: strings.Join(names, ", ")}
	if proxy != "" {
		f.Reason, f.Other = "reached-by-proxy", proxy
	}
	return one(f)
}

// finding says what came of one host.
func (a hostAnswer) finding(provider string) Finding {
	f := Finding{State: Wrong, Provider: provider, Subject: a.host, Other: a.proxied}
	switch {
	case a.err != nil:
		f.Reason = networkReason(a)
	case a.status == http.StatusProxyAuthRequired:
		f.Reason = "proxy"
	case a.status >= http.StatusInternalServerError:
		f.State, f.Reason = LookAt, "trouble"
	default:
		f.State = Fine
	}
	return f
}

// networkReason is why no answer came from a host.
func networkReason(a hostAnswer) string {
	var date x509.CertificateInvalidError
	_, name := errors.AsType[*net.DNSError](a.err)
	timed, _ := errors.AsType[net.Error](a.err)
	switch {
	case errors.As(a.err, &date) && date.Reason == x509.Expired:
		return "certificate-date"
	case untrusted(a.err):
		return "certificate"
	case a.proxied != "":
		return "proxy"
	case name:
		return "no-name"
	case errors.Is(a.err, syscall.ECONNREFUSED):
		return "refused"
	case errors.Is(a.err, context.DeadlineExceeded), errors.Is(a.err, os.ErrDeadlineExceeded), timed != nil && timed.Timeout():
		return "no-answer"
	}
	return "no-connection"
}

// untrusted reports whether the other side is not who it should be, or cannot be shown to be.
func untrusted(err error) bool {
	var authority x509.UnknownAuthorityError
	var host x509.HostnameError
	var invalid x509.CertificateInvalidError
	return errors.As(err, &authority) || errors.As(err, &host) || errors.As(err, &invalid)
}

// How far clocks may differ: requests of OAuth 1.0a carry our time and are refused some minutes off (RFC 5849 3.3); all others
// only lean on it for certificates.
const (
	clockNear   = time.Minute
	clockSigned = 150 * time.Second
	clockFar    = 5 * time.Minute
)

// clock compares ours with the provider's.
func (n *reach) clock(ctx context.Context) []Finding {
	if n.unknown != nil || n.market.Practice {
		return nil // it lives by our clock
	}
	n.look(ctx)
	f := Finding{State: Untried, Reason: "no-date", Provider: n.market.Name}
	for _, a := range n.hosts {
		if !a.dated {
			continue
		}
		off := a.offset.Abs()
		f.State, f.Reason, f.Span, f.Subject = Fine, "agrees", off.Round(time.Minute), a.host
		switch {
		case n.market.OAuth1 != nil && off > clockSigned:
			f.State = Wrong
		case off > clockFar, n.market.OAuth1 != nil && off > clockNear:
			f.State = LookAt
		}
		if f.State != Fine {
			f.Reason = "ahead"
			if a.offset > 0 {
				f.Reason = "behind"
			}
			if n.market.OAuth1 != nil {
				f.Reason += "-signed"
			}
		}
		break
	}
	return one(f)
}
