package oauth

import (
	"bytes"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

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

func (v *visit) isHost(host string) bool { return slices.Contains(v.hosts, strings.ToLower(host)) }

// ServeHTTP answers whoever knocks. The checks go from the outside in, and none before the last changes anything.
func (v *visit) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	leave := entered(r)
	nothing := v.doorPages().Nothing
	switch path := r.URL.EscapedPath(); {
	case r.URL.IsAbs() && (r.URL.Scheme != "http" || !v.isHost(r.URL.Host)): // RFC 9112 3.2.2
		show(w, http.StatusBadRequest, nothing)
	case !v.isHost(r.Host): // a name of somebody's that resolves to this machine (DNS rebinding)
		show(w, http.StatusMisdirectedRequest, nothing)
	case path != v.path && path != v.done:
		show(w, http.StatusNotFound, nothing)
	case r.Method != http.MethodGet && r.Method != http.MethodHead:
		w.Header().Set("Allow", "GET, HEAD")
		show(w, http.StatusMethodNotAllowed, nothing)
	case r.Method == http.MethodHead: // link checkers and prefetchers; it takes nothing
		show(w, http.StatusOK, v.doorPages().Back)
	case path == v.done:
		v.showResult(w)
	case !isNavigation(r.Header):
		show(w, http.StatusBadRequest, nothing)
	default:
		v.callback(w, r)
	}
	if r.ContentLength != 0 {
		http.NewResponseController(w).Flush()
		leave(v.over)
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
func (v *visit) callback(w http.ResponseWriter, r *http.Request) {
	values, err := readRedirection(r.URL.RawQuery)
	if err != nil {
		show(w, http.StatusBadRequest, v.doorPages().Stranger)
		return
	}
	v.expected(r)
	switch pages := v.doorPages(); v.offer(values) {
	case stranger:
		show(w, http.StatusBadRequest, pages.Stranger)
	case repeated:
		show(w, http.StatusConflict, pages.Used)
	case late:
		show(w, http.StatusGone, pages.Back)
	case ours:
		if v.attend(r.Context()) {
			w.Header().Set("Location", v.done) // RFC 9700 4.3: the code leaves the address bar and the history
			show(w, http.StatusSeeOther, pages.Back)
		} else {
			show(w, http.StatusOK, pages.Back)
		}
	}
}

// showResult serves the page that the browser is left with. When it is on its way the door may close.
func (v *visit) showResult(w http.ResponseWriter) {
	v.mu.Lock()
	result := v.result
	v.mu.Unlock()
	select {
	case <-v.answered.c:
	default:
		result = v.doorPages().Back
	}
	show(w, http.StatusOK, result)
	http.NewResponseController(w).Flush()
	v.fetched.raise()
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
