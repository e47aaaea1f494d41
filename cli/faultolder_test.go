package cli_test

import (
	"net/http"
	"net/url"
	"strings"

	"valetkey/cli"
)

var (
	olderly = []string{"connect", "practice-v2", "--no-browser"}
	typing  = []string{"connect", "practice-v2", "--no-browser", "--paste"}
)

// olderDesk gives the desk an app key of the older API with a callback of its own, and a market that misbehaves; "" does not.
func olderDesk(faults ...string) func(*desk) {
	return func(d *desk) {
		key := strings.Split(strings.TrimSpace(olderAppKey), "\n")
		d.must([]string{"key", "set", "practice-v2", "--redirect", "http://127.0.0.1:0/oauth/redirect"}, key...)
		for _, fault := range faults {
			switched(fault)(d)
		}
	}
}

// types is a seller who allows, and then types each text; CODE in it is the one that the page shows.
func types(texts ...string) func(*desk, *process, string) {
	return func(d *desk, p *process, consent string) {
		if err := d.browser.consent(consent, "51730426", "allow"); err != nil {
			d.t.Error(err)
		}
		code := codeOnPage.FindString(d.browser.text())
		for _, text := range texts {
			if err := p.feed(strings.ReplaceAll(text, "CODE", code)); err != nil {
				d.t.Error(err)
			}
		}
		p.in.Close()
	}
}

// strangers has the door visited with somebody else's answers, then with the seller's own.
func strangers(d *desk, p *process, consent string) {
	b := newBrowser()
	b.client.CheckRedirect = func(r *http.Request, _ []*http.Request) error {
		if r.URL.Query().Has("oauth_verifier") {
			return http.ErrUseLastResponse
		}
		return nil
	}
	if err := b.consent(consent, "51730426", "allow"); err != nil {
		d.t.Error(err)
	}
	theirs, err := url.Parse(b.location())
	if err != nil || theirs.Query().Get("oauth_token") == "" {
		d.t.Fatalf("%v: sent to %q", err, b.location())
	}
	knock(d, http.MethodGet, theirs.String(), http.StatusBadRequest)
	for _, name := range []string{"state", "oauth_token"} {
		query := theirs.Query()
		query.Del(name)
		theirs.RawQuery = query.Encode()
		knock(d, http.MethodGet, theirs.String(), http.StatusBadRequest)
	}
	allow(d, p, consent)
}

const olderDown = "Practice market, older API cannot be reached just now.\n" + down

// olderFaults are those of OAuth 1.0a.
var olderFaults = []fault{
	{
		name: "wrong verifier", args: typing, before: olderDesk(), act: types("11111111"),
		says: "This is not the code that the page shows.\nA character may be wrong or missing. Nothing was changed.\nType it once more.\n", status: cli.Failed,
	},
	{name: "wrong verifier, then the right one", args: typing, before: olderDesk(), act: types("11111111", "CODE"), says: welcome, kept: "blue-fern-pottery"},
	{
		name: "expired temporary token", args: olderly, before: olderDesk("verifier-expired"), act: allow,
		says: "Practice market, older API did not wait any longer for this consent.\n" +
			"A code is good for a short time, and for a few tries. Nothing was changed.\nConnect again.\n", status: cli.Cancelled,
	},
	{
		name: "consent refused, OAuth 1.0a", args: olderly, before: olderDesk(), act: browserFaults[0].act,
		says: browserFaults[0].says, status: cli.Cancelled,
	},
	{name: "someone else's oauth_token in the callback", args: olderly, before: olderDesk("wrong-token"), act: strangers, says: welcome, kept: "blue-fern-pottery"},
	{
		name: "an unconfirmed callback", args: olderly, before: olderDesk("unconfirmed"),
		says: "Practice market, older API did not confirm where its answer goes.\n" +
			"Somebody else's answer could be put in the place of yours then. No page was opened, and nothing was kept.\n" +
			"Connect again. If it stays so, Practice market, older API speaks a form of OAuth that is not safe to use.\n", status: cli.Failed,
	},
	{name: "a login_url with a script", args: olderly, before: olderDesk("hostile-login-url"), says: notTheirs, status: cli.Failed},
	{name: "a login_url on another host", args: typing, before: olderDesk("foreign-login-url"), says: notTheirs, status: cli.Failed},
	{
		name: "an API that has ended", args: olderly, before: olderDesk("older-ended"),
		says: "This older API has ended.\nPractice market, older API answers no requests of this kind any more, and gives no keys for them. " +
			"Your keys are as they were before.\nConnect the shop with today's API.\n", status: cli.Failed,
	},
	{
		name: "a clock that cannot be followed", args: olderly, before: olderDesk("clock-ahead"),
		says: "This computer's clock and that of Practice market, older API differ too much.\n" +
			"Each request is signed with the time, and Practice market, older API takes none that is too old or too new.\n" +
			"Set the clock of this computer, then try again.\n", status: cli.Failed,
	},
	{name: "down at the first request, OAuth 1.0a", args: olderly, before: olderDesk("server-error"), says: olderDown, status: cli.Unreachable},
	{name: "the first answer is lost, OAuth 1.0a", args: olderly, before: olderDesk("lost-answer"), says: olderDown, status: cli.Unreachable},
	{
		name: "the last answer is lost, OAuth 1.0a", args: olderly, before: olderDesk(), says: olderDown, status: cli.Unreachable,
		act: func(d *desk, p *process, consent string) {
			switched("lost-answer")(d)
			d.browser.consent(consent, "51730426", "allow") // and then the page tells of it
		},
	},
	{
		name: "Ctrl-C, OAuth 1.0a", args: typing, before: olderDesk(), act: func(d *desk, p *process, _ string) { p.interrupt() },
		says: "Stopped before it was finished.\nThe keys you have are as they were before.\nStart again whenever you like.\n", status: cli.Cancelled,
	},
}

const notTheirs = "Practice market, older API sent a sign-in address that is not its own.\n" +
	"A page there could look like that of Practice market, older API and be somebody else's. It was not opened, and nothing was kept.\n" +
	"Connect again. If it stays so, ask Practice market, older API about it.\n"
