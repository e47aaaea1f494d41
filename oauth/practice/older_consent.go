package practice

import (
	"net/http"
	"net/url"
	"time"
)

// badOver is a sign-in of the older API that has ended, or never began.
const badOver = "over"

// undecided finds the temporary credentials that a page was opened for. Nil: the seller cannot decide on them any more.
func (st *state) undecided(token string, now time.Time) *temporary {
	t := st.Older.Temporary[digest(token)]
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
		if t := st.undecided(v.r.URL.Query().Get("oauth_token"), now); t != nil {
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

// olderDecide handles Allow and Deny. Allow may be pressed again, until the verifier has been used: the last one counts.
func (f front) olderDecide(v visit) {
	token := v.r.URL.Query().Get("oauth_token")
	var asked temporary
	var fault, verifier string
	signedIn, open := false, false
	err := f.store.update(v.r.Context(), func(st *state, now time.Time) {
		t := st.undecided(token, now)
		var who session
		if who, signedIn = v.session(st, now); t == nil || !signedIn {
			open = t != nil
			return
		}
		open = true
		if fault = st.take(faultDenySilent); fault == "" && (v.r.PostForm.Get("decision") != "allow" || st.take(faultDeny) != "") {
			t.Denied = true
		} else if fault == "" {
			fault = st.take(faultWrongToken)
			verifier = st.allow(t, token, who, now)
		}
		asked = *t
	})
	switch {
	case err != nil:
		v.failed(err)
	case !open:
		v.refused(badOver)
	case !signedIn:
		v.see(pathOlderSignIn + "?" + v.r.URL.RawQuery)
	case fault == faultDenySilent:
		v.show(http.StatusOK, "notice", notice{Title: text("dead.title"), Text: text("dead.text")})
	case asked.Callback == outOfBand && asked.Denied:
		v.show(http.StatusOK, "notice", notice{Title: text("denied.title"), Text: text("denied.text")})
	case asked.Callback == outOfBand:
		v.show(http.StatusOK, "verifier", newVerifierPage(shopByID(asked.Shop).Name, verifier))
	case asked.Denied:
		v.see(withQuery(asked.Callback, url.Values{"oauth_token": {token}, "oauth_problem": {userRefused}}))
	case fault == faultWrongToken:
		v.see(withQuery(asked.Callback, url.Values{"oauth_token": {randomHex(olderTokenLength)}, "oauth_verifier": {verifier}}))
	default:
		v.see(withQuery(asked.Callback, url.Values{"oauth_token": {token}, "oauth_verifier": {verifier}}))
	}
}

// allow makes the verifier, which says to the app that whoever brings it has been with the seller.
func (st *state) allow(t *temporary, token string, who session, now time.Time) (verifier string) {
	t.Shop, t.Name, t.Until = who.Shop, who.Name, now.Add(temporaryTTL)
	if st.take(faultWrongShop) != "" {
		t.Shop = otherShop(who.Shop).ID
	}
	verifier = randomDigits(verifierDigits)
	t.Verifier = verifierHash(token, verifier)
	return verifier
}

// verifierPage shows the verifier in two halves, so that an eye does not lose its place.
type verifierPage struct{ Shop, First, Second string }

func newVerifierPage(shop, verifier string) verifierPage {
	return verifierPage{shop, verifier[:verifierDigits/2], verifier[verifierDigits/2:]}
}
