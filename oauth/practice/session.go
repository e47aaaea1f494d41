package practice

import (
	"log/slog"
	"net/http"
	"strconv"
	"strings"
	"time"
)

const (
	cookieName = "practice_market"
	maxName    = 40
)

// visit is one request from a browser.
type visit struct {
	w      http.ResponseWriter
	r      *http.Request
	in     *tongue
	cookie string // the browser's secret; it is in the cookie and nowhere else
}

// begin reads the browser's cookie, and gives it one if it has none: forms need it before anybody has signed in.
func begin(w http.ResponseWriter, r *http.Request) visit {
	v := visit{w: w, r: r, in: tongueFor(r.Header.Get("Accept-Language"))}
	if c, err := r.Cookie(cookieName); err == nil && len(c.Value) == tokenLength {
		v.cookie = c.Value
	} else if r.Method == http.MethodGet || r.Method == http.MethodHead {
		v.renew()
	}
	return v
}

// renew gives the browser a new secret. The old one, and every form made with it, counts no more.
func (v *visit) renew() {
	v.cookie = randomText(tokenLength)
	http.SetCookie(v.w, &http.Cookie{
		Name: cookieName, Value: v.cookie, Path: "/",
		MaxAge: int(sessionTTL / time.Second), HttpOnly: true, SameSite: http.SameSiteLaxMode,
	})
}

// formToken is what a form must carry to be believed. It follows from the cookie and does not reveal it.
func (v visit) formToken() string { return digest("form of " + v.cookie) }

// honest reports whether a posted form was made by one of our pages for this browser.
func (v visit) honest() bool {
	v.r.Body = http.MaxBytesReader(v.w, v.r.Body, maxBody)
	return v.cookie != "" && v.r.ParseForm() == nil && same(v.r.PostForm.Get("form_token"), v.formToken())
}

// session is who is signed in; ok is false if nobody is.
func (v visit) session(st *state, now time.Time) (s session, ok bool) {
	s, ok = st.Sessions[digest(v.cookie)]
	return s, ok && v.cookie != "" && now.Before(s.Until) && shopByID(s.Shop).ID != 0
}

// see sends the browser on, by GET.
func (v visit) see(address string) {
	v.w.Header().Set("Location", address)
	v.w.WriteHeader(http.StatusSeeOther)
}

// failed shows that something is our own fault.
func (v visit) failed(err error) {
	slog.Error("practice: a page could not be made", "err", err)
	v.notice(http.StatusInternalServerError, "broken")
}

// signIn handles the sign-in form. Any name will do, and none too.
func (f front) signIn(v visit) {
	id, _ := strconv.ParseInt(v.r.PostForm.Get("shop"), 10, 64)
	s := session{Shop: shopByID(id).ID, Name: cleanName(v.r.PostForm.Get("name"), maxName)}
	if s.Shop == 0 {
		s.Shop = shops[0].ID
	}
	if s.Name == "" {
		s.Name = v.in.text("signin.nobody")
	}
	old := digest(v.cookie)
	v.renew() // a session begins with a new secret, so that none can be planted before
	err := f.store.update(v.r.Context(), func(st *state, now time.Time) {
		delete(st.Sessions, old)
		s.Until = now.Add(sessionTTL)
		st.Sessions[digest(v.cookie)] = s
	})
	if err != nil {
		v.failed(err)
		return
	}
	v.see(localTarget(v.r.PostForm.Get("next")))
}

// signOut ends the session and goes where the form says, which asks who is there again.
func (f front) signOut(v visit) {
	err := f.store.update(v.r.Context(), func(st *state, _ time.Time) { delete(st.Sessions, digest(v.cookie)) })
	if err != nil {
		v.failed(err)
		return
	}
	v.renew()
	v.see(localTarget(v.r.PostForm.Get("next")))
}

// localTarget lets a form send the browser to our own pages and nowhere else.
func localTarget(next string) string {
	if strings.HasPrefix(next, pathConnect+"?") || strings.HasPrefix(next, pathOlderSignIn+"?") {
		return next
	}
	return pathApps
}
