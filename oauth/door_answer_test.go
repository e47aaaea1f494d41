package oauth

import (
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"
)

// Requirements A16 to A18, A20, A21 and A26 of the door: what the browser is told, and that it is told once.

// getOnce gets an address and follows no redirect.
func getOnce(t testing.TB, address string) (*http.Response, string) {
	t.Helper()
	client := noKeeping()
	client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	response, err := client.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, _ := io.ReadAll(response.Body)
	return response, string(body)
}

func TestA16TwentyCallbacksAreOneAnswer(t *testing.T) {
	all := make(chan struct{})
	d := openDoor(t, "http://127.0.0.1:0/callback", usualLimits, func(q url.Values) Page {
		<-all // the other nineteen come while the exchange runs
		return kept(q)
	})
	var others, everyone sync.WaitGroup
	others.Add(19)
	bodies := make(chan string, 20)
	for range 20 {
		everyone.Go(func() {
			response, body := browse(t, d.genuine())
			bodies <- fmt.Sprint(response.StatusCode, " ", body)
			if response.StatusCode == http.StatusConflict {
				others.Done()
			}
		})
	}
	others.Wait()
	close(all)
	everyone.Wait()
	close(bodies)
	succeeded := 0
	for body := range bodies {
		if strings.HasPrefix(body, "200 ") && strings.Contains(body, doorTitle) {
			succeeded++
		} else if !strings.Contains(body, "Already used") {
			t.Error(body)
		}
	}
	if err := <-d.finished; err != nil || succeeded != 1 || d.exchanges.Load() != 1 {
		t.Errorf("%d pages, %d exchanges, %v", succeeded, d.exchanges.Load(), err)
	}
}

func TestA16CopyAfterSuccessAndAfterFailure(t *testing.T) {
	for _, heading := range []string{doorTitle, "Not kept"} {
		d := openDoor(t, "http://127.0.0.1:0/callback", usualLimits, func(url.Values) Page { return Page{Heading: heading} })
		first, _ := getOnce(t, d.genuine())
		copied, body := getOnce(t, d.genuine()) // before the result page was fetched
		if first.StatusCode != http.StatusSeeOther || copied.StatusCode != http.StatusConflict || strings.Contains(body, heading) {
			t.Errorf("%s, then %s: %s", first.Status, copied.Status, body)
		}
		if foreign, _ := getOnce(t, d.address("code=c&state=wrong")); foreign.StatusCode != http.StatusBadRequest {
			t.Error(foreign.Status)
		}
		getOnce(t, "http://"+d.host()+first.Header.Get("Location"))
		<-d.finished
		if n := d.exchanges.Load(); n != 1 {
			t.Errorf("%d exchanges", n)
		}
	}
}

func TestA17CodeLeavesTheAddressBar(t *testing.T) {
	d := openDoor(t, "http://localhost:0/oauth/redirect", usualLimits, kept)
	response, _ := getOnce(t, d.genuine())
	location := response.Header.Get("Location")
	if response.StatusCode != http.StatusSeeOther || !strings.HasPrefix(location, "/done/") || strings.ContainsAny(location, "?#") {
		t.Fatalf("%s to %q", response.Status, location)
	}
	checkDressed(t, response.Header)
	if head, _ := d.knock("HEAD " + location + " HTTP/1.1\nHost: {host}\n\n"); head.StatusCode != http.StatusOK {
		t.Error("a HEAD of the result:", head.Status)
	}
	if post, _ := d.knock("POST " + location + " HTTP/1.1\nHost: {host}\n\n"); post.StatusCode != http.StatusMethodNotAllowed {
		t.Error("a POST to the result:", post.Status)
	}
	page, body := getOnce(t, "http://"+d.host()+location)
	checkDressed(t, page.Header)
	if page.StatusCode != http.StatusOK || !strings.Contains(body, doorTitle) {
		t.Errorf("%s: %s", page.Status, body)
	}
	<-d.finished
	d.closed()
}

func TestA17ResultPlaceIsNotGuessable(t *testing.T) {
	seen := map[string]bool{}
	for range 100 {
		p := newPorter(mustParseURL(t, "http://127.0.0.1:1/"), newVisit(usualLimits, func() {}))
		if seen[p.done] || len(p.done) < len("/done/")+22 { // 128 bits
			t.Fatal(p.done)
		}
		seen[p.done] = true
	}
}

func TestA17ResultWaitsTwoSecondsAtMost(t *testing.T) {
	d := openDoor(t, "http://127.0.0.1:0/callback", quick, kept)
	getOnce(t, d.genuine()) // and the result is never fetched
	<-d.finished
	d.closed()
	if usualLimits.linger != 2*time.Second {
		t.Errorf("the usual time is %v", usualLimits.linger)
	}
}

func TestA17BrowserThatLeftIsNotWaitedFor(t *testing.T) {
	begun, goOn := make(chan struct{}), make(chan struct{})
	patient := usualLimits
	patient.linger = time.Hour
	d := openDoor(t, "http://127.0.0.1:0/callback", patient, func(q url.Values) Page {
		close(begun)
		<-goOn
		return kept(q)
	})
	connection := d.dial()
	io.WriteString(connection, d.fill("GET {path}{query} HTTP/1.1\nHost: {host}\n\n"))
	<-begun
	connection.Close() // the tab is closed
	<-d.visit.gone.c
	close(goOn)
	<-d.finished
	d.closed()
}

