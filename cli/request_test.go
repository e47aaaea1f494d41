package cli_test

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"valetkey/cli"
)

// letters are command lines and what has to arrive of them, octet for octet.
var letters = []struct {
	args       []string
	stdin      string
	line, body string
	kind       string // content type
}{
	{args: []string{"GET", "/orders"}, line: "GET /base/orders"},
	{args: []string{"get", "/a%2Fb//c+d/%2f/?x=1&x=&&y=a+b%20c&z"}, line: "GET /base/a%2Fb//c+d/%2f/?x=1&x=&&y=a+b%20c&z"},
	{args: []string{"GET", "/@me?mail=a@b.example&list[]=1,2;3&q=100%"}, line: "GET /base/@me?mail=a@b.example&list[]=1,2;3&q=100%"},
	{args: []string{"GET", "/x?"}, line: "GET /base/x?"},
	{args: []string{"HEAD", "/"}, line: "HEAD /base/"},
	{args: []string{"DELETE", "/listings/1"}, line: "DELETE /base/listings/1"},
	{args: []string{"POST", "/listings"}, line: "POST /base/listings"},
	{
		args: []string{"PATCH", "/l/1", "--form", "b=2", "--form", "a=", "--form", "b=1 + 1 = 2 & more", "--form", "größe=☕,'\"\\", "--form", "n=x\ny"},
		line: "PATCH /base/l/1", kind: "application/x-www-form-urlencoded",
		body: "b=2&a=&b=1+%2B+1+%3D+2+%26+more&gr%C3%B6%C3%9Fe=%E2%98%95%2C%27%22%5C&n=x%0Ay",
	},
	{args: []string{"PUT", "/l", "--json", "odd.json"}, line: "PUT /base/l", kind: "application/json; charset=utf-8", body: oddJSON},
	{args: []string{"POST", "/l", "--json", "-"}, stdin: " \n{\"a\":\n [1]} and more", line: "POST /base/l", kind: "application/json; charset=utf-8", body: "{\"a\":\n [1]}"},
	{args: []string{"DELETE", "/l", "--form", "id=1"}, line: "DELETE /base/l", kind: "application/x-www-form-urlencoded", body: "id=1"},
}

// oddJSON is a document that every encoder would write otherwise.
const oddJSON = "\n { \"b\" : 1.00, \"a\":\"\\u00e4<ä>\", \"b\": 1e400 }\n\n"

