package oauth

import (
	"bufio"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// What the tests of the door expect and send.
const (
	doorState = "stateRIGHT-0123456789"
	doorCode  = "codeRIGHT-0123456789"
	doorTitle = "Your key is in Valet Key"
)

// doorTest is an open door with somebody who waits at it, and who counts the answers that came through.
type doorTest struct {
	*Loopback
	t         testing.TB
	exchanges atomic.Int32
	finished  chan error // what Await ended with, once the answer was shown
}

// quick are limits that a test can wait for.
var quick = limits{
	answer: 300 * time.Millisecond, linger: 200 * time.Millisecond, header: 300 * time.Millisecond, closing: 300 * time.Millisecond, guests: 64,
}

// openDoor opens the door for redirect and waits at it; exchange makes the page from the answer.
func openDoor(t testing.TB, redirect string, limits limits, exchange func(url.Values) Page) *doorTest {
	t.Helper()
	return openDoorFor(t.Context(), t, redirect, limits, exchange)
}

func openDoorFor(ctx context.Context, t testing.TB, redirect string, limits limits, exchange func(url.Values) Page) *doorTest {
	t.Helper()
	door, err := listenLoopback(redirect, listenTCP, limits)
	if err != nil {
		t.Fatal(err)
	}
	d := &doorTest{Loopback: door, t: t, finished: make(chan error, 1)}
	go func() {
		redirection, err := door.Await(ctx, acceptDoorState)
		if err == nil {
			d.exchanges.Add(1)
			redirection.Answer(exchange(redirection.Values()))
		}
		d.finished <- err
	}()
	t.Cleanup(func() { door.Close() })
	return d
}

func acceptDoorState(q url.Values) bool {
	return len(q["state"]) == 1 && q.Get("state") == doorState
}

// kept is the exchange that succeeds.
func kept(url.Values) Page { return Page{Heading: doorTitle, OK: true} }

// address is the redirect with a query.
func (d *doorTest) address(query string) string { return d.RedirectURI() + "?" + query }

// genuine is the callback that is waited for.
func (d *doorTest) genuine() string { return d.address("code=" + doorCode + "&state=" + doorState) }

// path is the path of the callback, for requests written by hand.
func (d *doorTest) path() string { return mustParseURL(d.t, d.RedirectURI()).Path }

func (d *doorTest) host() string { return mustParseURL(d.t, d.RedirectURI()).Host }

func mustParseURL(t testing.TB, raw string) *url.URL {
	t.Helper()
	u, err := url.Parse(raw)
	if err != nil {
		t.Fatal(err)
	}
	return u
}

// browse gets an address as a browser does, redirects included. The connection is not kept.
func browse(t testing.TB, address string) (*http.Response, string) {
	t.Helper()
	response, err := noKeeping().Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response, string(body)
}

func noKeeping() *http.Client {
	return &http.Client{Transport: &http.Transport{DisableKeepAlives: true}, Timeout: 10 * time.Second}
}

// survives sends the genuine callback: whatever came before, it succeeds, once, and then the door is closed.
func (d *doorTest) survives() {
	d.t.Helper()
	if n := d.exchanges.Load(); n != 0 {
		d.t.Fatalf("%d answers were taken before the genuine one", n)
	}
	began := time.Now()
	response, body := browse(d.t, d.genuine())
	if response.StatusCode != http.StatusOK || !strings.Contains(body, doorTitle) {
		d.t.Fatalf("the genuine callback got %s: %s", response.Status, body)
	}
	if took := time.Since(began); took > 2*time.Second {
		d.t.Errorf("the genuine callback took %v", took)
	}
	if err := <-d.finished; err != nil {
		d.t.Fatal(err)
	}
	if n := d.exchanges.Load(); n != 1 {
		d.t.Errorf("%d exchanges", n)
	}
	d.closed()
}

// closed checks that nobody listens any more.
func (d *doorTest) closed() {
	d.t.Helper()
	u := mustParseURL(d.t, d.RedirectURI())
	for _, address := range loopbackAddresses(u.Hostname()) {
		if connection, err := net.Dial("tcp", net.JoinHostPort(address, u.Port())); err == nil {
			connection.Close()
			d.t.Errorf("%s still listens", net.JoinHostPort(address, u.Port()))
		}
	}
}

// dial connects to the door.
func (d *doorTest) dial() net.Conn {
	d.t.Helper()
	u := mustParseURL(d.t, d.RedirectURI())
	connection, err := net.Dial("tcp", net.JoinHostPort(loopbackAddresses(u.Hostname())[0], u.Port()))
	if err != nil {
		d.t.Fatal(err)
	}
	d.t.Cleanup(func() { connection.Close() })
	connection.SetDeadline(time.Now().Add(10 * time.Second))
	return connection
}

// knock sends a request written by hand. In it, {path}, {host}, {port} and {query} stand for those of the genuine callback.
func (d *doorTest) knock(text string) (*http.Response, string) {
	d.t.Helper()
	connection := d.dial()
	defer connection.Close()
	if _, err := io.WriteString(connection, d.fill(text)); err != nil {
		d.t.Fatal(err)
	}
	method, _, _ := strings.Cut(text, " ")
	response, err := http.ReadResponse(bufio.NewReader(connection), &http.Request{Method: method})
	if err != nil {
		d.t.Fatalf("%.60q: %v", text, err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) {
		d.t.Fatal(err)
	}
	return response, string(body)
}

func (d *doorTest) fill(text string) string {
	return strings.NewReplacer(
		"{path}", d.path(), "{host}", d.host(), "{port}", mustParseURL(d.t, d.RedirectURI()).Port(),
		"{query}", "?code="+doorCode+"&state="+doorState, "{state}", doorState, "\n", "\r\n",
	).Replace(text)
}

// checkDressed checks what stands on every answer.
func checkDressed(t testing.TB, h http.Header) {
	t.Helper()
	want := map[string]string{
		"Content-Type":                 "text/html; charset=utf-8",
		"X-Content-Type-Options":       "nosniff",
		"Referrer-Policy":              "no-referrer",
		"Cache-Control":                "no-store",
		"X-Frame-Options":              "DENY",
		"Cross-Origin-Resource-Policy": "same-origin",
		"Server":                       "",
	}
	for name, value := range want {
		if got := h.Values(name); strings.Join(got, "|") != value {
			t.Errorf("%s is %q", name, got)
		}
	}
	for _, part := range []string{"default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'none'"} {
		if !strings.Contains(h.Get("Content-Security-Policy"), part) {
			t.Errorf("the policy lacks %s", part)
		}
	}
	for name := range h {
		if strings.HasPrefix(name, "Access-Control-") {
			t.Errorf("%s is set", name)
		}
	}
}
