package valet

import (
	"context"
	"iter"
	"net"
	"net/http"
	"net/url"
	"slices"
	"time"

	"valetkey/oauth"
)

// CheckID names one thing that a [Doctor] looks at. The names are part of what scripts may rely on.
type CheckID string

// The checks, in the order in which they are made.
const (
	CheckFolders    CheckID = "folders"     // ours, for nobody else, and with room to write
	CheckIndex      CheckID = "index"       // the list of keys is whole
	CheckProviders  CheckID = "providers"   // no provider file was passed over
	CheckKeyring    CheckID = "keyring"     // keeps what it is given
	CheckLockedFile CheckID = "locked-file" // likewise
	CheckBrowser    CheckID = "browser"     // something opens addresses
	CheckClock      CheckID = "clock"       // this computer's, and beside a provider's
	CheckNetwork    CheckID = "network"     // each host of a provider can be reached
	CheckSecret     CheckID = "secret"      // an app key's secret can be read
	CheckAppKey     CheckID = "app-key"     // its provider knows it
	CheckPort       CheckID = "port"        // its callback's port is free
	CheckRecord     CheckID = "record"      // a key can be read, and fits its line and its provider
	CheckToken      CheckID = "token"       // its access token is taken
	CheckScopes     CheckID = "scopes"      // it opens what it should
)

// Checks gives all of them, in the order in which they are made.
func Checks() []CheckID {
	return []CheckID{
		CheckFolders, CheckIndex, CheckProviders, CheckKeyring, CheckLockedFile, CheckBrowser, CheckClock, CheckNetwork,
		CheckSecret, CheckAppKey, CheckPort, CheckRecord, CheckToken, CheckScopes,
	}
}

// FindingState is how a check came out.
type FindingState string

// The states.
const (
	Fine    FindingState = "fine"
	LookAt  FindingState = "look"    // works, and is worth a look
	Wrong   FindingState = "wrong"   // something does not work
	Untried FindingState = "untried" // Reason says why
)

// Finding is what one check found. It holds no secret; words has its sentence and the next step.
type Finding struct {
	Check    CheckID
	State    FindingState
	Reason   string        // one word for it, which scripts may rely on; words has a sentence for each
	About    string        // NAME of a key, label of an app key, id of a provider; "": this computer
	Provider string        // its name, where About belongs to one
	Unnamed  bool          // About is the label of an app key that nobody gave one: Provider says more
	Subject  string        // a file, a host, a port, permissions: whatever the sentence names
	Other    string        // likewise
	Span     time.Duration // how far, or how long
	When     time.Time     // since or until when
	Err      error         // where the finding is an error that has a sentence of its own; nil otherwise
}

// Visit says what a [Doctor] is to look at. The zero value is this computer, and every key briefly.
type Visit struct {
	Key      ID        // this key whole, with what it depends on
	Provider string    // this provider whole; not read where Key is given
	Only     []CheckID // of the checks that there are for it, these; nil: all. See [Doctor.Fitting]
	Ask      bool      // the system may ask the person to unlock the keyring

	// Begin is told each check before it is made, on the goroutine of [Doctor.Examine]: a finding with no state yet. nil: nobody is.
	Begin func(Finding)
}

// Instruments are what a [Doctor] looks with. What is nil is the system's own.
type Instruments struct {
	Keyring   func(ctx context.Context) error                          // how the keyring is, asking nobody anything; an error as a [Store] gives it. nil: it is tried
	Browser   func() (program string, err error)                       // what would open an address, without starting it
	Lookup    func(ctx context.Context, host string) ([]string, error) // addresses of a host
	Proxy     func(*http.Request) (*url.URL, error)                    // which proxy a request goes through
	Transport http.RoundTripper                                        // to the hosts of providers that are not in this program
}

// Doctor looks for what is wrong. It changes nothing: no token is renewed, no browser opened, no damaged file mended, and nobody
// is asked to unlock anything unless [Visit].Ask says so. The keyring and the locked file are tried as before every walk, by an
// item that is taken out again. Safe for use by many goroutines.
type Doctor struct {
	valet *Valet
	with  Instruments
	born  time.Time // with the clock that nobody sets
}

// NewDoctor gives a doctor for what v keeps.
func NewDoctor(v *Valet, with Instruments) *Doctor {
	if with.Browser == nil {
		with.Browser = oauth.BrowserProgram
	}
	if with.Lookup == nil {
		with.Lookup = net.DefaultResolver.LookupHost
	}
	if with.Proxy == nil {
		with.Proxy = oauth.DefaultTransport().Proxy
	}
	return &Doctor{valet: v, with: with, born: time.Now()}
}

// check is one check of a round, about one thing.
type check struct {
	id    CheckID
	about string
	made  func(ctx context.Context) []Finding
}

// unnamed reports whether a check is about an app key that bears its provider's id, as one does that nobody gave a label.
func (c check) unnamed(markets *Providers) bool {
	if c.id != CheckSecret && c.id != CheckAppKey && c.id != CheckPort {
		return false
	}
	_, err := markets.Get(c.about)
	return err == nil
}

// Examine makes the checks of a visit one after the other and gives what each found as soon as it is known. It ends early with
// ctx, or with the loop; what a check found that ctx interrupted is not given. All network calls of a check together take 20 s at
// most. Errors: an unknown key or provider gives one finding.
func (d *Doctor) Examine(ctx context.Context, visit Visit) iter.Seq[Finding] {
	return func(yield func(Finding) bool) {
		r := &round{Doctor: d, visit: visit, stores: make(map[StoreKind]error)}
		for c := range r.checks() {
			if visit.Only != nil && !slices.Contains(visit.Only, c.id) {
				continue
			}
			visit.begun(c, d.valet.Providers)
			for _, finding := range c.made(ctx) {
				finding.Check = c.id
				if finding.About == "" {
					finding.About = c.about
				}
				finding.Unnamed = c.unnamed(d.valet.Providers)
				if ctx.Err() != nil || !yield(finding) {
					return
				}
			}
			if ctx.Err() != nil {
				return
			}
		}
	}
}

// round is one visit under way. It belongs to one goroutine.
type round struct {
	*Doctor
	visit  Visit
	stores map[StoreKind]error // how each was found
}

// begun tells that a check is about to be made.
func (v Visit) begun(c check, markets *Providers) {
	if v.Begin == nil {
		return
	}
	f := Finding{Check: c.id, About: c.about, Unnamed: c.unnamed(markets)}
	if market, err := markets.Get(c.about); err == nil {
		f.Provider = market.Name
	}
	v.Begin(f)
}

// one is a check's only finding.
func one(f Finding) []Finding { return []Finding{f} }

// failing makes a finding of an error: the error's own sentence says what there is to say.
func failing(state FindingState, err error, provider string) Finding {
	return Finding{State: state, Reason: findingReason(err), Provider: provider, Err: err}
}
