package oauth

import (
	"io"
	"net/http"
	"net/url"
	"runtime"
	"strings"
	"testing"
	"time"
)

// Requirements A7 to A11, A13 to A15, A19 and A27 of the door: who is refused, and how. After every refusal the genuine callback works.

// refused is a request written by hand and the status it gets. Where the status is 0, any 4xx will do.
type refused struct {
	request string
	status  int
}

func checkRefusals(t *testing.T, redirect string, requests map[string]refused) {
	t.Helper()
	for name, r := range requests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := openDoor(t, redirect, usualLimits, kept)
			response, body := d.knock(r.request)
			if response.StatusCode != r.status && (r.status != 0 || response.StatusCode/100 != 4) {
				t.Errorf("%s, want %d", response.Status, r.status)
			}
			checkDressed(t, response.Header)
			checkSilent(t, response, body)
			d.survives()
		})
	}
}

// checkSilent checks that an answer repeats nothing of what was sent, and loads nothing (A18, A20).
func checkSilent(t *testing.T, response *http.Response, body string) {
	t.Helper()
	text := body
	for name, values := range response.Header {
		text += name + ": " + strings.Join(values, ",") + "\n"
	}
	for _, sent := range []string{doorCode, doorState, "evil", "<script", "onerror", "src=", "href=", "url(", "@import", "http:", "https:"} {
		if strings.Contains(strings.ToLower(text), strings.ToLower(sent)) {
			t.Errorf("%q is in the answer", sent)
		}
	}
}

func TestA07HostIsComparedWhole(t *testing.T) {
	requests := map[string]refused{
		"missing":            {"GET {path}{query} HTTP/1.1\n\n", 0},
		"absent in HTTP/1.0": {"GET {path}{query} HTTP/1.0\n\n", 421},
		"empty":              {"GET {path}{query} HTTP/1.1\nHost:\n\n", 421},
		"user":               {"GET {path}{query} HTTP/1.1\nHost: evil.example@127.0.0.1:{port}\n\n", 0},
		"twice":              {"GET {path}{query} HTTP/1.1\nHost: {host}\nHost: {host}\n\n", 400},
	}
	for _, host := range []string{
		"evil.example", "evil.example:{port}", "127.0.0.1.evil.example:{port}", "localhost.evil.example:{port}", "127.0.0.1:1",
		"127.0.0.1", "127.0.0.1:{port}0", "127.0.0.1:", "0.0.0.0:{port}", "127.1:{port}", "[::ffff:127.0.0.1]:{port}",
	} {
		requests[host] = refused{"GET {path}{query} HTTP/1.1\nHost: " + host + "\n\n", 421}
	}
	checkRefusals(t, "http://127.0.0.1:0/callback", requests)
	requests = map[string]refused{}
	for _, host := range []string{"localhost", "localhost.:{port}", "xlocalhost:{port}", "localhost:{port}.evil.example", "localhost:1"} {
		requests["localhost, "+host] = refused{"GET {path}{query} HTTP/1.1\nHost: " + host + "\n\n", 421}
	}
	checkRefusals(t, "http://localhost:0/callback", requests)
}

func TestA07HostsOfARedirect(t *testing.T) {
	for redirect, want := range map[string]string{
		"http://localhost:3003/x": "localhost:3003 127.0.0.1:3003 [::1]:3003",
		"http://LOCALHOST:3003/x": "localhost:3003 127.0.0.1:3003 [::1]:3003",
		"http://127.0.0.1:3003/x": "127.0.0.1:3003",
		"http://[::1]:3003/x":     "[::1]:3003",
		"http://127.0.0.1/x":      "127.0.0.1:80 127.0.0.1", // browsers leave the usual port out
		"http://[::1]:80/x":       "[::1]:80 [::1]",
	} {
		if got := strings.Join(hostsFor(mustParseURL(t, redirect)), " "); got != want {
			t.Errorf("%s: %s", redirect, got)
		}
	}
}

func TestA08ForeignTargetsAreRefused(t *testing.T) {
	checkRefusals(t, "http://127.0.0.1:0/callback", map[string]refused{
		"other host":        {"GET http://evil.example{path}{query} HTTP/1.1\nHost: {host}\n\n", 400},
		"other port":        {"GET http://127.0.0.1:1{path}{query} HTTP/1.1\nHost: {host}\n\n", 400},
		"https":             {"GET https://{host}{path}{query} HTTP/1.1\nHost: {host}\n\n", 400},
		"other scheme":      {"GET ftp://{host}{path}{query} HTTP/1.1\nHost: {host}\n\n", 400},
		"user":              {"GET http://evil.example@{host}x{path}{query} HTTP/1.1\nHost: {host}\n\n", 400},
		"authority":         {"CONNECT evil.example:443 HTTP/1.1\nHost: {host}\n\n", 0},
		"our own authority": {"CONNECT {host} HTTP/1.1\nHost: {host}\n\n", 0},
	})
}

