package oauth

import (
	"context"
	"io"
	"net"
	"net/http"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

// longestBody is how much of a request's body is read past, in octets. Nobody looks at it.
const longestBody = 4 << 10

// guests are the connections at the door, oldest first. Only so many may be there without having sent a whole request: then
// the oldest of them goes, so that the newest, which may be the seller's browser, always comes in.
type guests struct {
	mu      sync.Mutex
	present []*guest
	most    int
	served  sync.WaitGroup
}

// guest is one connection.
type guest struct {
	net.Conn
	of        *guests
	answering atomic.Bool  // a whole request is here and is being answered
	body      atomic.Int64 // what may still be read of its body
}

func newGuests(most int) *guests { return &guests{most: most} }

// doorway is a listener whose connections are guests.
type doorway struct {
	net.Listener
	guests *guests
}

func (d doorway) Accept() (net.Conn, error) {
	connection, err := d.Listener.Accept()
	if err != nil {
		return nil, err
	}
	return d.guests.admit(connection), nil
}

func (h *guests) admit(connection net.Conn) *guest {
	g := &guest{Conn: connection, of: h}
	h.served.Add(1)
	h.mu.Lock()
	defer h.mu.Unlock()
	h.present = append(h.present, g)
	idle := 0
	for _, other := range h.present {
		if !other.answering.Load() {
			idle++
		}
	}
	if idle > h.most {
		eldest := slices.IndexFunc(h.present, func(g *guest) bool { return !g.answering.Load() })
		h.present[eldest].Conn.Close() // its goroutine ends, and takes it off the list
		h.present = slices.Delete(h.present, eldest, eldest+1)
	}
	return g
}

// dismiss closes every connection that waits for nothing.
func (h *guests) dismiss() {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, g := range h.present {
		if !g.answering.Load() {
			g.Conn.Close()
		}
	}
}

// wait returns when all connections have ended, or after limit.
func (h *guests) wait(limit time.Duration) {
	empty := make(chan struct{})
	go func() {
		h.served.Wait()
		close(empty)
	}()
	timer := time.NewTimer(limit)
	defer timer.Stop()
	select {
	case <-empty:
	case <-timer.C:
	}
}

// guestKey finds a connection's guest in the context of its requests.
type guestKey struct{}

func withGuest(ctx context.Context, connection net.Conn) context.Context {
	return context.WithValue(ctx, guestKey{}, connection)
}

// entered marks the guest whose request is here. What it returns is for after the answer to a request with a body: it says that
// no more will come, leaves a moment to read that, and reads no further. A connection closed on unread octets would take its
// answer with it.
func entered(r *http.Request) (leave func(over *signal)) {
	g, ok := r.Context().Value(guestKey{}).(*guest)
	if !ok {
		return func(*signal) {}
	}
	g.body.Store(longestBody)
	g.answering.Store(true)
	return func(over *signal) {
		const enough = 200 * time.Millisecond
		g.CloseWrite()
		timer := time.NewTimer(enough)
		defer timer.Stop()
		select {
		case <-timer.C:
		case <-over.c:
		}
		g.body.Store(0)
		g.SetReadDeadline(time.Now())
	}
}

// stateChanged is net/http's report on a connection.
func stateChanged(connection net.Conn, state http.ConnState) {
	g, ok := connection.(*guest)
	switch {
	case !ok:
	case state == http.StateIdle:
		g.answering.Store(false)
	case state == http.StateClosed:
		g.of.served.Done()
	}
}

// Read gives no more than a little of a request's body.
func (g *guest) Read(p []byte) (int, error) {
	if !g.answering.Load() {
		return g.Conn.Read(p)
	}
	left := g.body.Load()
	if left <= 0 {
		return 0, io.EOF
	}
	n, err := g.Conn.Read(p[:min(int64(len(p)), left)])
	g.body.Add(-int64(n))
	return n, err
}

// Write replaces what net/http says by itself to a request that is none, in one Write: our headers stand on every answer.
func (g *guest) Write(p []byte) (int, error) {
	if !g.answering.Load() {
		if _, err := g.Conn.Write(rawRefusal(p)); err != nil {
			return 0, err
		}
		return len(p), nil
	}
	return g.Conn.Write(p)
}

// CloseWrite lets the other side read the answer to its end; net/http calls it after refusals of its own.
func (g *guest) CloseWrite() error {
	if half, ok := g.Conn.(interface{ CloseWrite() error }); ok {
		return half.CloseWrite()
	}
	return nil
}

// Close takes the guest off the list.
func (g *guest) Close() error {
	g.of.mu.Lock()
	if i := slices.Index(g.of.present, g); i >= 0 {
		g.of.present = slices.Delete(g.of.present, i, i+1)
	}
	g.of.mu.Unlock()
	return g.Conn.Close()
}
