package practice

import (
	"net/http"
	"net/url"
	"time"
)

// badOver is a sign-in of the older API that has ended, or never began.
const badOver = "over"

// undecided finds the temporary credentials that a page was opened for. Nil: the seller cannot decide on them any more.
func (o *olderState) undecided(token string, now time.Time) *temporary {
	t := o.Temporary[digest(token)]
	if t == nil || t.Used || t.Denied || !now.Before(t.Until) {
		return nil
	}
	return t
}

// olderConnect is the page that login_url leads to: first who is there, then whether they agree (RFC 5849 2.2).
func (f front) olderConnect(v visit) {
	var asked temporary
	var who session
	signedIn, open := false, false
	err := f.store.update(v.r.Context(), func(st *state, now time.Time) {
		if t := st.Older.undecided(v.r.URL.Query().Get("oauth_token"), now); t != nil {
			asked, open = *t, true
		}
		who, signedIn = v.session(st, now)
	})
	next := pathOlderSignIn + "?" + v.r.URL.RawQuery
	switch {
	case err != nil:
		v.failed(err)
		return
	case !open:
		v.refused(badOver)
		return
	case asked.Callback != outOfBand:
		v.formsMayReach(asked.Callback)
	}
	if !signedIn {
		v.show(http.StatusOK, "signin", signInPage{Next: next, Shops: shops, Token: v.formToken()})
		return
	}
	page := consentPage{Name: who.Name, Shop: shopByID(who.Shop), Groups: grouped(asked.Scopes), Next: next, Token: v.formToken()}
	if asked.Callback != outOfBand {
		page.Back = origin(asked.Callback)
	}
	v.show(http.StatusOK, "consent", page)
}

// verdict is what came of Allow or Deny.
type verdict struct {
	asked    temporary
	open     bool // there was something to decide on
	signedIn bool
	fault    string
	verifier string
}

// judge takes the seller's answer. Allow may be pressed again, until the verifier has been used: the last one counts.
func judge(st *state, v visit, token string, now time.Time) (d verdict) {
	t := st.Older.undecided(token, now)
	who, signedIn := v.session(st, now)
	if d.open, d.signedIn = t != nil, signedIn; !d.open || !d.signedIn {
		return d
	}
	d.fault = st.take(faultDenySilent)
	switch {
	case d.fault != "":
	case v.r.PostForm.Get("decision") != "allow" || st.take(faultDeny) != "":
		t.Denied = true
	default:
		t.Shop, t.Name, t.Until = st.consenting(who), who.Name, now.Add(temporaryTTL)
		d.verifier = randomVerifier()
		t.Verifier = verifierHash(token, d.verifier)
		if t.Callback != outOfBand {
			d.fault = st.take(faultWrongToken)
		}
	}
	d.asked = *t
	return d
}

// olderDecide handles Allow and Deny.
func (f front) olderDecide(v visit) {
	token := v.r.URL.Query().Get("oauth_token")
	var d verdict
	err := f.store.update(v.r.Context(), func(st *state, now time.Time) { d = judge(st, v, token, now) })
	switch {
	case err != nil:
		v.failed(err)
	case !d.open:
		v.refused(badOver)
	case !d.signedIn:
		v.see(pathOlderSignIn + "?" + v.r.URL.RawQuery)
	case d.fault == faultDenySilent:
		v.notice(http.StatusOK, "dead")
	case d.asked.Callback == outOfBand && d.asked.Denied:
		v.notice(http.StatusOK, "denied")
	case d.asked.Callback == outOfBand:
		v.show(http.StatusOK, "verifier", newVerifierPage(shopByID(d.asked.Shop).Name, d.verifier))
	default:
		v.see(d.back(token))
	}
}

// back is the callback with the answer in its query (RFC 5849 2.2).
func (d verdict) back(token string) string {
	if d.asked.Denied {
		return withQuery(d.asked.Callback, url.Values{"oauth_token": {token}, "oauth_problem": {userRefused}})
	}
	if d.fault == faultWrongToken {
		token = randomHex(olderTokenLength)
	}
	return withQuery(d.asked.Callback, url.Values{"oauth_token": {token}, "oauth_verifier": {d.verifier}})
}

// verifierPage shows the verifier in two halves, so that an eye does not lose its place.
type verifierPage struct{ Shop, First, Second string }

func newVerifierPage(shop, verifier string) verifierPage {
	return verifierPage{shop, verifier[:verifierDigits/2], verifier[verifierDigits/2:]}
}
