package oauth

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"
)

// Requirements A12 and A22 to A25 of the door: slow clients, the end of the wait, and closing.

// halfSent opens connections that each send the beginning of a request and no more. They are closed by the test's end.
func (d *doorTest) halfSent(count int) []net.Conn {
	d.t.Helper()
	var connections []net.Conn
	for range count {
		connection := d.dial()
		io.WriteString(connection, d.fill("GET {path}?code=slow HTTP/1.1\nHost: {ho")) // an early one may be gone already
		connections = append(connections, connection)
	}
	return connections
}

// hungUp reports whether the other side closes the connection within its deadline.
func hungUp(connection net.Conn) bool {
	_, err := io.Copy(io.Discard, connection)
	var netError net.Error
	return !(errors.As(err, &netError) && netError.Timeout())
}

func TestA12SlowClientsDoNotBlock(t *testing.T) {
	for _, count := range []int{40, 500} {
		d := openDoor(t, "http://localhost:0/oauth/redirect", usualLimits, kept)
		d.halfSent(count)
		d.survives()
	}
}

func TestA12GenuineConnectionOpenedFirstIsNotEvictedWhileItsAnswerWaits(t *testing.T) {
	begun, goOn := make(chan struct{}), make(chan struct{})
	d := openDoor(t, "http://127.0.0.1:0/callback", usualLimits, func(q url.Values) Page {
		close(begun)
		<-goOn
		return kept(q)
	})
	body := make(chan string, 1)
	go func() {
		_, text := browse(t, d.genuine())
		body <- text
	}()
	<-begun
	d.halfSent(200)
	close(goOn)
	if text := <-body; !strings.Contains(text, doorTitle) {
		t.Error(text)
	}
	<-d.finished
}

func TestA12OldestHalfSentGoesFirst(t *testing.T) {
	few := usualLimits
	few.guests = 3
	d := openDoor(t, "http://127.0.0.1:0/callback", few, kept)
	slow := d.halfSent(3)
	newest := d.dial() // connected, and silent until the oldest is gone
	if !hungUp(slow[0]) {
		t.Error("the oldest is still there")
	}
	for _, connection := range append(slow[1:], newest) { // the others can still be finished
		if _, err := io.WriteString(connection, "\r\n\r\n"); err != nil {
			t.Error(err)
		}
		if answer, _ := io.ReadAll(connection); !strings.HasPrefix(string(answer), "HTTP/1.1 4") {
			t.Errorf("%.40q", answer)
		}
	}
	d.survives()
}

func TestA12HalfSentEndsInTime(t *testing.T) {
	d := openDoor(t, "http://127.0.0.1:0/callback", quick, kept)
	silent := d.dial()
	body := d.dial()
	io.WriteString(body, d.fill("POST {path} HTTP/1.1\nHost: {host}\nContent-Length: 100\n\nx"))
	for _, connection := range append(d.halfSent(3), silent, body) {
		connection.SetDeadline(time.Now().Add(5 * time.Second))
		if !hungUp(connection) {
			t.Error("still open")
		}
	}
	d.survives()
}

func TestA22TimeoutEndsTheFlow(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	d := openDoorFor(ctx, t, "http://localhost:0/oauth/redirect", usualLimits, kept)
	if err := <-d.finished; !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("%v", err)
	}
	if d.Answering() {
		t.Error("no answer came")
	}
	if _, err := noKeeping().Get(d.genuine()); err == nil {
		t.Error("a late callback was answered")
	}
	next := openDoor(t, d.RedirectURI(), usualLimits, kept) // on the same port, at once
	next.survives()
}

func TestA23CancelFreesThePortAtOnce(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	d := openDoorFor(ctx, t, "http://localhost:0/oauth/redirect", usualLimits, kept)
	d.halfSent(40)
	began := time.Now()
	cancel()
	if err := <-d.finished; !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
	if took := time.Since(began); took > time.Second {
		t.Errorf("after %v", took)
	}
	next := openDoor(t, d.RedirectURI(), usualLimits, kept)
	next.survives()
}

func TestA23CloseFreesThePortAtOnce(t *testing.T) {
	d := openDoor(t, "http://localhost:0/oauth/redirect", usualLimits, kept)
	d.halfSent(40)
	began := time.Now()
	for range 3 { // more than once does no harm
		if err := d.Close(); err != nil {
			t.Error(err)
		}
	}
	if took := time.Since(began); took > time.Second {
		t.Errorf("after %v", took)
	}
	if err := <-d.finished; !errors.Is(err, ErrClosed) {
		t.Errorf("%v", err)
	}
	d.closed()
	openDoor(t, d.RedirectURI(), usualLimits, kept).survives()
	if _, err := d.Await(t.Context(), acceptDoorState); !errors.Is(err, ErrClosed) {
		t.Errorf("%v", err)
	}
}

func TestA23CloseTellsTheBrowserThatWaits(t *testing.T) {
	door, err := ListenLoopback("http://127.0.0.1:0/callback")
	if err != nil {
		t.Fatal(err)
	}
	door.SetPages(DoorPages{Back: Page{Heading: "Look into the app"}})
	body := make(chan string, 1)
	go func() {
		_, text := browse(t, door.RedirectURI()+"?code=c&state="+doorState)
		body <- text
	}()
	redirection, err := door.Await(t.Context(), acceptDoorState)
	if err != nil {
		t.Fatal(err)
	}
	door.Close() // cancelled during the exchange
	if text := <-body; !strings.Contains(text, "Look into the app") || strings.Contains(text, doorTitle) {
		t.Error(text)
	}
	redirection.Answer(kept(nil)) // too late, and no harm
}

func TestA24IdleConnectionsDoNotHoldTheDoor(t *testing.T) {
	d := openDoor(t, "http://127.0.0.1:0/callback", usualLimits, kept)
	for range 3 { // as a browser's preconnects are
		d.dial()
	}
	keeping := &http.Transport{} // and one that has had an answer and is kept
	defer keeping.CloseIdleConnections()
	response, err := (&http.Client{Transport: keeping}).Head(d.genuine())
	if err != nil {
		t.Fatal(err)
	}
	response.Body.Close()
	began := time.Now()
	d.survives()
	if took := time.Since(began); took > time.Second {
		t.Errorf("after %v", took)
	}
}

func TestA25NobodyListensAfterAFlow(t *testing.T) {
	for name, page := range map[string]Page{"success": {Heading: doorTitle, OK: true}, "failure": {Heading: "Not kept"}} {
		t.Run(name, func(t *testing.T) {
			d := openDoor(t, "http://localhost:0/oauth/redirect", usualLimits, func(url.Values) Page { return page })
			browse(t, d.genuine())
			<-d.finished
			d.closed()
			if !d.Answering() {
				t.Error("the answer came")
			}
		})
	}
}
