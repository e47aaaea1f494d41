package valet_test

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"testing"

	"valetkey/oauth"
	"valetkey/oauth/etsy"
	"valetkey/oauth/oauth1"
	"valetkey/oauth/practice"
	"valetkey/valet"
)

// Where the older API of the practice market is.
const (
	olderRequestToken = "/v2/oauth/request_token"
	olderAccessToken  = "/v2/oauth/access_token"
	olderShops        = "/v2/users/__SELF__/shops"
)

// olderKit is a kit whose market is the practice provider's older API.
type olderKit struct {
	*kit
	line *olderLine
}

// olderLine is the back channel to the older API. It counts what is asked, and can be broken before the market hears of a request or
// after it has acted.
type olderLine struct {
	next          http.RoundTripper
	before, after func(*http.Request) error

	mu    sync.Mutex
	asked map[string]int // by path
}

// RoundTrip passes a request on.
func (l *olderLine) RoundTrip(request *http.Request) (*http.Response, error) {
	l.mu.Lock()
	l.asked[request.URL.Path]++
	l.mu.Unlock()
	if l.before != nil {
		if err := l.before(request); err != nil {
			return nil, err
		}
	}
	response, err := l.next.RoundTrip(request)
	if err == nil && l.after != nil {
		if lost := l.after(request); lost != nil {
			response.Body.Close()
			return nil, lost
		}
	}
	return response, err
}

func (l *olderLine) count(path string) int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.asked[path]
}

// total is how many requests have gone out.
func (l *olderLine) total() (sum int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, n := range l.asked {
		sum += n
	}
	return sum
}

func newOlderKit(t *testing.T) *olderKit {
	t.Helper()
	k := newKit(t)
	o := &olderKit{k, &olderLine{next: k.practice.Transport(), asked: map[string]int{}}}
	k.options.Builtin = append(k.options.Builtin, olderMarket(o.line))
	k.start(t)
	return o
}

func olderMarket(transport http.RoundTripper) valet.Builtin {
	local := func(address string) string {
		parsed, err := url.Parse(address)
		if err != nil {
			panic(err)
		}
		return "http://" + practice.DefaultAddress + parsed.Path
	}
	p := etsy.OlderProvider()
	p.ID, p.Name = "practice-v2", "Practice"
	p.API, p.Account.URL, p.WithdrawPage = local(""), local(p.Account.URL), local("/your/apps")
	return valet.Builtin{
		Market: valet.Market{Provider: p, Redirect: "http://127.0.0.1:0/back", BuiltIn: true, Practice: true, OAuth1: &oauth1.Provider{
			TemporaryCredentialsEndpoint: local(etsy.OlderTemporaryCredentials), AuthorizationEndpoint: local(etsy.OlderAuthorization),
			TokenEndpoint: local(etsy.OlderToken), ScopeParameter: etsy.OlderScopeParameter,
		}},
		Key: &valet.NewAppKey{Provider: "practice-v2", Label: "older", ClientID: practice.OlderClientID,
			Secret: oauth.NewSecret(practice.OlderClientSecret), Redirect: "http://127.0.0.1:0/back"},
		Transport: transport,
	}
}

var verifierShown = regexp.MustCompile(`id="verifier"[^>]*><span>(\d+)</span><span>(\d+)</span>`)

// shown presses allow for shop number n on a page that shows a verifier, and gives it.
func (o *olderKit) shown(t *testing.T, address string, n int) string {
	t.Helper()
	_, page := pressed(t, o.practice.Transport(), "/back?", address, n, "allow")
	found := verifierShown.FindStringSubmatch(page)
	if found == nil {
		t.Fatalf("no verifier on the page:\n%s", page)
	}
	return found[1] + found[2]
}

// typed walks as shop number n and types what texts makes of the verifier, one text after another as each is refused. It gives
// the kinds that the refusals had.
func (o *olderKit) typed(t *testing.T, n int, request valet.ConnectRequest, texts func(verifier string) []string) (valet.Connection, []valet.Kind, error) {
	t.Helper()
	var refused []valet.Kind
	var rest []string
	pasted := make(chan string, 1)
	next := func() {
		if len(rest) > 0 {
			pasted <- rest[0]
			rest = rest[1:]
			return
		}
		close(pasted)
	}
	request.Provider, request.NoListen = "practice-v2", true
	request.Host.Pasted = pasted
	request.Host.Open = func(_ context.Context, address string) error {
		rest = texts(o.shown(t, address, n))
		next()
		return nil
	}
	request.Host.PasteRefused = func(err error) {
		refused = append(refused, valet.KindOf(err))
		next()
	}
	c, err := o.valet.Connect(t.Context(), request)
	return c, refused, err
}

// mustType walks to the end with the verifier as it is shown.
func (o *olderKit) mustType(t *testing.T, n int, request valet.ConnectRequest) valet.Connection {
	t.Helper()
	c, refused, err := o.typed(t, n, request, func(verifier string) []string { return []string{verifier} })
	if err != nil || len(refused) != 0 {
		t.Fatal(refused, err)
	}
	return c
}

// called walks with a callback: visit is what a browser does with the consent page, and with the door.
func (o *olderKit) called(t *testing.T, request valet.ConnectRequest, visit func(consent string)) (valet.Connection, error) {
	t.Helper()
	var visits sync.WaitGroup
	request.Provider = "practice-v2"
	request.Host.Open = func(_ context.Context, address string) error {
		visits.Go(func() { visit(address) })
		return nil
	}
	c, err := o.valet.Connect(t.Context(), request)
	visits.Wait()
	return c, err
}

// knock asks the door for an address, as a browser does, and gives the status. The result stands on the page it ends on.
func knock(t *testing.T, address string) int {
	t.Helper()
	response, err := http.Get(address)
	if err != nil {
		t.Errorf("the door: %v", err)
		return 0
	}
	response.Body.Close()
	return response.StatusCode
}

// press is a browser that answers for shop number n and goes where it is sent.
func (o *olderKit) press(t *testing.T, consent string, n int, decision string) {
	t.Helper()
	landed, page := pressed(t, o.practice.Transport(), "/back?", consent, n, decision)
	if landed == "" {
		t.Errorf("sent nowhere:\n%s", page)
		return
	}
	if status := knock(t, landed); status != http.StatusOK {
		t.Errorf("the door answered %d", status)
	}
}

func (o *olderKit) fault(t *testing.T, name string) {
	t.Helper()
	if err := o.practice.Configure(practice.Switches{Fault: name}); err != nil {
		t.Fatal(err)
	}
}

// get asks the older API.
func (o *olderKit) get(t *testing.T, id valet.ID, path string) (valet.Reply, error) {
	t.Helper()
	return o.valet.Requests.Send(t.Context(), id, valet.Request{Method: http.MethodGet, Path: path})
}

var errCut = errors.New("the line was cut")

// only makes a break happen to one path alone.
func only(path string, err error) func(*http.Request) error {
	return func(request *http.Request) error {
		if strings.HasSuffix(request.URL.Path, path) {
			return err
		}
		return nil
	}
}
