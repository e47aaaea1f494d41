package valet

import (
	"cmp"
	"context"
	"errors"
	"net/url"
	"sync"
	"time"

	"valetkey/oauth"
	"valetkey/oauth/etsy"
)

// preflightLimit bounds the question whether the app key is good, asked before the browser opens.
const preflightLimit = 5 * time.Second

// keepLimit bounds keeping what was won: a lock, the keyring with its unlock prompt, and asking which shop it should be.
const keepLimit = 5 * time.Minute

// walk is one Connect on its way: what was asked, and what has been won so far.
type walk struct {
	valet   *Valet
	request ConnectRequest
	market  Market
	key     AppKey
	client  *client
	kind    StoreKind
	before  *seat // the connection to renew; nil for a new one
	adrift  bool  // its store cannot be used: it moves to kind
	scopes  []oauth.Scope
	over    func() // takes the note of who waits on the port away; nil: there is none
}

// Connect leads through the walk: Ask, Approve, Receive, Keep. It returns when the key is kept, or with what ended the walk;
// then the stores are as they were. The browser is answered after the save.
//
// Errors: what [Providers.Complete] and [AppKeys.Pick] give, [UnknownScope], [FlowWaiting], [PortBusy], [AppKeyRefused],
// [StoreTrouble] before the browser opens; [Denied], [TimedOut], [Cancelled], [ConsentError], [WrongIssuer] while it is open;
// [ExchangeRefused], [BadAnswer], [Unreachable], [WrongShop], [NotKept] after; and [EndedTogether], where the key is kept and
// the provider has ended it. One walk at a time waits on a redirect.
func (v *Valet) Connect(ctx context.Context, request ConnectRequest) (Connection, error) {
	w, err := prepare(ctx, v, request)
	if err != nil {
		return Connection{}, err
	}
	if err := v.walks.begin(w.key.Redirect); err != nil {
		return Connection{}, err
	}
	defer v.walks.end(w.key.Redirect)
	if w.before != nil && w.before.snapshot().Status == NeedsAuthorization {
		defer w.before.mark(Authorizing)()
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	if err := w.pages(ctx); err != nil {
		return Connection{}, err
	}
	c, err := w.run(ctx)
	if w.before != nil && c.ID == "" && err != nil {
		v.History.failed(ctx, w.before.snapshot(), DeedReconnected, "", err)
	}
	return c, err
}

// prepare is Ask: everything that can be known to be wrong before a browser opens.
func prepare(ctx context.Context, v *Valet, request ConnectRequest) (*walk, error) {
	w := &walk{valet: v, request: request}
	if request.Reconnect != "" {
		before, err := v.seat(request.Reconnect)
		if err != nil {
			return nil, err
		}
		w.resume(before)
	}
	var err error
	if w.market, err = v.Providers.Complete(ctx, w.request.Provider); err != nil {
		return nil, err
	}
	if w.key, err = v.Keys.Pick(w.market.ID, w.request.AppKey); err != nil {
		return nil, err
	}
	if w.scopes, err = w.market.scopes(w.request.Scopes); err != nil {
		return nil, err
	}
	if err := w.checkName(); err != nil {
		return nil, err
	}
	if err := w.chooseStore(ctx); err != nil {
		return nil, err
	}
	key, secret, err := v.Keys.open(ctx, w.key.ID)
	if err != nil {
		return nil, err
	}
	w.key, w.client = key, v.channel.client(w.market, key, secret)
	return w, w.preflight(ctx)
}

// checkName refuses a NAME that cannot be had, whoever answers: one of another market's key stays where it is.
func (w *walk) checkName() error {
	wish := w.request.Name
	if wish == "" || w.before != nil {
		return nil
	}
	for _, c := range w.valet.Connections() {
		if c.Name == wish && c.Provider != w.market.ID {
			return &Error{Kind: NameTaken, Subject: wish}
		}
	}
	return checkName(wish)
}

// resume takes from the connection to renew what the request leaves open.
func (w *walk) resume(before *seat) {
	known := before.snapshot()
	w.before = before
	w.request.Provider = known.Provider
	if w.request.AppKey == "" {
		w.request.AppKey = known.AppKey
	}
	if len(w.request.Scopes) == 0 {
		w.request.Scopes = known.Asked
	}
}

// chooseStore proves that what will be won can be kept. Practice goes on in memory where that is offered; for a real key, and
// for one that would have to move, somebody has to say so.
func (w *walk) chooseStore(ctx context.Context) error {
	stores := w.valet.Stores
	w.kind = cmp.Or(w.request.Store, InKeyring)
	own := w.kind
	if w.before != nil {
		own = w.before.snapshot().Store
		if !w.request.Move {
			w.kind = own
		}
	}
	for {
		err := stores.Probe(ctx, w.kind)
		w.adrift = w.adrift || w.kind == own && err != nil
		if err == nil {
			w.adrift = w.adrift && w.kind != own
			return nil
		}
		switch ask := w.request.Host.ChooseStore; {
		case w.before == nil && w.market.Practice && w.request.Store == "" && stores.by[InSession] != nil && w.kind != InSession:
			w.kind = InSession
		case ask != nil:
			if w.kind, err = ask(ctx, err); err != nil {
				return err
			}
		default:
			return err
		}
	}
}

// preflight asks the provider whether it knows the app key. Only a clear no ends the walk: a provider that cannot be
// reached now may be reached by the browser.
func (w *walk) preflight(ctx context.Context) error {
	if !w.market.EtsyAPI {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, preflightLimit)
	defer cancel()
	err := etsyAPI(w.client).Ping(ctx)
	var refusal *etsy.Refusal
	if errors.As(err, &refusal) && refusal.KeyTrouble() {
		return &Error{Kind: AppKeyRefused, Subject: w.market.Name, Provider: w.market.Name, Cause: err}
	}
	return nil
}

// pages starts the provider's consent pages where it is one that lives in this program.
func (w *walk) pages(ctx context.Context) error {
	builtin, ok := w.valet.Providers.find(w.market.ID)
	if !ok || builtin.Pages == nil {
		return nil
	}
	base, err := builtin.Pages(ctx)
	if err != nil {
		return err
	}
	page, err := url.Parse(w.market.AuthorizationEndpoint)
	if err != nil {
		return err
	}
	w.client.Provider.AuthorizationEndpoint = base + page.Path
	if signer := w.client.signer; signer != nil {
		for _, endpoint := range []*string{
			&signer.Provider.TemporaryCredentialsEndpoint, &signer.Provider.AuthorizationEndpoint, &signer.Provider.TokenEndpoint,
		} {
			if page, err = url.Parse(*endpoint); err != nil {
				return err
			}
			*endpoint = base + page.Path
		}
	}
	return nil
}

// run is Approve, Receive and Keep. The door is open before the browser is, and closes when the walk is over; after an answer
// it closes by itself, once the browser has fetched the result.
func (w *walk) run(ctx context.Context) (Connection, error) {
	door, err := w.listen()
	if err != nil {
		return Connection{}, err
	}
	a, err := begin(ctx, w, door)
	if err != nil {
		approval{walk: w, door: door}.leave(nil)
		return Connection{}, err
	}
	return a.lead(ctx)
}

// leave ends the waiting. The door of an answer closes by itself.
func (w approval) leave(answer *oauth.Redirection) {
	if answer == nil && w.door != nil {
		w.door.Close()
	}
	if w.over != nil {
		w.over()
	}
}

// lead waits for the answer and makes of it what it is good for. What the attempt was made with is dropped, however it ends.
func (w approval) lead(ctx context.Context) (Connection, error) {
	defer w.attempt.Forget()
	redirection, values, err := w.wait(ctx)
	w.leave(redirection)
	if err != nil {
		return Connection{}, err
	}
	c, b, err := w.receive(ctx, w.attempt, values)
	for redirection == nil && w.attempt.again(err) {
		w.refuse(err)
		if _, values, err = w.wait(ctx); err != nil {
			return Connection{}, err
		}
		c, b, err = w.receive(ctx, w.attempt, values)
	}
	if redirection != nil {
		redirection.Answer(w.page(c, err))
	}
	if err == nil {
		err = replacing{w.walk}.discard(ctx, b)
	}
	return c, err
}

// receive is all that happens to the answer: exchange, who is this, keep.
func (w *walk) receive(ctx context.Context, attempt attempt, values url.Values) (Connection, berth, error) {
	won, err := attempt.redeem(ctx, values, func() { w.step(Receive, Detail{Moment: Answered}) })
	if err != nil {
		return w.failed(), berth{}, err
	}
	granted := won.Scopes
	if granted == nil {
		granted = w.scopes
	}
	var before []oauth.Scope
	if w.before != nil {
		before = w.before.snapshot().Granted
	}
	w.step(Receive, Detail{Moment: Exchanged, Asked: w.scopes, Granted: granted, Before: before})
	account := w.valet.channel.identify(ctx, w.market, w.client, won)
	// What was won is kept, whoever loses patience now: a cancel cuts short only the question whose it is.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), keepLimit)
	defer cancel()
	w.step(Receive, Detail{Moment: Identified, Account: account, Asked: w.scopes, Granted: granted})
	c, b, err := keeping{w}.keep(ctx, won, account)
	if err != nil {
		return w.failed(), b, errors.Join(err, w.giveBack(ctx, won))
	}
	noteKept(ctx, w, c, b)
	w.step(Keep, Detail{Moment: Stored, Account: c.Account, Asked: c.Asked, Granted: c.Granted, Before: c.Before, Store: c.Store})
	return c, b, nil
}

// failed describes a walk that won nothing, for the page in the browser.
func (w *walk) failed() Connection {
	return Connection{Provider: w.market.ID, Asked: w.scopes}.at(w.market)
}

func (w *walk) page(c Connection, err error) oauth.Page {
	if w.valet.options.PageFor == nil {
		return oauth.Page{OK: err == nil}
	}
	return w.valet.options.PageFor(c, err)
}

func (w *walk) step(s Step, d Detail) {
	if w.request.Host.Step != nil {
		w.request.Host.Step(s, d)
	}
}

// giveBack revokes what was won and not kept. Where nothing can be revoked the seller is told by the error's kind.
func (w *walk) giveBack(ctx context.Context, won winnings) error {
	if w.market.RevocationEndpoint == "" {
		return nil
	}
	return withdraw(context.WithoutCancel(ctx), w.client, won.Refresh, won.Access)
}

// walks are the redirects that a walk of this process waits on.
type walks struct {
	mu      sync.Mutex
	waiting map[string]bool
}

// begin makes sure that one walk waits on a redirect.
func (w *walks) begin(redirect string) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.waiting[redirect] {
		return &Error{Kind: FlowWaiting}
	}
	if w.waiting == nil {
		w.waiting = make(map[string]bool)
	}
	w.waiting[redirect] = true
	return nil
}

func (w *walks) end(redirect string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	delete(w.waiting, redirect)
}

// noteKept writes into the history what became of a walk: a new key, or one that was renewed.
func noteKept(ctx context.Context, w *walk, c Connection, b berth) {
	deed, how := DeedConnected, ""
	if b.from != nil {
		deed = DeedReconnected
	}
	if b.from != nil && c.Before != nil {
		how = "permissions"
	}
	w.valet.History.note(ctx, c, deed, how)
}
