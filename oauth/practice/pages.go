package practice

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
)

// Where the pages are.
const (
	pathConnect  = "/oauth/connect"
	pathSignIn   = "/signin"
	pathSignOut  = "/signout"
	pathApps     = "/your/apps"
	pathSwitches = "/switches"
)

//go:embed pages.html
var pagesHTML string

//go:embed pages.css
var pagesCSS string

// stylePolicy lets exactly our own style through.
var stylePolicy = func() string {
	sum := sha256.Sum256([]byte(pagesCSS))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}()

type (
	signInPage struct {
		Next, Token string
		Shops       []shop
	}
	consentPage struct {
		Name   string
		Shop   shop
		Groups []riskGroup
		Back   string // where the answer goes; empty: nowhere, a verifier is shown
		Next   string
		Token  string
	}
	appsPage struct {
		Apps     []app
		Returned string // the shop whose app has just been taken back
		Token    string
	}
	switchesPage struct {
		Access, Refresh string
		Window          string
		Redirects       []string
		Faults          []armed
		Problem         string
		Saved           bool
		Token           string
	}
	notice struct{ Title, Text string }
)

// front is the part that people see.
type front struct{ store *store }

func (f front) register(mux *http.ServeMux) {
	mux.Handle("GET "+pathConnect, page(f.connect))
	mux.Handle("POST "+pathConnect, form(f.decide))
	mux.Handle("GET "+pathOlderSignIn, page(f.olderConnect))
	mux.Handle("POST "+pathOlderSignIn, form(f.olderDecide))
	mux.Handle("POST "+pathSignIn, form(f.signIn))
	mux.Handle("POST "+pathSignOut, form(f.signOut))
	mux.Handle("GET "+pathApps, page(f.apps))
	mux.Handle("POST "+pathApps, form(f.revoke))
	mux.Handle("GET "+pathSwitches, page(f.switches))
	mux.Handle("POST "+pathSwitches, form(f.flip))
	mux.Handle("GET /{$}", page(func(v visit) { v.see(pathApps) }))
	mux.Handle("/", page(func(v visit) {
		v.notice(http.StatusNotFound, "lost")
	}))
}

// page serves something to look at.
func page(do func(visit)) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		v := begin(w, r)
		v.secure("")
		do(v)
	})
}

// form serves a posted form, and believes it only if one of our pages made it for this browser.
func form(do func(visit)) http.Handler {
	origins := http.NewCrossOriginProtection()
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		v := begin(w, r)
		v.secure("")
		if origins.Check(r) != nil || !v.honest() {
			v.notice(http.StatusForbidden, "stale")
			return
		}
		do(v)
	})
}

// secure sets the headers that every page carries. Browsers hold a form's redirects to form-action too, so reach is the
// origin that an answer may be sent to; empty for none.
func (v visit) secure(reach string) {
	header := v.w.Header()
	header.Set("Content-Security-Policy", "default-src 'none'; style-src "+stylePolicy+"; img-src data:; form-action "+
		strings.TrimSpace("'self' "+reach)+"; frame-ancestors 'none'; base-uri 'none'")
	header.Set("X-Content-Type-Options", "nosniff")
	header.Set("X-Frame-Options", "DENY")
	header.Set("Referrer-Policy", "same-origin") // no-referrer would make a form's Origin null
	header.Set("Cache-Control", "no-store")
	header.Set("Cross-Origin-Opener-Policy", "same-origin")
	header.Set("Cross-Origin-Resource-Policy", "same-origin")
}

// formsMayReach lets the page's form end at the redirect. A policy cannot name an IPv6 host, so there the scheme must do.
func (v visit) formsMayReach(redirect string) {
	reach := origin(redirect)
	if u, err := url.Parse(redirect); err != nil || strings.Contains(u.Host, "[") {
		reach = "http:"
	}
	v.secure(reach)
}

// notice shows a title and a text, and nothing to press.
func (v visit) notice(status int, id string) {
	v.show(status, "notice", notice{Title: v.in.text(id + ".title"), Text: v.in.text(id + ".text")})
}

// show writes one page, whole or not at all.
func (v visit) show(status int, name string, data any) {
	var out bytes.Buffer
	if err := v.in.pages().ExecuteTemplate(&out, name, data); err != nil {
		slog.Error("practice: a page could not be made", "page", name, "err", err)
		http.Error(v.w, v.in.text("broken.title"), http.StatusInternalServerError)
		return
	}
	v.w.Header().Set("Content-Type", "text/html; charset=utf-8")
	v.w.WriteHeader(status)
	v.w.Write(out.Bytes())
}
