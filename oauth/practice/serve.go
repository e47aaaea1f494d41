package practice

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"strconv"
	"strings"
	"time"
)

const (
	portsTried = 20
	stopWithin = time.Second / 2
)

// Serve serves the pages on addr (empty: DefaultAddress) until ctx ends; done is closed when the port is free again.
// If DefaultAddress is taken the next free port is used; any other address that is taken is an error, as is one that is
// not loopback. Base is the address of the pages, without a slash at its end.
func (s *Server) Serve(ctx context.Context, addr string) (base string, done <-chan struct{}, err error) {
	if err := s.store.mark(ctx); err != nil {
		slog.Warn("practice: where it is served is not noted", "err", err)
	}
	return s.serve(ctx, addr, s.pages)
}

// ServeAll is Serve with the token endpoint and the API as well, for programs that are not this one. While it serves,
// [Server.Where] finds it from any process on the same state file.
func (s *Server) ServeAll(ctx context.Context, addr string) (base string, done <-chan struct{}, err error) {
	base, served, err := s.serve(ctx, addr, s.whole)
	if err != nil {
		return "", nil, err
	}
	if err := s.store.noteHere(ctx, base); err != nil {
		slog.Warn("practice: where it is served is not noted", "err", err)
		return base, served, nil
	}
	gone := make(chan struct{})
	go func() {
		defer close(gone)
		<-served
		s.store.leave(context.WithoutCancel(ctx), base)
	}()
	return base, gone, nil
}

func (s *Server) serve(ctx context.Context, addr string, handler http.Handler) (string, <-chan struct{}, error) {
	listener, err := listen(addr)
	if err != nil {
		return "", nil, err
	}
	// Requests end with the server: a slow answer must not outlive it.
	life, end := context.WithCancel(context.WithoutCancel(ctx))
	server := &http.Server{
		Handler:           loopbackOnly(handler),
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       10 * time.Second,
		WriteTimeout:      time.Minute,
		IdleTimeout:       time.Minute,
		MaxHeaderBytes:    32 << 10,
		ErrorLog:          slog.NewLogLogger(slog.Default().Handler(), slog.LevelDebug),
		BaseContext:       func(net.Listener) context.Context { return life },
	}
	base := "http://" + listener.Addr().String()
	s.served.Store(&base)
	served, done := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(served)
		if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
			slog.Error("practice: the pages are no longer served", "err", err)
		}
	}()
	go func() {
		defer close(done)
		defer end()
		defer s.served.CompareAndSwap(&base, nil)
		select {
		case <-ctx.Done():
			stop(server, end)
			<-served
		case <-served:
			server.Close()
		}
	}()
	return base, done, nil
}

// stop lets answers under way be written, cuts short those that are slow on purpose, and waits for nobody who is merely
// connected, as browsers like to be.
func stop(server *http.Server, end func()) {
	cut := time.AfterFunc(stopWithin/2, end)
	defer cut.Stop()
	patience, cancel := context.WithTimeout(context.Background(), stopWithin)
	defer cancel()
	if server.Shutdown(patience) != nil {
		server.Close()
	}
}

// listen takes the port. Names are never looked up: localhost is 127.0.0.1 and nothing else.
func listen(addr string) (net.Listener, error) {
	if addr == "" {
		addr = DefaultAddress
	}
	host, port, err := net.SplitHostPort(addr)
	if err != nil {
		return nil, fmt.Errorf("practice: address %q: must be like %s", addr, DefaultAddress)
	}
	if host == "" || host == "localhost" {
		host = "127.0.0.1"
	}
	number, err := strconv.ParseUint(port, 10, 16)
	if ip, bad := netip.ParseAddr(host); err != nil || bad != nil || !ip.IsLoopback() || ip.Is4In6() {
		return nil, fmt.Errorf("practice: address %q: must be like %s", addr, DefaultAddress)
	}
	at := net.JoinHostPort(host, port)
	listener, err := net.Listen("tcp", at)
	for next := number + 1; err != nil && at == DefaultAddress && next <= number+portsTried; next++ {
		if l, busy := net.Listen("tcp", net.JoinHostPort(host, strconv.FormatUint(next, 10))); busy == nil {
			return l, nil
		}
	}
	if err != nil {
		return nil, fmt.Errorf("practice: cannot serve on %s: %w", at, err)
	}
	return listener, nil
}

// loopbackOnly answers requests for loopback names. A page of the web can point a name of its own at this machine, but its
// browser then still sends that name.
func loopbackOnly(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !loopbackHost(r.Host) {
			http.Error(w, text("host.refused"), http.StatusMisdirectedRequest)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// loopbackHost knows localhost, 127.0.0.1 and [::1], each with a port or without.
func loopbackHost(host string) bool {
	name, port, err := net.SplitHostPort(host)
	if err != nil {
		name, port = strings.TrimSuffix(strings.TrimPrefix(host, "["), "]"), "80"
	}
	if _, err := strconv.ParseUint(port, 10, 16); err != nil {
		return false
	}
	return name == "localhost" || name == "127.0.0.1" || name == "::1"
}
