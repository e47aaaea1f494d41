package cli_test

import (
	"net/http"
	"net/url"
	"strings"
	"time"

	"valetkey/cli"
	"valetkey/keystore/keyringtest"
)

// browserFaults happen between the seller and the door.
var browserFaults = []fault{
	{
		name: "deny", act: func(d *desk, _ *process, consent string) {
			if err := d.browser.consent(consent, "", "deny"); err != nil || !strings.Contains(d.browser.body, "No key was made") {
				d.t.Errorf("%v: %s", err, d.browser.text())
			}
		},
		says: "The request was declined in the browser.\nNo key was made, and nothing in the shop was changed.\n" +
			"Connect again whenever you like, with fewer permissions if you prefer.\n", status: cli.Cancelled,
	},
	{
		name: "wrong state, then the right one", act: func(d *desk, p *process, consent string) {
			knock(d, http.MethodGet, callback(d, consent, url.Values{"code": {"theirs"}, "state": {"theirs"}}), http.StatusBadRequest)
			knock(d, http.MethodGet, callback(d, consent, url.Values{"code": {"theirs"}}), http.StatusBadRequest)
			allow(d, p, consent)
		},
		says: welcome, kept: "blue-fern-pottery",
	},
	{
		name: "favicon, HEAD and another path first", act: func(d *desk, p *process, consent string) {
			door := callback(d, consent, nil)
			knock(d, http.MethodGet, strings.Replace(door, "/oauth/redirect?", "/favicon.ico", 1), http.StatusNotFound)
			knock(d, http.MethodHead, callback(d, consent, url.Values{"code": {"theirs"}, "state": {"theirs"}}), http.StatusOK)
			knock(d, http.MethodPost, door, http.StatusMethodNotAllowed)
			allow(d, p, consent)
		},
		says: welcome, kept: "blue-fern-pottery",
	},
	{
		name: "second tab", act: func(d *desk, p *process, consent string) {
			first, err := consentOnly(consent)
			if err != nil {
				d.t.Fatal(err)
			}
			allow(d, p, consent)
			newBrowser().open(first) // the door may be shut already; if not, it must not spoil anything
		},
		says: welcome, kept: "blue-fern-pottery",
	},
	{
		name: "no browser", args: []string{"connect", "practice"}, act: allow, says: welcome, kept: "blue-fern-pottery",
	},
	{
		name: "Ctrl-C", act: func(d *desk, p *process, _ string) { p.interrupt() },
		says: "Stopped before it was finished.\nThe keys you have are as they were before.\nStart again whenever you like.\n", status: cli.Cancelled,
	},
}

const busy = "It would receive the answer that is meant for you, so no browser was opened.\nClose that program, then connect again.\n"

// computerFaults are those of the seller's own computer.
var computerFaults = []fault{
	{
		name: "port busy on 127.0.0.1", before: func(d *desk) { occupied(d, "127.0.0.1") },
		args: []string{"connect", "practice", "--no-browser", "--key", "busy"}, says: busy, status: cli.Failed,
	},
	{
		name: "port busy on ::1", before: func(d *desk) { occupied(d, "::1") },
		args: []string{"connect", "practice", "--no-browser", "--key", "busy"}, says: busy, status: cli.Failed,
	},
	{
		name: "the seller closes the keyring's question", before: moody(keyringtest.Mood{Locked: true, Dismiss: true}),
		says: "The keyring is still locked.\nThe system's question was closed without an answer.\n" +
			"Try again, and answer the system's question with your keyring password.\n", status: cli.NoKeyring,
	},
	{
		name: "the keyring stops in the middle", act: func(d *desk, p *process, consent string) {
			d.keyring.Set(keyringtest.Mood{Forget: true})
			if err := d.browser.consent(consent, "51730426", "allow"); err != nil || !strings.Contains(d.browser.body, "could not be stored") {
				d.t.Errorf("%v: %s", err, d.browser.text())
			}
		},
		says: "The new key could not be kept.\nIt is not stored on this computer. If Practice market still lists it, open http://127.0.0.1:3004/your/apps and revoke it there.\n" +
			"Try again. If it stays so, sign out of the computer and in again.\n", status: cli.NoKeyring,
	},
}

const down = "The keys you have are kept.\nCheck the internet connection, and try again in a few minutes.\n"

// providerFaults are those of the other side.
var providerFaults = []fault{
	{
		name: "deny without a callback, then Ctrl-C", before: switched("deny-silent"), act: func(d *desk, p *process, consent string) {
			if err := d.browser.consent(consent, "", "deny"); err != nil {
				d.t.Error(err)
			}
			p.interrupt()
		},
		says: "Stopped before it was finished.\nThe keys you have are as they were before.\nStart again whenever you like.\n", status: cli.Cancelled,
	},
	{name: "provider down", before: switched("server-error"), act: allow, says: "Practice market cannot be reached just now.\n" + down, status: cli.Unreachable},
	{name: "the answer is lost", before: switched("lost-answer"), act: allow, says: "Practice market cannot be reached just now.\n" + down, status: cli.Unreachable},
	{
		name: "a third party is down", before: market(0, "3600"), args: strictly, act: func(d *desk, _ *process, consent string) {
			d.strict.setDown(true)
			d.browser.consent(consent, "", "allow")
		},
		says: "Strict Market cannot be reached just now.\n" + down, status: cli.Unreachable,
	},
	{name: "name look-up failing", before: switched("api-down:20"), act: allow, says: "Connected. The key is called practice-84120937.\n", kept: "practice-84120937"},
	{name: "their clock an hour ahead", before: market(time.Hour, "3600"), args: strictly, act: allow, says: "Connected. The key is called strict-sons.\n", kept: "strict-sons"},
	{name: "their clock an hour behind", before: market(-time.Hour, "3600"), args: strictly, act: allow, says: "Connected. The key is called strict-sons.\n", kept: "strict-sons"},
	{name: "expires_in as text", before: market(0, `"3600"`), args: strictly, act: allow, says: "Connected. The key is called strict-sons.\n", kept: "strict-sons"},
	{name: "expires_in null", before: market(0, `null`), args: strictly, act: allow, says: "Connected. The key is called strict-sons.\n", kept: "strict-sons"},
	{name: "expires_in enormous", before: market(0, `1e30`), args: strictly, act: allow, says: "Connected. The key is called strict-sons.\n", kept: "strict-sons"},
	{name: "expires_in negative", before: market(0, `-5`), args: strictly, act: allow, says: "Connected. The key is called strict-sons.\n", kept: "strict-sons"},
}
