package oauth

import (
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"time"
)

// TransportError says that no answer came. Err is a plain network error, or one of this package that stands for an error with
// text of the other side in it; no query, header or body is ever in it.
type TransportError struct {
	Host string // whom we wanted to reach
	Sent bool   // false only if the request was provably not sent: dial or TLS failed. Then nothing was spent
	Err  error
}

// Error names the host and the cause.
func (e *TransportError) Error() string {
	return "oauth: no answer from " + e.Host + ": " + e.Err.Error()
}

// Unwrap gives the cause, so that [errors.Is] finds [context.Canceled] and [context.DeadlineExceeded].
func (e *TransportError) Unwrap() error { return e.Err }

// Errors that stand for others.
var (
	errConnection = errors.New("the connection failed")
	errProxy      = errors.New("the proxy refused the connection")
)

// transportError hides what an error of net/http may quote: the address, a proxy's password, the first line of an answer.
func transportError(ctx context.Context, request *http.Request, sent bool, err error) error {
	failure := &TransportError{Host: request.URL.Host, Sent: sent, Err: errConnection}
	if ctx.Err() != nil {
		failure.Err = ctx.Err()
		return failure
	}
	for _, known := range []error{errProxy, http.ErrSchemeMismatch, io.ErrUnexpectedEOF, io.EOF} {
		if errors.Is(err, known) {
			failure.Err = known
			return failure
		}
	}
	// Only causes whose text the system or this program wrote are passed on.
	failure.Err = firstOf[*tls.CertificateVerificationError](err, failure.Err)
	if alert, ok := errors.AsType[*net.OpError](err); ok && (alert.Op == "remote error" || alert.Op == "local error") {
		failure.Err = alert.Err // how crypto/tls reports alerts
	}
	failure.Err = firstOf[*net.DNSError](err, failure.Err)
	failure.Err = firstOf[syscall.Errno](err, failure.Err)
	if timed, ok := errors.AsType[net.Error](err); ok && timed.Timeout() && failure.Err == errConnection {
		failure.Err = os.ErrDeadlineExceeded
	}
	return failure
}

// firstOf gives the error of type E in the chain of err, if otherwise is still the nameless one.
func firstOf[E error](err, otherwise error) error {
	if found, ok := errors.AsType[E](err); ok && otherwise == errConnection {
		return found
	}
	return otherwise
}

// Sending watches one request on its way. See [WatchSending].
type Sending struct{ sought, got atomic.Bool }

// WatchSending returns a context for one request and what tells afterwards whether it can have been sent.
func WatchSending(ctx context.Context) (context.Context, *Sending) {
	sending := &Sending{}
	return httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		GetConn: func(string) { sending.sought.Store(true) },
		GotConn: func(httptrace.GotConnInfo) { sending.got.Store(true) },
	}), sending
}

// NotSent reports whether the failed request provably never left: a connection was sought and none was had. A transport that
// is not net/http's says neither, and then nothing is proven.
func (s *Sending) NotSent() bool { return s.sought.Load() && !s.got.Load() }

// DefaultTransport gives the one transport that is used where none is named: TLS 1.2 at least, the system's proxy (but never
// for loopback), bounded headers. It is shared and safe for use by many goroutines.
func DefaultTransport() *http.Transport { return defaultTransport() }

var defaultTransport = sync.OnceValue(func() *http.Transport {
	return &http.Transport{
		Proxy:                  proxyFor,
		OnProxyConnectResponse: proxyAnswered,
		DialContext:            dial,
		ForceAttemptHTTP2:      true,
		TLSClientConfig:        &tls.Config{MinVersion: tls.VersionTLS12},
		TLSHandshakeTimeout:    10 * time.Second,
		IdleConnTimeout:        30 * time.Second,
		MaxIdleConnsPerHost:    2,
		MaxResponseHeaderBytes: 64 << 10,
	}
})

// proxyFor is the system's choice, with loopback left out however the environment is set.
func proxyFor(request *http.Request) (*url.URL, error) {
	if host := request.URL.Hostname(); strings.EqualFold(host, "localhost") || net.ParseIP(host).IsLoopback() {
		return nil, nil
	}
	return http.ProxyFromEnvironment(request)
}

// proxyAnswered keeps the proxy's own words out of our errors.
func proxyAnswered(_ context.Context, _ *url.URL, _ *http.Request, answer *http.Response) error {
	if answer.StatusCode != http.StatusOK {
		return errProxy
	}
	return nil
}

// dial resolves no "localhost": with a hosts file or a name server in between, plain HTTP would leave the machine (RFC 6761
// 6.3). Both loopback addresses are tried, as the other side may hold only one.
func dial(ctx context.Context, network, address string) (net.Conn, error) {
	dialer := net.Dialer{Timeout: 10 * time.Second, KeepAlive: 30 * time.Second}
	host, port, err := net.SplitHostPort(address)
	if err != nil || !strings.EqualFold(host, "localhost") {
		return dialer.DialContext(ctx, network, address)
	}
	connection, err := dialer.DialContext(ctx, network, net.JoinHostPort("127.0.0.1", port))
	if err != nil && ctx.Err() == nil {
		return dialer.DialContext(ctx, network, net.JoinHostPort("::1", port))
	}
	return connection, err
}