func TestA08OwnTargetInAbsoluteFormIsFine(t *testing.T) { // RFC 9112 3.2.2: a server must accept it
	d := openDoor(t, "http://127.0.0.1:0/callback", usualLimits, kept)
	if response, _ := d.knock("HEAD http://{host}{path}{query} HTTP/1.1\nHost: {host}\n\n"); response.StatusCode != http.StatusOK {
		t.Error(response.Status)
	}
	d.survives()
}

func TestA09PathIsExact(t *testing.T) {
	requests := map[string]refused{}
	for _, path := range []string{
		"/", "/favicon.ico", "/robots.txt", "/OAuth/Redirect", "/oauth/redirect/", "/oauth/redirect/x", "/oauth/redirec", "/oauth", "//oauth/redirect",
		"/..//oauth/redirect", "/oauth/./redirect", "/x/../oauth/redirect", "/oauth%2Fredirect", "/%6Fauth/redirect", "/oauth/redirect;x=1", "/stop", "/done/", "/done/x",
	} {
		requests[path] = refused{"GET " + path + "{query} HTTP/1.1\nHost: {host}\n\n", 404}
	}
	requests["*"] = refused{"OPTIONS * HTTP/1.1\nHost: {host}\n\n", 404}
	checkRefusals(t, "http://localhost:0/oauth/redirect", requests)
}

func TestA09PathKeepsItsSlash(t *testing.T) {
	for _, path := range []string{"/oauth/redirect/", "/", ""} {
		d := openDoor(t, "http://127.0.0.1:0"+path, usualLimits, kept)
		if !strings.HasSuffix(d.RedirectURI(), "127.0.0.1:"+mustParseURL(t, d.RedirectURI()).Port()+path) {
			t.Errorf("%q became %s", path, d.RedirectURI())
		}
		d.survives()
	}
}

func TestA10OnlyGet(t *testing.T) {
	requests := map[string]refused{}
	for _, method := range []string{"POST", "PUT", "DELETE", "OPTIONS", "TRACE", "CONNECT", "PATCH", "get", "BREW"} {
		requests[method] = refused{method + " {path}{query} HTTP/1.1\nHost: {host}\nOrigin: http://evil.example\nAccess-Control-Request-Method: GET\n\n", 405}
	}
	requests["POST with a form"] = refused{"POST {path}{query} HTTP/1.1\nHost: {host}\nContent-Type: application/x-www-form-urlencoded\nContent-Length: 9\n\ncode=evil", 405}
	requests["POST without its body"] = refused{"POST {path}{query} HTTP/1.1\nHost: {host}\nContent-Length: 1000000\n\nx", 405}
	checkRefusals(t, "http://127.0.0.1:0/callback", requests)

	d := openDoor(t, "http://127.0.0.1:0/callback", usualLimits, kept)
	if response, _ := d.knock("POST {path} HTTP/1.1\nHost: {host}\n\n"); response.Header.Get("Allow") != "GET, HEAD" {
		t.Errorf("Allow is %q", response.Header.Get("Allow"))
	}
}

func TestA10HeadTakesNothing(t *testing.T) {
	d := openDoor(t, "http://127.0.0.1:0/callback", usualLimits, kept)
	response, body := d.knock("HEAD {path}{query} HTTP/1.1\nHost: {host}\n\n")
	if response.StatusCode != http.StatusOK || body != "" {
		t.Errorf("%s with %d octets", response.Status, len(body))
	}
	checkDressed(t, response.Header)
	d.survives()
}

func TestA11LargeRequestsAreCutOff(t *testing.T) {
	large := strings.Repeat("a", 2<<20)
	for name, request := range map[string]string{
		"header": "GET {path}{query} HTTP/1.1\nHost: {host}\nX: " + large + "\n\n",
		"target": "GET {path}{query}&x=" + large + " HTTP/1.1\nHost: {host}\n\n",
		"line":   large,
		"lines":  "GET {path}{query} HTTP/1.1\nHost: {host}\n" + strings.Repeat("A: b\n", 1<<19),
	} {
		t.Run(name, func(t *testing.T) {
			d := openDoor(t, "http://127.0.0.1:0/callback", usualLimits, kept)
			connection, text := d.dial(), d.fill(request)
			began, before := time.Now(), allocated()
			io.WriteString(connection, text) // it may break off: the other side has closed
			answer, _ := io.ReadAll(connection)
			if got := string(answer); got != "" && !strings.HasPrefix(got, "HTTP/1.1 431 ") && !strings.HasPrefix(got, "HTTP/1.1 400 ") {
				t.Errorf("%.60q", got)
			}
			if took := time.Since(began); took > 2*time.Second {
				t.Errorf("after %v", took)
			}
			if grown := allocated() - before; grown > 4<<20 {
				t.Errorf("%d octets were allocated", grown)
			}
			d.survives()
		})
	}
}

func allocated() uint64 {
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	return stats.TotalAlloc
}

