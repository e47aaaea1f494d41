package oauth

import (
	"context"
	"errors"
	"io"
	"log"
	"net"
	"net/http"
	"net/url"
	"sync"
	"time"
)

// What waiting at the door can end with, besides an answer and the context's own errors.
var (
	ErrNotLoopback = errors.New("oauth: the redirect is not an http address of this machine, so nothing can listen there")
	ErrClosed      = errors.New("oauth: the door is closed")
)

// limits keep strangers from holding the door.
type limits struct {
	answer  time.Duration // how long the browser waits for exchange and keyring
	linger  time.Duration // how long the result page waits to be fetched
	header  time.Duration // until a request's header is here
	closing time.Duration // how long closing waits for answers that are being written
	guests  int           // connections at a time that have not sent a whole request
}

var usualLimits = limits{
	answer: 90 * time.Second, linger: 2 * time.Second, header: 10 * time.Second, closing: 300 * time.Millisecond, guests: 64,
}

// longestHeader is the limit for request line and header, in octets; net/http adds 4 KiB to it.
const longestHeader = 28 << 10

// Loopback is the door on this machine that a provider's answer comes in by (RFC 8252 7.3). It takes exactly one: the first
// redirection that the waiting authorization request accepts. Everything else gets a short refusal and the wait goes on.
// Nothing is logged. Safe for use by many goroutines.
type Loopback struct {
	redirect string
	visit    *visit
	server   *http.Server
	guests   *guests
	serving  sync.WaitGroup
	shutting sync.Once
}

// ListenLoopback opens the door that redirectURI names, before the browser opens. "localhost" means 127.0.0.1 and [::1], which
// are never looked up; an address means itself; port 0 means any port that is free. An address that another program holds is a
// *[PortBusyError], for the answer would go there; one that this machine does not have is left out. A redirect that is https,
// not of this machine or malformed is [ErrNotLoopback].
func ListenLoopback(redirectURI string) (*Loopback, error) {
	return listenLoopback(redirectURI, listenTCP, usualLimits)
}

func listenLoopback(redirectURI string, listen listenFunc, limits limits) (*Loopback, error) {
	if err := CheckRedirect(redirectURI); err != nil {
		return nil, errors.Join(ErrNotLoopback, err)
	}
	redirect, err := url.Parse(redirectURI)
	if err != nil || redirect.Scheme != "http" {
		return nil, ErrNotLoopback
	}
	anyPort := portOf(redirect) == "0"
	listeners, port, err := bindLoopback(redirect.Hostname(), portOf(redirect), listen)
	if err != nil {
		return nil, err
	}
	if anyPort {
		redirect.Host = net.JoinHostPort(redirect.Hostname(), port)
		redirectURI = redirect.String()
	} // else it stays as it was written: providers compare it octet by octet
	l := &Loopback{redirect: redirectURI, guests: newGuests(limits.guests)}
	l.visit = newVisit(limits, l.shut)
	l.serve(listeners, newPorter(redirect, l.visit))
	return l, nil
}

// serve answers both addresses as one door.
func (l *Loopback) serve(listeners []net.Listener, porter *porter) {
	l.server = &http.Server{
		Handler:                      porter,
		ReadHeaderTimeout:            l.visit.limits.header,
		ReadTimeout:                  l.visit.limits.header,
		WriteTimeout:                 l.visit.limits.answer + l.visit.limits.header,
		IdleTimeout:                  l.visit.limits.header,
		MaxHeaderBytes:               longestHeader,
		DisableGeneralOptionsHandler: true,
		ErrorLog:                     log.New(io.Discard, "", 0),
		ConnState:                    stateChanged,
		ConnContext:                  withGuest,
	}
	for _, listener := range listeners {
		l.serving.Go(func() { l.server.Serve(doorway{listener, l.guests}) })
	}
}

// RedirectURI is what belongs into both requests (RFC 6749 4.1.3): the redirect as it was given, with the port that was
// bound where it asked for port 0.
func (l *Loopback) RedirectURI() string { return l.redirect }

// SetPages chooses what strangers and latecomers read. Without it they get a few English words.
func (l *Loopback) SetPages(p DoorPages) { l.visit.setPages(p) }

// Await waits for the redirection that accepts takes for its own, and returns it while the browser waits for
// [Redirection.Answer]. accepts is called for one well-formed redirection at a time; what it refuses changes nothing. A request
// that came before Await is held until then.
//
// When ctx ends first, the door closes and the error is the context's. After Close, and for a second Await, it is [ErrClosed].
func (l *Loopback) Await(ctx context.Context, accepts func(url.Values) bool) (*Redirection, error) {
	if !l.visit.expect(accepts) {
		return nil, ErrClosed
	}
	select {
	case redirection := <-l.visit.won:
		return redirection, nil
	case <-l.visit.over.c:
	case <-ctx.Done():
	}
	if !l.visit.retire() { // the answer was taken in this very moment
		return <-l.visit.won, nil
	}
	l.Close()
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return nil, ErrClosed
}

// Answering reports whether the answer has come. From then on the door closes by itself: when the browser has fetched what
// [Redirection.Answer] shows, and after 90 seconds where nobody calls that.
func (l *Loopback) Answering() bool { return l.visit.answering() }

// Close frees the port within a second, whoever is connected. A browser that still waits is told to go back to the app. It is
// of no harm when the door is closed already. The error is always nil.
func (l *Loopback) Close() error {
	l.visit.retire()
	l.shut()
	return nil
}

// shut ends the server. Everyone who calls it returns when the port is free and all connections are gone.
func (l *Loopback) shut() {
	l.shutting.Do(func() {
		l.visit.end()
		l.guests.dismiss()
		ctx, cancel := context.WithTimeout(context.Background(), l.visit.limits.closing)
		defer cancel()
		l.server.Shutdown(ctx) // lets answers that are being written go out
		l.server.Close()
		l.serving.Wait()
		l.guests.wait(l.visit.limits.closing)
	})
}
