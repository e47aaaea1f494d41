package practice

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"net"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strings"
	"time"
)

const (
	// pathHere is where a Server proves that it stands on a state file: whoever has the file's mark can check the answer, and
	// another program that listens on the port cannot give it.
	pathHere = "/valetkey/here"

	noteEnding   = ".served" // beside the state file
	noteLimit    = 8         // addresses kept, should programs have died before they took theirs out
	wherePatient = time.Second
)

// note is what is remembered of who serves: a random mark that is in no answer, and the addresses, the newest first.
type note struct {
	Mark string   `json:"mark"`
	At   []string `json:"at,omitempty"`
}

// Whereabouts is where other programs find the practice market at the moment.
type Whereabouts struct {
	Base  string // as [Server.ServeAll] gave it; empty: it is not served
	Taken bool   // another program listens on DefaultAddress
}

// Where asks the addresses that were noted, and DefaultAddress, within about a second.
func (s *Server) Where(ctx context.Context) Whereabouts {
	ctx, cancel := context.WithTimeout(ctx, wherePatient)
	defer cancel()
	const usual = "http://" + DefaultAddress
	n, err := s.store.readNote()
	if err != nil {
		n = note{}
	}
	for _, base := range n.At {
		if n.proved(ctx, base, "whole") {
			return Whereabouts{Base: base}
		}
	}
	conn, err := (&net.Dialer{}).DialContext(ctx, "tcp", DefaultAddress)
	if err != nil {
		return Whereabouts{}
	}
	conn.Close()
	return Whereabouts{Taken: !n.proved(ctx, usual, "pages")}
}

// proved reports whether a Server on the same state file answers at base.
func (n note) proved(ctx context.Context, base, kind string) bool {
	challenge := rand.Text()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, base+pathHere+"?challenge="+url.QueryEscape(challenge), nil)
	if err != nil || n.Mark == "" {
		return false
	}
	transport := &http.Transport{DisableKeepAlives: true} // no proxy: it is on this computer
	response, err := transport.RoundTrip(request)
	if err != nil {
		return false
	}
	defer response.Body.Close()
	answer, err := io.ReadAll(io.LimitReader(response.Body, 256))
	return err == nil && response.StatusCode == http.StatusOK && hmac.Equal(answer, []byte(n.answer(kind, request.URL.Host, challenge)))
}

// answer is what only who knows the mark can say. Where it listens is part of it: nobody can have it from another port.
func (n note) answer(kind, host, challenge string) string {
	code := hmac.New(sha256.New, []byte(n.Mark))
	io.WriteString(code, kind+" "+host+" "+challenge)
	return hex.EncodeToString(code.Sum(nil))
}

// presence answers at pathHere; kind says what is served there.
type presence struct {
	store *store
	kind  string
}

func (p presence) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	n, err := p.store.readNote()
	at, served := r.Context().Value(http.LocalAddrContextKey).(net.Addr)
	if err != nil || n.Mark == "" || !served {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	io.WriteString(w, n.answer(p.kind, at.String(), r.URL.Query().Get("challenge")))
}

// noteHere puts base before the addresses that are served.
func (s *store) noteHere(ctx context.Context, base string) error {
	return s.renote(ctx, func(at []string) []string { return slices.Insert(without(at, base), 0, base) })
}

// mark sees that there is one.
func (s *store) mark(ctx context.Context) error {
	if n, err := s.readNote(); err == nil && n.Mark != "" {
		return nil
	}
	return s.renote(ctx, func(at []string) []string { return at })
}

// leave takes base out again. Whoever stays in is found out by not answering.
func (s *store) leave(ctx context.Context, base string) error {
	return s.renote(ctx, func(at []string) []string { return without(at, base) })
}

func without(at []string, base string) []string {
	return slices.DeleteFunc(at, func(a string) bool { return a == base })
}

// renote changes the note, which is made with its mark where there is none.
func (s *store) renote(ctx context.Context, change func(at []string) []string) error {
	return s.alone(ctx, func() error {
		n, err := s.readNote()
		if err != nil || n.Mark == "" {
			n = note{Mark: rand.Text()} // who serves on the old one is not found any more, and that is all
		}
		n.At = change(n.At)
		n.At = n.At[:min(len(n.At), noteLimit)]
		text, err := json.Marshal(n)
		if err != nil {
			return err
		}
		return writeFile(s.path+noteEnding, text)
	})
}

// readNote reads the note; none is no error.
func (s *store) readNote() (n note, err error) {
	text, err := os.ReadFile(s.path + noteEnding)
	if errors.Is(err, fs.ErrNotExist) {
		return note{}, nil
	}
	if err != nil {
		return note{}, err
	}
	if err := json.Unmarshal(text, &n); err != nil {
		return note{}, err
	}
	local := func(base string) bool {
		return strings.HasPrefix(base, "http://127.0.0.1:") || strings.HasPrefix(base, "http://[::1]:")
	}
	n.At = slices.DeleteFunc(n.At, func(base string) bool { return !local(base) })
	return n, nil
}
