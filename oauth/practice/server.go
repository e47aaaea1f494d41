package practice

import (
	"cmp"
	"net/http"
	"sync/atomic"
)

// The app key that the practice market knows. Both halves are public and open nothing real.
const (
	ClientID     = "practice0key0not0secret0" // the keystring, 24 characters
	ClientSecret = "practice00"               // the shared secret, 10 characters
)

// DefaultAddress is where the pages are unless another address is asked for.
const DefaultAddress = "127.0.0.1:3004"

// Server is the practice market over one state file. It keeps nothing else, but for the rate-limit counters
// and where its own pages are, so any number
// of Servers in any number of processes may stand on one file. Safe for use by many goroutines.
type Server struct {
	store *store
	whole http.Handler // pages, token endpoint and API, for any host
	pages http.Handler // pages alone, for any host

	served atomic.Pointer[string] // the address of the pages that this Server serves now; nil for none
}

// Open is the practice market whose memory is stateFile. The file and its folder are made when there is something to
// remember; a file that cannot be understood is put aside beside it and a fresh one begun.
func Open(stateFile string) *Server {
	s := &Server{store: newStore(stateFile)}
	whole, pages := http.NewServeMux(), http.NewServeMux()
	front{s.store}.register(whole)
	front{s.store}.register(pages)
	calls := &meter{}
	api{s.store, calls}.register(whole)
	older{s.store, calls, s.pagesFor}.register(whole)
	whole.Handle("GET "+pathHere, presence{s.store, "whole"})
	pages.Handle("GET "+pathHere, presence{s.store, "pages"})
	whole.Handle("/v3/public/oauth/token", tokenEndpoint{s.store})
	for _, mux := range []*http.ServeMux{whole, pages} {
		mux.HandleFunc("/v3/", func(w http.ResponseWriter, _ *http.Request) {
			refuse(http.StatusNotFound, "Resource not found", "").write(w)
		})
	}
	whole.HandleFunc("GET "+pathIcons, serveIcon)
	pages.HandleFunc(pathOlder, olderNothing)
	s.whole, s.pages = whole, pages
	return s
}

// Handler is everything: pages, token endpoint and API. It answers loopback names only, against DNS rebinding.
func (s *Server) Handler() http.Handler { return loopbackOnly(s.whole) }

// Transport reaches everything in this process, without a socket and whatever host a request names. It honours the
// request's context. Safe for many goroutines.
func (s *Server) Transport() http.RoundTripper { return inProcess{s.whole} }

// pagesFor is where whoever sent a request finds the pages: where it came in if that was a socket, and else where this
// Server's own are served.
func (s *Server) pagesFor(r *http.Request) string {
	if r.Context().Value(http.LocalAddrContextKey) != nil {
		return "http://" + r.Host
	}
	base := "http://" + DefaultAddress
	return *cmp.Or(s.served.Load(), &base)
}
