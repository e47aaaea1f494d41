package practice

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"sync"
	"time"
)

const (
	applicationID  = 1300420042
	limitPerSecond = 5
	limitPerDay    = 5000

	headerLeftSecond = "X-Remaining-This-Second"
	headerLeftToday  = "X-Remaining-Today"
)

// api is the resource server. Every call wants x-api-key; some want a bearer token as well.
type api struct {
	store *store
	calls *meter
}

// call is one request that has passed the checks that its route asked for.
type call struct {
	st  *state
	now time.Time
	r   *http.Request
	g   *grant // nil where no bearer token is asked for
	// form and formErr are the body, read before the state was locked: nobody's slow line may hold the others up.
	form    url.Values
	formErr error
}

// id is the number in the path, 0 if there is none.
func (c call) id() int64 {
	id, err := strconv.ParseInt(c.r.PathValue("id"), 10, 64)
	if err != nil || id < 0 {
		return 0
	}
	return id
}

// route is one operation. Where bearer is true a token is asked for, and scope too unless it is empty.
type route struct {
	bearer bool
	scope  string
	do     func(call) answer
}

func (a api) register(mux *http.ServeMux) {
	for pattern, rt := range map[string]route{
		"GET /v3/application/openapi-ping":     {do: ping},
		"POST /v3/application/scopes":          {do: tokenScopes},
		"GET /v3/application/users/me":         {true, "shops_r", me},
		"GET /v3/application/users/{id}":       {true, "email_r", user},
		"GET /v3/application/users/{id}/shops": {true, "", shopOfUser},
		"GET /v3/application/shops/{id}":       {do: shopOf},
		"GET /v3/application/listings/{id}":    {do: listingOf},

		"GET /v3/application/shops/{id}/listings":          {true, "listings_r", own(listings)},
		"GET /v3/application/shops/{id}/sections":          {do: public(sections)},
		"GET /v3/application/shops/{id}/reviews":           {do: public(reviews)},
		"GET /v3/application/shops/{id}/receipts":          {true, "transactions_r", own(receipts)},
		"GET /v3/application/shops/{id}/transactions":      {true, "transactions_r", own(transactions)},
		"GET /v3/application/shops/{id}/shipping-profiles": {true, "shops_r", own(shippingProfiles)},

		"GET /v3/application/shops/{id}/payment-account/ledger-entries": {true, "transactions_r", own(ledgerEntries)},
		"PATCH /v3/application/shops/{id}/listings/{listing}":           {true, "listings_w", own(updateListing)},
		"/v3/application/": {do: func(call) answer {
			return refuse(http.StatusNotFound, "Resource not found", "")
		}},
	} {
		mux.Handle(pattern, a.handle(rt))
	}
}

// handle puts the checks before an operation: the limits, the app key, the token.
func (a api) handle(rt route) http.Handler {
	faults := []string{faultRateLimit, faultDayLimit, faultAPIDown, faultHang, faultSlow}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		form, _, formErr := readForm(r)
		a.calls.count(w.Header(), time.Now())
		backChannel(a.store, w, r, faults, func(st *state, now time.Time) answer {
			refusal, ok := checkKey(r)
			if !ok {
				return refusal
			}
			c := call{st: st, now: now, r: r, form: form, formErr: formErr}
			if rt.bearer {
				if refusal, ok = c.checkBearer(rt.scope); !ok {
					return refusal
				}
			}
			return rt.do(c)
		})
	})
}

func ping(call) answer {
	return answer{status: http.StatusOK, body: map[string]any{"application_id": applicationID}}
}

// tokenScopes says what an access token opens. It asks for the token in the body and for no bearer.
func tokenScopes(c call) answer {
	if c.formErr != nil {
		return refuse(http.StatusBadRequest, c.formErr.Error(), "")
	}
	token := c.form.Get("token")
	if token == "" {
		return refuse(http.StatusBadRequest, "token is required", "")
	}
	g, refusal, ok := c.st.checkAccess(token, c.now)
	if !ok {
		return refusal
	}
	return answer{status: http.StatusOK, body: map[string]any{"scopes": g.Scopes}}
}

func me(c call) answer {
	return answer{status: http.StatusOK, body: map[string]any{"user_id": shopByID(c.g.Shop).UserID, "shop_id": c.g.Shop}}
}

func user(c call) answer {
	s := shopByID(c.g.Shop)
	if c.id() != s.UserID {
		return refuse(http.StatusNotFound, fmt.Sprintf("Could not find a user with user_id = %d", c.id()), "")
	}
	return answer{status: http.StatusOK, body: map[string]any{
		"user_id": s.UserID, "primary_email": s.email(),
		"first_name": c.g.Name, "last_name": "", "image_url_75x75": nil,
	}}
}

func shopOfUser(c call) answer {
	s := shopByUser(c.id())
	if s.ID == 0 {
		return refuse(http.StatusNotFound, fmt.Sprintf("Could not find a shop for user with user_id = %d", c.id()), "")
	}
	return answer{status: http.StatusOK, body: s.json()}
}

func shopOf(c call) answer {
	s := shopByID(c.id())
	if s.ID == 0 {
		return refuse(http.StatusNotFound, fmt.Sprintf("Could not find a shop with shop_id = %d", c.id()), "")
	}
	return answer{status: http.StatusOK, body: s.json()}
}

// meter counts the calls that this process has seen, for the rate-limit headers. It refuses nothing: that is a fault's part.
// The day is a sliding one. Safe for many goroutines.
type meter struct {
	mu    sync.Mutex
	calls []time.Time // of the last 24 hours, oldest first
}

// count counts one call and says on h what is left.
func (m *meter) count(h http.Header, now time.Time) {
	m.mu.Lock()
	defer m.mu.Unlock()
	dayAgo, secondAgo := now.Add(-24*time.Hour), now.Add(-time.Second)
	old := slices.IndexFunc(m.calls, func(t time.Time) bool { return t.After(dayAgo) })
	if old < 0 {
		old = len(m.calls)
	}
	m.calls = append(m.calls[old:], now)
	if over := len(m.calls) - limitPerDay; over > 0 {
		m.calls = m.calls[over:]
	}
	recent := 0
	for i := len(m.calls) - 1; i >= 0 && m.calls[i].After(secondAgo) && recent < limitPerSecond; i-- {
		recent++
	}
	h.Set("X-Limit-Per-Second", strconv.Itoa(limitPerSecond))
	h.Set(headerLeftSecond, strconv.Itoa(limitPerSecond-recent))
	h.Set("X-Limit-Per-Day", strconv.Itoa(limitPerDay))
	h.Set(headerLeftToday, strconv.Itoa(limitPerDay-len(m.calls)))
}
