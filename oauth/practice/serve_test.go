package practice

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"runtime"
	"strings"
	"testing"
	"time"
)

func fetch(t *testing.T, address string) (int, string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := (&http.Transport{DisableKeepAlives: true}).RoundTrip(r)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, string(body)
}

func TestServe(t *testing.T) {
	s := newPractice(t)
	for name, tc := range map[string]struct {
		serve func(context.Context, string) (string, <-chan struct{}, error)
		ping  int
	}{"pages": {s.Serve, 404}, "everything": {s.ServeAll, 403}} {
		t.Run(name, func(t *testing.T) {
			ctx, cancel := context.WithCancel(t.Context())
			base, done, err := tc.serve(ctx, "127.0.0.1:0")
			if err != nil {
				t.Fatal(err)
			}
			if status, page := fetch(t, base+pathApps); status != 200 || !strings.Contains(page, text("apps.title")) {
				t.Errorf("HTTP %d\n%s", status, page)
			}
			status, body := fetch(t, base+"/v3/application/openapi-ping")
			if status != tc.ping || !json.Valid([]byte(body)) {
				t.Errorf("ping: HTTP %d %s", status, body)
			}
			cancel()
			<-done
			if l, err := net.Listen("tcp", strings.TrimPrefix(base, "http://")); err != nil {
				t.Errorf("the port is not free again: %v", err)
			} else {
				l.Close()
			}
		})
	}
}

func TestServeAddresses(t *testing.T) {
	s := newPractice(t)
	for _, addr := range []string{"0.0.0.0:0", "[::]:0", "192.0.2.1:0", "example.org:0", "127.0.0.1", "127.0.0.1:x", "127.0.0.1:70000", "[::ffff:127.0.0.1]:0"} {
		if _, _, err := s.Serve(t.Context(), addr); err == nil {
			t.Errorf("%s: served", addr)
		}
	}
	held, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer held.Close()
	if _, _, err := s.Serve(t.Context(), held.Addr().String()); err == nil {
		t.Error("an address that was asked for and is taken is served")
	}
}

// Whoever holds the default port, the next Server finds another.
func TestNextFreePort(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	one, oneDone, err := newPractice(t).Serve(ctx, "")
	if err != nil {
		t.Fatal(err)
	}
	two, twoDone, err := newPractice(t).Serve(ctx, DefaultAddress)
	if err != nil {
		t.Fatal(err)
	}
	if one == two || !strings.HasPrefix(one, "http://127.0.0.1:30") || !strings.HasPrefix(two, "http://127.0.0.1:30") {
		t.Errorf("served at %s and %s", one, two)
	}
	cancel()
	<-oneDone
	<-twoDone
}

func TestForeignHostNamesAreRefused(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	base, done, err := newPractice(t).ServeAll(ctx, "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := strings.TrimPrefix(base, "http://")
	for host, want := range map[string]int{
		"localhost": 200, "127.0.0.1": 200, "[::1]:3004": 200, address: 200, "localhost:1": 200,
		"evil.example": 421, "evil.example:3004": 421, "127.0.0.1.evil.example": 421, "localhost.evil.example:80": 421, "evil.example@127.0.0.1": 400, "127.0.0.1:x": 421,
	} {
		conn, err := net.Dial("tcp", address)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(conn, "GET %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n", pathApps, host)
		resp, err := http.ReadResponse(bufio.NewReader(conn), nil)
		if err != nil {
			t.Fatal(err)
		}
		if resp.StatusCode != want {
			t.Errorf("Host %s: HTTP %d, want %d", host, resp.StatusCode, want)
		}
		resp.Body.Close()
		conn.Close()
	}
	cancel()
	<-done
}

// Stopping waits neither for a browser that merely holds connections open nor for an answer that is slow on purpose.
func TestStopIsPromptAndLeavesNothing(t *testing.T) {
	s := newPractice(t)
	before := runtime.NumGoroutine()
	ctx, cancel := context.WithCancel(t.Context())
	base, done, err := s.ServeAll(ctx, "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	arm(t, s, "hang")
	answered := make(chan error)
	for _, first := range []string{"", "GET / HTT", "GET /v3/application/openapi-ping HTTP/1.1\r\nHost: localhost\r\n\r\n"} {
		conn, err := net.Dial("tcp", strings.TrimPrefix(base, "http://"))
		if err != nil {
			t.Fatal(err)
		}
		io.WriteString(conn, first)
		go func() {
			_, err := io.Copy(io.Discard, conn) // ends when the server lets go
			conn.Close()
			answered <- err
		}()
	}
	for armed := true; armed; runtime.Gosched() { // until the hanging request has been taken up
		if err := s.store.update(t.Context(), func(st *state, _ time.Time) { armed = st.Faults[faultHang] > 0 }); err != nil {
			t.Fatal(err)
		}
	}
	began := time.Now()
	cancel()
	<-done
	if took := time.Since(began); took > 5*time.Second {
		t.Errorf("stopping took %s", took)
	}
	for range 3 {
		<-answered
	}
	deadline := time.Now().Add(5 * time.Second)
	for runtime.NumGoroutine() > before && time.Now().Before(deadline) {
		runtime.Gosched()
	}
	if after := runtime.NumGoroutine(); after > before {
		t.Errorf("%d goroutines before, %d after", before, after)
	}
}

func TestHandlerAnswersLoopbackNamesOnly(t *testing.T) {
	handler := newPractice(t).Handler()
	for host, want := range map[string]int{"127.0.0.1:9": 200, "evil.example": 421} {
		r, err := http.NewRequest(http.MethodGet, "http://"+host+pathApps, nil)
		if err != nil {
			t.Fatal(err)
		}
		resp, err := inProcess{handler}.RoundTrip(r)
		if err != nil || resp.StatusCode != want {
			t.Errorf("%s: %v, %v", host, resp.Status, err)
		}
	}
}

// The transport keeps the contract of http.RoundTripper.
func TestTransport(t *testing.T) {
	s := newPractice(t)
	body := &closing{Reader: strings.NewReader("grant_type=x")}
	r, err := http.NewRequest(http.MethodPost, "https://any.example"+tokenPath, body)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := s.Transport().RoundTrip(r)
	if err != nil || !body.closed || resp.Request != r || resp.Status != "400 Bad Request" || resp.ContentLength <= 0 {
		t.Errorf("%+v, %v, body closed: %v", resp, err, body.closed)
	}
	head, err := http.NewRequest(http.MethodHead, "https://any.example"+pathApps, nil)
	if err != nil {
		t.Fatal(err)
	}
	resp, err = s.Transport().RoundTrip(head)
	if err != nil {
		t.Fatal(err)
	}
	if rest, err := io.ReadAll(resp.Body); err != nil || len(rest) != 0 || resp.StatusCode != 200 {
		t.Errorf("HEAD: HTTP %d, %d octets, %v", resp.StatusCode, len(rest), err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := s.Transport().RoundTrip(r.WithContext(ctx)); err == nil {
		t.Error("a request that was called off is answered")
	}
}

type closing struct {
	io.Reader
	closed bool
}

func (c *closing) Close() error { c.closed = true; return nil }