func TestA11BodyIsNotRead(t *testing.T) {
	for name, request := range map[string]string{
		"length":  "POST {path}{query} HTTP/1.1\nHost: {host}\nContent-Length: 200000\n\n" + strings.Repeat("x", 200000),
		"chunked": "POST {path}{query} HTTP/1.1\nHost: {host}\nTransfer-Encoding: chunked\n\n30d40\n" + strings.Repeat("x", 200000) + "\n0\n\n",
		"GET":     "GET /other HTTP/1.1\nHost: {host}\nContent-Length: 200000\n\n" + strings.Repeat("x", 200000),
	} {
		t.Run(name, func(t *testing.T) {
			d := openDoor(t, "http://127.0.0.1:0/callback", usualLimits, kept)
			if response, _ := d.knock(request); response.StatusCode != http.StatusMethodNotAllowed && name != "GET" {
				t.Error(response.Status)
			}
			d.survives()
		})
	}
}

func TestA13WrongStateChangesNothing(t *testing.T) {
	requests := map[string]refused{}
	for _, query := range []string{
		"", "?", "?code=c", "?code=c&state=", "?code=c&state=wrong", "?code=c&state=" + doorState[:10], "?code=c&state=" + doorState + "x",
		"?code=c&state=" + strings.ToUpper(doorState), "?code=c&state=%20" + doorState, "?code=c&State=" + doorState, "?state=" + doorState, "?code=&state=" + doorState,
	} {
		requests["query "+query] = refused{"GET {path}" + query + " HTTP/1.1\nHost: {host}\n\n", 400}
	}
	checkRefusals(t, "http://127.0.0.1:0/callback", requests)
}

func TestA14StateComesBeforeError(t *testing.T) {
	checkRefusals(t, "http://127.0.0.1:0/callback", map[string]refused{
		"no state":    {"GET {path}?error=access_denied HTTP/1.1\nHost: {host}\n\n", 400},
		"wrong state": {"GET {path}?error=access_denied&state=wrong HTTP/1.1\nHost: {host}\n\n", 400},
	})
}

func TestA14ErrorWithOurStateEndsTheWait(t *testing.T) {
	refusal := make(chan string, 1)
	d := openDoor(t, "http://127.0.0.1:0/callback", usualLimits, func(q url.Values) Page {
		refusal <- q["error"][0]
		return Page{Heading: "You declined"}
	})
	_, body := browse(t, d.address("error=access_denied&state="+doorState))
	if got := <-refusal; got != "access_denied" || !strings.Contains(body, "You declined") {
		t.Errorf("%s: %s", got, body)
	}
	<-d.finished
	d.closed()
}

func TestA15DoubledParametersAreRefused(t *testing.T) {
	requests := map[string]refused{}
	for _, query := range []string{
		"code=c&state=x&state={state}", "code=c&state={state}&state={state}", "code=c&code=c&state={state}", "code=c&error=e&state={state}",
		"code=%zz&state={state}", "code=c;state={state}", "code=c&state={state};x=1", "code=c&state={state}&iss=a&iss=a", "code=c&state={state}&x=1&x=1",
		"code=c&st%61te={state}&state={state}", "code=c&state={state}&=%", "error=e&error=e&state={state}",
	} {
		requests[query] = refused{"GET {path}?" + query + " HTTP/1.1\nHost: {host}\n\n", 400}
	}
	checkRefusals(t, "http://127.0.0.1:0/callback", requests)
}

// TestA19EveryAnswerIsDressed adds the answers that net/http gives by itself to those of the other tables.
func TestA19EveryAnswerIsDressed(t *testing.T) {
	checkRefusals(t, "http://127.0.0.1:0/callback", map[string]refused{
		"no HTTP":            {"evil\n\n", 400},
		"TLS":                {"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\n\n", 400},
		"HTTP/2":             {"PRI * HTTP/2.0\n\nSM\n\n", 0},
		"bad header":         {"GET {path}{query} HTTP/1.1\nHost: {host}\nevil\n\n", 400},
		"bad target":         {"GET {path}%zz HTTP/1.1\nHost: {host}\n\n", 400},
		"transfer encoding":  {"GET {path} HTTP/1.1\nHost: {host}\nTransfer-Encoding: evil\n\n", 501},
		"expectation":        {"GET {path} HTTP/1.1\nHost: {host}\nExpect: evil\n\n", 417},
		"two lengths":        {"POST {path} HTTP/1.1\nHost: {host}\nContent-Length: 1\nContent-Length: 2\n\nx", 400},
		"version":            {"GET {path} HTTP/3.0\nHost: {host}\n\n", 505},
		"invalid host":       {"GET {path} HTTP/1.1\nHost: <script>\n\n", 400},
		"script in the path": {"GET /<script>alert(1)</script> HTTP/1.1\nHost: {host}\n\n", 404},
	})
}

func TestA27TokensInTheQueryAreRefused(t *testing.T) {
	checkRefusals(t, "http://127.0.0.1:0/callback", map[string]refused{
		"alone":       {"GET {path}?access_token=evil&state={state} HTTP/1.1\nHost: {host}\n\n", 400},
		"with a code": {"GET {path}{query}&access_token=evil HTTP/1.1\nHost: {host}\n\n", 400},
		"id_token":    {"GET {path}{query}&id_token=evil HTTP/1.1\nHost: {host}\n\n", 400},
		"form post":   {"POST {path} HTTP/1.1\nHost: {host}\nContent-Length: 17\n\naccess_token=evil", 405},
	})
}