func TestA18NothingIsEchoed(t *testing.T) {
	hostile := []string{"<script>evil()</script>", "<img src=x onerror=evil()>", `"evil`, "'evil", "</title>evil", "\u202eevil", "\r\nSet-Cookie: evil", "javascript:evil"}
	for _, text := range hostile {
		d := openDoor(t, "http://127.0.0.1:0/callback", usualLimits, func(url.Values) Page { return Page{Heading: "It did not work"} })
		escaped := url.QueryEscape(text)
		for _, query := range []string{"error=x&error_description=" + escaped, "code=" + escaped + "&state=" + escaped, escaped + "=" + escaped} {
			response, body := getOnce(t, d.address(query))
			checkDressed(t, response.Header)
			checkSilent(t, response, body)
		}
		response, body := browse(t, d.address("error="+escaped+"&error_description="+escaped+"&error_uri="+escaped+"&state="+doorState))
		checkSilent(t, response, body)
		if len(response.Cookies()) > 0 {
			t.Error("a cookie was set")
		}
		<-d.finished
	}
}

func TestA21PageWaitsForTheTruth(t *testing.T) {
	told := make(chan Page)
	d := openDoor(t, "http://127.0.0.1:0/callback", usualLimits, func(url.Values) Page { return <-told })
	body := make(chan string, 1)
	go func() {
		_, text := browse(t, d.genuine())
		body <- text
	}()
	select {
	case text := <-body:
		t.Fatalf("told before anything was known: %s", text)
	case told <- Page{Heading: "The shop could not be reached"}:
	}
	if text := <-body; strings.Contains(text, doorTitle) || !strings.Contains(text, "could not be reached") {
		t.Error(text)
	}
	<-d.finished
}

// TestA21WaitOutlastsTheReadTimeout: net/http takes a read that timed out for a browser that left.
func TestA21WaitOutlastsTheReadTimeout(t *testing.T) {
	hasty := usualLimits
	hasty.header = 50 * time.Millisecond
	left := make(chan bool, 1)
	var d *doorTest
	opened := make(chan struct{})
	d = openDoor(t, "http://127.0.0.1:0/callback", hasty, func(q url.Values) Page {
		<-opened
		timer := time.NewTimer(4 * hasty.header)
		defer timer.Stop()
		select {
		case <-d.visit.gone.c:
			left <- true
		case <-timer.C:
			left <- false
		}
		return kept(q)
	})
	close(opened)
	d.survives()
	if <-left {
		t.Error("the browser was given up while it waited")
	}
}

func TestA21NobodyAnswersForTooLong(t *testing.T) {
	done := make(chan struct{})
	d := openDoor(t, "http://127.0.0.1:0/callback", quick, func(q url.Values) Page {
		<-done // the exchange outlasts the browser's patience
		return kept(q)
	})
	response, body := browse(t, d.genuine())
	if response.StatusCode != http.StatusOK || !strings.Contains(body, "Go back to the app") || strings.Contains(response.Request.URL.String(), "code") {
		t.Errorf("%s at %s: %s", response.Status, response.Request.URL, body)
	}
	<-d.visit.over.c // the door closes by itself
	close(done)
	<-d.finished
	d.closed()
	if usualLimits.answer != 90*time.Second {
		t.Errorf("the usual time is %v", usualLimits.answer)
	}
}

func TestA26OnlyATabCounts(t *testing.T) {
	for _, header := range []string{
		"Sec-Fetch-Dest: image", "Sec-Fetch-Dest: iframe", "Sec-Fetch-Dest: empty", "Sec-Fetch-Dest: script",
		"Sec-Purpose: prefetch", "Sec-Purpose: prefetch;prerender", "Purpose: prefetch", "X-Moz: prefetch",
	} {
		d := openDoor(t, "http://127.0.0.1:0/callback", usualLimits, kept)
		if response, _ := d.knock("GET {path}{query} HTTP/1.1\nHost: {host}\n" + header + "\n\n"); response.StatusCode != http.StatusBadRequest {
			t.Errorf("%s: %s", header, response.Status)
		}
		d.survives()
	}
	d := openDoor(t, "http://127.0.0.1:0/callback", usualLimits, kept)
	response, _ := d.knock("GET {path}{query} HTTP/1.1\nHost: {host}\nSec-Fetch-Dest: document\nSec-Fetch-Mode: navigate\nSec-Fetch-Site: cross-site\n\n")
	if response.StatusCode != http.StatusSeeOther {
		t.Error(response.Status)
	}
}

func TestRequestWithoutAWaitIsRefusedInTime(t *testing.T) {
	door, err := listenLoopback("http://127.0.0.1:0/callback", listenTCP, quick)
	if err != nil {
		t.Fatal(err)
	}
	defer door.Close()
	if response, _ := getOnce(t, door.RedirectURI()+"?code=c&state="+doorState); response.StatusCode != http.StatusGone {
		t.Error(response.Status)
	}
}

func TestSecondAwaitIsRefused(t *testing.T) {
	d := openDoor(t, "http://127.0.0.1:0/callback", usualLimits, kept)
	<-d.visit.awaited.c
	if _, err := d.Await(t.Context(), acceptDoorState); !errors.Is(err, ErrClosed) {
		t.Errorf("%v", err)
	}
	d.survives()
}

func TestRedirectionCannotBePrinted(t *testing.T) {
	r := newRedirection(url.Values{"code": {doorCode}}, func(Page) {})
	holder := struct{ r *Redirection }{r}
	for _, text := range []string{fmt.Sprint(r), fmt.Sprintf("%v %+v %#v %s %d", r, r, r, r, r), fmt.Sprintf("%+v %#v", holder, *r), r.LogValue().String(), fmt.Sprint(slog.Any("r", r))} {
		if strings.Contains(text, doorCode) {
			t.Error(text)
		}
	}
	r.Values()["code"][0] = "changed"
	if got := r.Values().Get("code"); got != doorCode {
		t.Errorf("the code became %s", got)
	}
}
