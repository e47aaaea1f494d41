package oauth

import (
	"bytes"
	"crypto/rand"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// porter answers the requests at the door: it knows whom to send away, and the visit knows whom we wait for.
type porter struct {
	*visit
	hosts      []string // what a Host field may say
	path, done string   // the callback's path, and where the result is shown
}

func newPorter(redirect *url.URL, v *visit) *porter {
	return &porter{
		visit: v,
		hosts: hostsFor(redirect),
		path:  pathOf(redirect),
		done:  "/done/" + rand.Text(), // a stranger who fetched it first would close the door on the browser
	}
}

// hostsFor lists what the Host field of a request for redirect may say: the redirect's host and port as a whole. For localhost
// the two addresses it stands for count too; they are literals, so no name server can point them elsewhere.
func hostsFor(redirect *url.URL) []string {
	names := []string{strings.ToLower(redirect.Hostname())}
	if names[0] == "localhost" {
		names = append(names, loopbackAddresses("localhost")...)
	}
	port := portOf(redirect)
	var hosts []string
	for _, name := range names {
		host := net.JoinHostPort(name, port)
		hosts = append(hosts, host)
		if port == "80" {
			hosts = append(hosts, strings.TrimSuffix(host, ":80"))
		}
	}
	return hosts
}

func (p *porter) isHost(host string) bool { return slices.Contains(p.hosts, strings.ToLower(host)) }

// ServeHTTP answers whoever knocks. The checks go from the outside in, and none before the last changes anything.
func (p *porter) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	leave := entered(r)
	nothing := p.doorPages().Nothing
	switch path := r.URL.EscapedPath(); {
	case r.URL.IsAbs() && (r.URL.Scheme != "http" || !p.isHost(r.URL.Host)): // RFC 9112 3.2.2
		show(w, http.StatusBadRequest, nothing)
	case !p.isHost(r.Host): // a name of somebody's that resolves to this machine (DNS rebinding)
		show(w, http.StatusMisdirectedRequest, nothing)
	case path != p.path && path != p.done:
		show(w, http.StatusNotFound, nothing)
	case r.Method != http.MethodGet && r.Method != http.MethodHead:
		w.Header().Set("Allow", "GET, HEAD")
		show(w, http.StatusMethodNotAllowed, nothing)
	case r.Method == http.MethodHead: // link checkers and prefetchers; it takes nothing
		show(w, http.StatusOK, p.doorPages().Back)
	case path == p.done:
		p.showResult(w)
	case !isNavigation(r.Header):
		show(w, http.StatusBadRequest, nothing)
	default:
		p.callback(w, r)
	}
	if r.ContentLength != 0 {
		http.NewResponseController(w).Flush()
		leave(p.over)
	}
}

// isNavigation reports whether a person's tab asks. Browsers say so since 2023 (Fetch Metadata); who says nothing is believed.
// An image, a frame or a prefetch of the callback would spend the code where nobody sees the result.
func isNavigation(h http.Header) bool {
	destination := h.Get("Sec-Fetch-Dest")
	purpose := h.Get("Sec-Purpose") + h.Get("Purpose") + h.Get("X-Moz")
	return (destination == "" || destination == "document") && !strings.Contains(purpose, "prefetch")
}

// callback takes the answer to our authorization request, or refuses what is none.
func (p *porter) callback(w http.ResponseWriter, r *http.Request) {
	values, err := readRedirection(r.URL.RawQuery)
	if err != nil {
		show(w, http.StatusBadRequest, p.doorPages().Stranger)
		return
	}
	p.expected(r)
	switch pages := p.doorPages(); p.offer(values) {
	case stranger:
		show(w, http.StatusBadRequest, pages.Stranger)
	case repeated:
		show(w, http.StatusConflict, pages.Used)
	case late:
		show(w, http.StatusGone, pages.Back)
	case ours:
		if p.attend(r.Context()) {
			w.Header().Set("Location", p.done) // RFC 9700 4.3: the code leaves the address bar and the history
			show(w, http.StatusSeeOther, pages.Back)
		} else {
			show(w, http.StatusOK, pages.Back)
		}
	}
}

// showResult serves the page that the browser is left with; its place is told when there is a result. Once it is on its way the
// door may close.
func (p *porter) showResult(w http.ResponseWriter) {
	p.mu.Lock()
	result := p.result
	p.mu.Unlock()
	show(w, http.StatusOK, result)
	http.NewResponseController(w).Flush()
	p.fetched.raise()
}

// show writes one whole answer.
func show(w http.ResponseWriter, status int, p Page) {
	const enough = 5 * time.Second // for a page of a few KB
	http.NewResponseController(w).SetWriteDeadline(time.Now().Add(enough))
	text := p.document()
	dress(w.Header())
	w.Header().Set("Content-Length", strconv.Itoa(len(text)))
	if status >= http.StatusBadRequest {
		w.Header().Set("Connection", "close")
	}
	w.WriteHeader(status)
	w.Write(text)
}

// dress sets what stands on every answer, refusals included. Nothing is loaded, framed, sent on or kept.
func dress(h http.Header) {
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Content-Security-Policy", contentPolicy)
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cache-Control", "no-store")
	h.Set("X-Frame-Options", "DENY")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
}

// rawRefusal makes a whole answer of ours with the status of the one that net/http was about to send.
func rawRefusal(theirs []byte) []byte {
	status := "400 Bad Request"
	line, _, _ := strings.Cut(string(theirs), "\r\n")
	if _, after, ok := strings.Cut(line, " "); ok {
		status, _, _ = strings.Cut(after, ":") // what follows may quote the request
	}
	text := DoorPages{}.orWords().Nothing.document()
	header := http.Header{"Connection": {"close"}, "Content-Length": {strconv.Itoa(len(text))}}
	dress(header)
	var answer bytes.Buffer
	fmt.Fprintf(&answer, "HTTP/1.1 %s\r\n", status)
	header.Write(&answer)
	answer.WriteString("\r\n")
	answer.Write(text)
	return answer.Bytes()
}
