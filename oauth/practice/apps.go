package practice

import (
	"cmp"
	"net/http"
	"slices"
	"strconv"
	"time"
)

// app is one app as one shop knows it: all its grants together, since a person takes back the app and not a grant.
type app struct {
	Shop   shop
	Name   string // who allowed it
	Groups []riskGroup
	Since  time.Time
	Button string // id of its Revoke button

	scopes []string
}

// apps lists who may open the three shops. Nobody has to sign in to see it: all three belong to whoever practises.
func (f front) apps(v visit) {
	var list []app
	err := f.store.update(v.r.Context(), func(st *state, now time.Time) { list = st.apps(now) })
	if err != nil {
		v.failed(err)
		return
	}
	returned, _ := strconv.ParseInt(v.r.URL.Query().Get("returned"), 10, 64)
	v.show(http.StatusOK, "apps", appsPage{Apps: list, Returned: shopByID(returned).Name, Token: v.formToken()})
}

// apps gathers the live grants and older keys by shop, the latest first.
func (st *state) apps(now time.Time) []app {
	byShop := map[int64]*app{}
	add := func(shop int64, name string, since time.Time, scopes []string) {
		a := byShop[shop]
		if a == nil {
			a = &app{Shop: shopByID(shop)}
			byShop[shop] = a
		}
		if !since.Before(a.Since) {
			a.Since, a.Name = since, name
		}
		a.scopes = append(a.scopes, scopes...)
	}
	for _, g := range st.Grants {
		if g.live(now) {
			add(g.Shop, g.Name, g.Since, g.Scopes)
		}
	}
	for _, k := range st.Older.Keys {
		if k.live() {
			add(k.Shop, k.Name, k.Since, k.Scopes)
		}
	}
	list := make([]app, 0, len(byShop))
	for _, a := range byShop {
		a.Groups = grouped(a.scopes)
		list = append(list, *a)
	}
	slices.SortFunc(list, func(a, b app) int {
		return cmp.Or(b.Since.Compare(a.Since), cmp.Compare(a.Shop.ID, b.Shop.ID))
	})
	for i := range list {
		list[i].Button = "revoke"
		if i > 0 {
			list[i].Button += "-" + strconv.Itoa(i+1)
		}
	}
	return list
}

// revoke ends every grant and every older key of one shop: the seller takes the key back.
func (f front) revoke(v visit) {
	id, _ := strconv.ParseInt(v.r.PostForm.Get("revoke"), 10, 64)
	ended := 0
	err := f.store.update(v.r.Context(), func(st *state, now time.Time) {
		for _, g := range st.Grants {
			if g.Shop == id && g.live(now) {
				g.end(now)
				ended++
			}
		}
		for _, k := range st.Older.Keys {
			if k.Shop == id && k.live() {
				k.end(now)
				ended++
			}
		}
	})
	switch {
	case err != nil:
		v.failed(err)
	case ended == 0:
		v.see(pathApps)
	default:
		v.see(pathApps + "?returned=" + strconv.FormatInt(id, 10))
	}
}
