package practice

import (
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
)

// connect is the authorization endpoint: first who is there, then whether they agree.
func (f front) connect(v visit) {
	var req request
	var refusal url.Values
	var page string
	var who session
	var signedIn bool
	err := f.store.update(v.r.Context(), func(st *state, now time.Time) {
		req, refusal, page = readRequest(v.r.URL.RawQuery, st.Redirects)
		who, signedIn = v.session(st, now)
	})
	switch {
	case err != nil:
		v.failed(err)
	case page != "":
		v.refused(page)
	case refusal != nil:
		v.see(req.back(refusal))
	case !signedIn:
		v.formsMayReach(req.Redirect)
		v.show(http.StatusOK, "signin", signInPage{Next: pathConnect + "?" + v.r.URL.RawQuery, Shops: shops, Token: v.formToken()})
	default:
		v.formsMayReach(req.Redirect)
		v.show(http.StatusOK, "consent", consentPage{
			Name: who.Name, Shop: shopByID(who.Shop), Groups: grouped(req.Scopes), Back: origin(req.Redirect),
			Next: pathConnect + "?" + v.r.URL.RawQuery, Token: v.formToken(),
		})
	}
}

// decide handles Allow and Deny. The request is checked again: the form carries it, and a form is only a form.
func (f front) decide(v visit) {
	var req request
	var refusal url.Values
	var page, fault, issued string
	signedIn := false
	err := f.store.update(v.r.Context(), func(st *state, now time.Time) {
		req, refusal, page = readRequest(v.r.URL.RawQuery, st.Redirects)
		if page != "" || refusal != nil {
			return
		}
		var who session
		if who, signedIn = v.session(st, now); !signedIn {
			return
		}
		if fault = st.take(faultDenySilent); fault != "" {
			return
		}
		if v.r.PostForm.Get("decision") == "allow" && st.take(faultDeny) == "" {
			issued = st.issue(req, who, now)
		}
	})
	switch {
	case err != nil:
		v.failed(err)
	case page != "":
		v.refused(page)
	case refusal != nil:
		v.see(req.back(refusal))
	case !signedIn:
		v.see(pathConnect + "?" + v.r.URL.RawQuery)
	case fault == faultDenySilent:
		v.notice(http.StatusOK, "dead")
	case issued == "":
		v.see(req.back(url.Values{"error": {"access_denied"}, "error_description": {"The user denied the request"}}))
	default:
		v.see(req.back(url.Values{"code": {issued}}))
	}
}

// issue makes the code that the redirect carries back.
func (st *state) issue(req request, who session, now time.Time) string {
	secret := randomCode()
	st.Codes[digest(secret)] = &code{
		Client: req.Client, Redirect: req.Redirect, Challenge: req.Challenge,
		Shop: st.consenting(who), Name: who.Name, Scopes: req.Scopes, Until: now.Add(codeTTL),
	}
	return secret
}

// consenting is the shop that consent is given for.
func (st *state) consenting(who session) int64 {
	if st.take(faultWrongShop) != "" {
		return otherShop(who.Shop).ID
	}
	return who.Shop
}

// refused shows the page for a request that must not be answered by a redirect.
func (v visit) refused(page string) {
	v.notice(http.StatusBadRequest, "refused."+page)
}

// origin is the scheme, host and port of a redirect that has been checked.
func origin(redirect string) string {
	u, err := url.Parse(redirect)
	if err != nil {
		return ""
	}
	return u.Scheme + "://" + u.Host
}

// riskGroup is the asked permissions of one risk.
type riskGroup struct {
	Risk   string
	Scopes []string
}

// grouped sorts permissions by what they can do, the least first.
func grouped(scopes []string) []riskGroup {
	groups := []riskGroup{{Risk: "read"}, {Risk: "change"}, {Risk: "delete"}}
	for _, name := range slices.Concat(scopeNames, slices.Sorted(maps.Keys(olderOnly))) {
		if slices.Contains(scopes, name) {
			i := strings.Index("rwd", name[len(name)-1:])
			groups[i].Scopes = append(groups[i].Scopes, name)
		}
	}
	return slices.DeleteFunc(groups, func(g riskGroup) bool { return len(g.Scopes) == 0 })
}
