package practice

import (
	"io"
	"net/http"
	"time"

	"valetkey/oauth/practice/signed"
)

// The app key of the older API. The keystring is the same, since it is the same app; the secret has everything in it that a
// signature may be made wrongly with.
const (
	OlderClientID     = ClientID
	OlderClientSecret = "older0not0secret+/%=& ~é"
)

// Where the older API is.
const (
	pathRequestToken = "/v2/oauth/request_token"
	pathAccessToken  = "/v2/oauth/access_token"
	pathOlderSignIn  = "/oauth/signin" // a page: people meet it
	pathOlder        = "/v2/"
)

// older is the API of before: OAuth 1.0a (RFC 5849), and what could be had with its keys.
type older struct {
	store *store
	calls *meter
	pages func(*http.Request) string // the address of the pages, for whoever sent this request
}

// use is what a request must be signed with besides the app key.
type use int

const (
	byApp       use = iota // nothing: the app asks for temporary credentials
	byTemporary            // temporary credentials
	byKey                  // token credentials
)

// olderRoute is one operation.
type olderRoute struct {
	use   use
	scope string // that the key must have; empty for none
	do    func(*olderCall) answer
}

// olderCall is one request, with the state in hand. Once it has been checked, what it was signed with is here.
type olderCall struct {
	st    *state
	now   time.Time
	r     *http.Request
	pages string
	q     *signed.Request
	bad   error // why q could not be read

	stamp   int64 // oauth_timestamp
	token   string
	waiting *temporary
	key     *olderKey
}

func (o older) register(mux *http.ServeMux) {
	for pattern, rt := range map[string]olderRoute{
		"GET " + pathRequestToken:  {byApp, "", requestToken},
		"POST " + pathRequestToken: {byApp, "", requestToken},
		"GET " + pathAccessToken:   {byTemporary, "", accessTokenOlder},
		"POST " + pathAccessToken:  {byTemporary, "", accessTokenOlder},

		"GET /v2/oauth/scopes":               {byKey, "", olderScopes},
		"GET /v2/users/{user}":               {byKey, "", olderUser},
		"GET /v2/users/{user}/shops":         {byKey, "", olderShopsOfUser},
		"GET /v2/shops/{shop}":               {byKey, "", olderShop},
		"GET /v2/shops/{shop}/listings/{at}": {byKey, "", olderListings},
		"GET /v2/shops/{shop}/sections":      {byKey, "", olderSections},
		"GET /v2/listings/{id}":              {byKey, "", olderListing},
		"PUT /v2/listings/{id}":              {byKey, "listings_w", olderUpdate},
		"GET /v2/listings/{id}/inventory":    {byKey, "listings_r", inventory},
		"PUT /v2/listings/{id}/inventory":    {byKey, "listings_w", putInventory},

		"GET /v2/shops/{shop}/receipts":           {byKey, "transactions_r", ofMine("Receipt", olderReceipts)},
		"GET /v2/shops/{shop}/transactions":       {byKey, "transactions_r", ofMine("Transaction", olderTransactions)},
		"GET /v2/users/{user}/feedback/as-seller": {byKey, "feedback_r", olderFeedback},
	} {
		mux.Handle(pattern, o.handle(rt))
	}
	mux.HandleFunc(pathOlder, olderNothing)
}

// olderNothing is what stands where the older API has nothing.
func olderNothing(w http.ResponseWriter, _ *http.Request) {
	refusePlain(http.StatusNotFound, "Not Found").plain(time.Now()).write(w)
}

// handle puts the checks before an operation.
func (o older) handle(rt olderRoute) http.Handler {
	faults := []string{faultServerError, faultRateLimit, faultDayLimit, faultHang, faultSlow, faultLostAnswer}
	if rt.use == byKey {
		faults = []string{faultRateLimit, faultDayLimit, faultAPIDown, faultHang, faultSlow}
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(io.LimitReader(r.Body, maxBody+1))
		if err != nil || len(body) > maxBody {
			refusePlain(http.StatusRequestEntityTooLarge, "The body cannot be read").plain(time.Now()).write(w)
			return
		}
		call := olderCall{r: r, pages: o.pages(r)}
		call.q, call.bad = signed.Read(r, body)
		o.calls.count(w.Header(), time.Now())
		result := turn(o.store, r, faults, func(st *state, now time.Time) answer {
			call.st, call.now = st, now
			return call.answer(rt)
		})
		if call.now.IsZero() {
			call.now = time.Now()
		}
		result.plain(call.now).write(w)
	})
}

func (c *olderCall) answer(rt olderRoute) answer {
	if c.st.take(faultOlderEnded) != "" {
		return answer{status: http.StatusForbidden, body: map[string]string{
			"error": "API v2 deprecated.", "message": text("older.ended"),
		}}
	}
	if c.st.take(faultClockAhead) != "" {
		c.now = c.now.Add(clockAhead)
	}
	if refusal, ok := c.check(rt); !ok {
		return refusal
	}
	return rt.do(c)
}