func TestRequestsAreSentToTheLetter(t *testing.T) {
	d, api := apiDesk(t, "only+the/keyring=knows")
	if err := os.WriteFile(filepath.Join(d.home, "odd.json"), []byte(oddJSON), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, row := range letters {
		api.take()
		p := d.start(append([]string{"request", "strict-sons"}, row.args...)...)
		if row.stdin != "" {
			p.feed(row.stdin)
		}
		if status, _, words, err := p.wait(); status != 0 || err != nil {
			t.Errorf("%q: exit status %d, %v: %s", row.args, status, err, words)
			continue
		}
		seen := api.take()
		if len(seen) != 1 {
			t.Errorf("%q: %d requests", row.args, len(seen))
			continue
		}
		want := []string{"Accept-Encoding: gzip", "Accept: */*", "Authorization: Bearer TOKEN"}
		if row.body != "" || strings.HasPrefix(row.line, "POST") {
			want = append(want, fmt.Sprintf("Content-Length: %d", len(row.body)))
		}
		if row.kind != "" {
			want = append(want, "Content-Type: "+row.kind)
		}
		want = append(want, "Host: "+api.Addr().String(), "User-Agent: ValetKey", "X-Api-Key: strict-client:only+the/keyring=knows")
		if strings.HasPrefix(row.line, "HEAD") {
			want = want[1:] // nothing comes that could be packed
		}
		line, headers, body := parts(d, seen[0])
		if diff := cmp.Diff(want, headers); diff != "" || line != row.line+" HTTP/1.1" || body != row.body {
			t.Errorf("%q sent %q with %q\n%s", row.args, line, body, diff)
		}
	}
}

// requestFault is what a provider answers, and all that may come of it.
type requestFault struct {
	name    string
	args    []string // after the name; nil: GET /x
	answers []string
	status  cli.Status
	out     string
	says    string // at the end of what is said
	sent    int
}

const noBusiness = "Your key is kept.\n"

var octets = "\x00\xff\xfe\r\n\x1b[2J" + strings.Repeat("\x80", 70000)

func packed(text string) string {
	var out bytes.Buffer
	w := gzip.NewWriter(&out)
	w.Write([]byte(text))
	w.Close()
	return out.String()
}

var requestFaults = []requestFault{
	{name: "octets come as they are", answers: []string{raw("200 OK", nil, octets)}, out: octets, says: "HTTP 200 OK\n", sent: 1},
	{name: "nothing comes", answers: []string{raw("204 No Content", nil, "")}, says: "HTTP 204 No Content\n", sent: 1},
	{name: "packed", answers: []string{raw("200 OK", []string{"Content-Encoding: gzip"}, packed("unpacked"))}, out: "unpacked", says: "HTTP 200 OK\n", sent: 1},
	{name: "401 once", args: []string{"POST", "/x", "--form", "a=1"}, answers: []string{raw("401 Unauthorized", nil, "no"), fine}, out: "{}", says: "HTTP 200 OK\n", sent: 2},
	{
		name: "401 twice", answers: []string{raw("401 Unauthorized", nil, "no"), raw("401 Unauthorized", nil, "still no")}, status: cli.NeedsAuthorization, out: "still no",
		says: "HTTP 401 Unauthorized\nStrict Market does not accept this key any more.\nThe answer was “401 Unauthorized”. It may have been revoked at Strict Market.\n" +
			"Reconnect the shop.\n", sent: 2,
	},
	{
		name: "403", answers: []string{raw("403 Forbidden", nil, `{"error":"insufficient_scope"}`)}, status: cli.NeedsAuthorization, out: `{"error":"insufficient_scope"}`,
		says: "HTTP 403 Forbidden\nThis key lacks the permission for that.\nIt opens only what was allowed when the shop was connected.\nReconnect the shop, and allow the permission that is missing.\n", sent: 1,
	},
	{
		name: "404", answers: []string{raw("404 Not Found", nil, "nothing")}, status: cli.Failed, out: "nothing",
		says: "HTTP 404 Not Found\nStrict Market did not do what was asked.\nIt answered “404 Not Found”. Your key is kept.\nRead the answer: it may say what was not right.\n", sent: 1,
	},
	{
		name: "429 for a moment", answers: []string{raw("429 Too Many Requests", []string{"Retry-After: 1"}, "slow"), fine}, out: "{}",
		says: "The provider asks for a pause. The request is sent again in 1 second.\nHTTP 200 OK\n", sent: 2,
	},
	{
		name: "429 for an hour and a half", answers: []string{raw("429 Too Many Requests", []string{"Retry-After: 5400"}, "slow")}, status: cli.Unreachable, out: "slow",
		says: "HTTP 429 Too Many Requests\nStrict Market has no answer to this just now.\nIt is busy, or has trouble of its own. " + noBusiness + "Try again in 90 minutes.\n", sent: 1,
	},
	{
		name: "429 and no patience", args: []string{"GET", "/x", "--wait", "0s"}, answers: []string{raw("429 Too Many Requests", []string{"Retry-After: 1"}, "slow")},
		status: cli.Unreachable, out: "slow", says: "Try again in 1 second.\n", sent: 1,
	},
	{
		name: "503", answers: []string{raw("503 Service Unavailable", nil, "")}, status: cli.Unreachable,
		says: "HTTP 503 Service Unavailable\nStrict Market has no answer to this just now.\nIt is busy, or has trouble of its own. " + noBusiness + "Try again in a few minutes.\n", sent: 1,
	},
	{
		name: "too large", answers: []string{raw("200 OK", nil, strings.Repeat("x", 1<<20+1))}, status: cli.Failed,
		says: "HTTP 200 OK\nThe answer of Strict Market did not come whole.\nIt is larger than 1 MiB, or it was cut short; nothing of it is shown. What was asked for may have been done.\n" +
			"Ask for less at once, with a smaller limit for instance.\n", sent: 1,
	},
	{name: "as large as it may be", answers: []string{raw("200 OK", nil, strings.Repeat("x", 1<<20))}, out: strings.Repeat("x", 1<<20), says: "HTTP 200 OK\n", sent: 1},
	{
		name: "cut short", answers: []string{"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf"}, status: cli.Failed,
		says: "Ask for less at once, with a smaller limit for instance.\n", sent: 1,
	},
	{name: "the line goes dead", args: []string{"POST", "/x", "--form", "a=1"}, answers: []string{hangUp}, status: cli.Unreachable, says: "Strict Market cannot be reached just now.\n" + down, sent: 1},
	{name: "not HTTP", answers: []string{"220 mail.example ESMTP\r\n"}, status: cli.Unreachable, says: "Strict Market cannot be reached just now.\n" + down, sent: 1},
}

func TestRequestFaults(t *testing.T) {
	d, api := apiDesk(t, "only+the/keyring=knows")
	elsewhere := newRawAPI(t)
	away := requestFault{
		name: "redirect to another host", answers: []string{raw("307 Temporary Redirect", []string{"Location: " + elsewhere.base() + "/x"}, "over there")},
		status: cli.Failed, out: "over there", sent: 1,
		says: "HTTP 307 Temporary Redirect\nPoints to: " + elsewhere.base() + "/x\nStrict Market points to another address.\nThe key is not sent after it.\n" +
			"Ask for that address, if it lies under the same API.\n",
	}
	for _, f := range append(requestFaults, away) {
		t.Run(f.name, func(t *testing.T) {
			api.take(f.answers...)
			if f.args == nil {
				f.args = []string{"GET", "/x"}
			}
			status, out, words := d.run(append([]string{"request", "strict-sons"}, f.args...))
			if cli.Status(status) != f.status || out != f.out || !strings.HasSuffix(words, f.says) {
				t.Errorf("exit status %d, want %d; %d octets, want %d; said:\n%s", status, f.status, len(out), len(f.out), words)
			}
			seen := api.take()
			if len(seen) != f.sent {
				t.Fatalf("%d requests, want %d", len(seen), f.sent)
			}
			first, headers, body := parts(d, seen[0])
			for _, again := range seen[1:] {
				line, same, text := parts(d, again)
				if diff := cmp.Diff(headers, same); diff != "" || line != first || text != body {
					t.Errorf("sent again otherwise: %s %q\n%s", line, text, diff)
				}
			}
		})
	}
	if seen := elsewhere.take(); len(seen) > 0 {
		t.Errorf("sent to another host: %q", seen)
	}
	d.strict.mu.Lock()
	defer d.strict.mu.Unlock()
	if len(d.strict.refusals) > 0 {
		t.Errorf("the market refused: %q", d.strict.refusals)
	}
}

// TestADocumentEndsAtItsBracket: what follows it on standard input is for the next command of a script.
func TestADocumentEndsAtItsBracket(t *testing.T) {
	d, api := apiDesk(t, "only+the/keyring=knows")
	api.take()
	out, words, err := d.script("sh", "-c", `printf '{"a":[\n{}]} rest\n' | { valetkey request strict-sons POST /l --json -; cat; }`)
	if err != nil || out != "{} rest\n" {
		t.Errorf("%v: %q; said:\n%s", err, out, words)
	}
	if seen := api.take(); len(seen) != 1 || !strings.HasSuffix(seen[0], "\r\n\r\n{\"a\":[\n{}]}") {
		t.Errorf("sent %q", seen)
	}
}

func TestARequestIsGivenUp(t *testing.T) {
	d, api := apiDesk(t, "only+the/keyring=knows")
	api.take(silent)
	p := d.start("request", "strict-sons", "GET", "/x")
	arrived(t, api)
	if err := p.interrupt(); err != nil {
		t.Fatal(err)
	}
	status, out, words, err := p.wait()
	if err != nil || cli.Status(status) != cli.Cancelled || out != "" || !strings.HasPrefix(words, "Stopped before it was finished.\n") {
		t.Errorf("%v, exit status %d: %q %s", err, status, out, words)
	}
}
