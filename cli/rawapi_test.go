package cli_test

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// rawAPI is a provider's API that keeps every octet it is sent and answers with octets, so that nothing between tidies either.
type rawAPI struct {
	net.Listener
	done chan struct{}

	mu      sync.Mutex
	answers []string // in order; silent and hangUp are not sent; after the last: 200
	seen    []string
}

const (
	silent = "silent" // the answer never comes
	hangUp = "hang up"
	fine   = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}"
)

func newRawAPI(t *testing.T) *rawAPI {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	a := &rawAPI{Listener: listener, done: make(chan struct{})}
	var served sync.WaitGroup
	served.Go(func() {
		for {
			connection, err := listener.Accept()
			if err != nil {
				return
			}
			served.Go(func() { a.serve(connection) })
		}
	})
	t.Cleanup(func() {
		close(a.done)
		listener.Close()
		served.Wait()
	})
	return a
}

func (a *rawAPI) base() string { return "http://" + a.Addr().String() + "/base" }

// serve reads one request and answers it.
func (a *rawAPI) serve(connection net.Conn) {
	defer connection.Close()
	var text strings.Builder
	in := bufio.NewReader(io.TeeReader(connection, &text))
	length := 0
	for {
		line, err := in.ReadString('\n')
		if err != nil {
			return
		}
		if value, ok := strings.CutPrefix(strings.ToLower(line), "content-length: "); ok {
			length, _ = strconv.Atoi(strings.TrimSpace(value))
		}
		if line == "\r\n" {
			break
		}
	}
	if _, err := io.CopyN(io.Discard, in, int64(length)); err != nil {
		return
	}
	a.mu.Lock()
	answer := fine
	if len(a.answers) > 0 {
		answer, a.answers = a.answers[0], a.answers[1:]
	}
	a.seen = append(a.seen, text.String())
	a.mu.Unlock()
	switch answer {
	case hangUp:
	case silent:
		<-a.done
	default:
		io.WriteString(connection, answer)
	}
}

// take gives what was sent since, and sets what is answered next.
func (a *rawAPI) take(answers ...string) (seen []string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	seen, a.seen, a.answers = a.seen, nil, answers
	return seen
}

// raw writes an answer.
func raw(status string, headers []string, body string) string {
	return "HTTP/1.1 " + status + "\r\n" + strings.Join(append(headers, fmt.Sprintf("Content-Length: %d", len(body)), "Connection: close"), "\r\n") + "\r\n\r\n" + body
}

// parts splits a request into its first line, its headers in order of the alphabet, and its body. The token is called TOKEN.
func parts(d *desk, request string) (line string, headers []string, body string) {
	d.strict.mu.Lock()
	for token := range d.strict.access {
		request = strings.ReplaceAll(request, token, "TOKEN")
	}
	d.strict.mu.Unlock()
	head, body, _ := strings.Cut(request, "\r\n\r\n")
	line, rest, _ := strings.Cut(head, "\r\n")
	headers = strings.Split(rest, "\r\n")
	slices.Sort(headers)
	return line, headers, body
}

// apiDesk gives a desk with a key of a third-party market called strict-sons, whose API keeps every octet and wants the client
// secret in a header.
func apiDesk(t *testing.T, secret string) (*desk, *rawAPI) {
	t.Helper()
	d, api := newDesk(t), newRawAPI(t)
	d.strict = newStrict(fmt.Sprintf("http://localhost:%d/oauth/redirect", freePort(t)), "client_secret_post")
	d.strict.secret = secret
	t.Cleanup(d.strict.Close)
	err := d.strict.file(d.home+"/strict.json", func(content map[string]any) {
		content["api"] = api.base()
		content["headers"] = map[string]string{"x-api-key": "{client_id}:{client_secret}"}
	})
	if err != nil {
		t.Fatal(err)
	}
	p := d.start("connect", "./strict.json", "--no-browser", "--secret-stdin")
	p.feed(secret)
	consent, err := p.line(1)
	if err != nil {
		t.Fatal(err)
	}
	allow(d, p, consent)
	if status, _, words, err := p.wait(); err != nil || status != 0 {
		t.Fatalf("%v, exit status %d: %s", err, status, words)
	}
	return d, api
}

// arrived waits until a request is there.
func arrived(t *testing.T, a *rawAPI) {
	t.Helper()
	limit, tick := time.After(patience), time.NewTicker(time.Millisecond)
	defer tick.Stop()
	for {
		a.mu.Lock()
		there := len(a.seen) > 0
		a.mu.Unlock()
		if there {
			return
		}
		select {
		case <-tick.C:
		case <-limit:
			t.Fatal("no request came")
		}
	}
}
