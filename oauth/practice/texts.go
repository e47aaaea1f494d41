package practice

import "fmt"

// scopeNames are the permissions this market knows, in the order in which they are shown. The last letter says what each
// can do: r reads, w changes, d deletes.
var scopeNames = []string{
	"shops_r", "listings_r", "transactions_r", "email_r", "profile_r", "address_r",
	"shops_w", "listings_w", "transactions_w", "profile_w", "address_w",
	"listings_d",
}

// texts is every word that a person reads on the pages, and in the help of the faults.
var texts = map[string]string{
	"market":        "Practice market",
	"market.motto":  "Nothing here is real",
	"market.foot":   "This market runs on your own computer, for practice. It has no passwords and no customers.",
	"app":           "Valet Key",
	"nav.apps":      "Apps you use",
	"nav.switches":  "Switches",
	"host.refused":  "This address is not answered here.",
	"signin.title":  "Sign in to practise",
	"signin.lead":   "A real market would ask for your password here, on its own page. This one only wants to know which shop you are today.",
	"signin.name":   "Name",
	"signin.hint":   "Your first name",
	"signin.free":   "optional",
	"signin.shop":   "Your shop",
	"signin.press":  "Sign in",
	"signin.nobody": "Seller",
	"signin.goods":  "%d listings",

	"consent.title":  "%s asks for a key to %s",
	"consent.who":    "Signed in as %s",
	"consent.switch": "Use another shop",
	"consent.lead":   "It would be able to:",
	"consent.never":  "It will never see a password.",
	"consent.back":   "Your answer goes back to %s",
	"consent.typed":  "After Allow you see a number, which you type into the app.",
	"consent.bare":   "It would see no more than everybody sees.",
	"consent.keep":   "You can take the key back at any time, under Apps you use.",
	"consent.allow":  "Allow",
	"consent.deny":   "Deny",

	"risk.read":   "Look at",
	"risk.change": "Change",
	"risk.delete": "Delete for good",

	"scope.shops_r":        "The shop: its settings, sections and shipping",
	"scope.listings_r":     "All listings, drafts and ended ones too",
	"scope.transactions_r": "Sales, with buyers’ names and addresses",
	"scope.email_r":        "Your name and e-mail address",
	"scope.profile_r":      "Your profile",
	"scope.address_r":      "Your own addresses",
	"scope.shops_w":        "The shop: its settings, sections and shipping",
	"scope.listings_w":     "Listings: write new ones, edit what is there",
	"scope.transactions_w": "Orders: mark them as sent, add tracking",
	"scope.profile_w":      "Your profile",
	"scope.address_w":      "Your own addresses",
	"scope.listings_d":     "Listings; what is deleted does not come back",

	"scope.shops_rw":     "The shop: its description, messages and sections",
	"scope.billing_r":    "Your bills: what you were charged and what you paid",
	"scope.feedback_r":   "Feedback, with what was bought",
	"scope.favorites_rw": "Your favourite listings and people",
	"scope.cart_rw":      "Your own shopping cart",
	"scope.recommend_rw": "Listings recommended to you: accept or reject them",
	"scope.treasury_r":   "Your treasuries and the comments on them",
	"scope.treasury_w":   "Treasuries and comments: make and delete them",

	"verifier.title": "Type this number into the app",
	"verifier.lead":  "Go back to %s and type it there. That opens %s, as you have allowed.",
	"verifier.once":  "It works once, and for ten minutes. Give it to nobody who asks for it.",
	"denied.title":   "Nothing was allowed",
	"denied.text":    "You pressed Deny, so the app gets no key and nothing was changed. Go back to the app; there is nothing to type.",

	"apps.title":    "Apps you use",
	"apps.lead":     "Each of these holds a key to one of your practice shops. Take it back and it opens nothing more, from that moment.",
	"apps.none":     "No app holds a key to your practice shops.",
	"apps.how":      "Press Connect a shop in Valet Key, and choose the practice shop.",
	"apps.since":    "Allowed by %s on %s",
	"apps.revoke":   "Revoke",
	"apps.returned": "%s no longer opens %s.",

	"switches.title":     "Switches",
	"switches.lead":      "Make something go wrong on purpose, and see what your app makes of it. Programs find the same switches at",
	"switches.command":   "valetkey practice",
	"switches.faults":    "The next thing to go wrong",
	"switches.none":      "Nothing: clear all of them",
	"switches.left":      "%d to come",
	"switches.times":     "How many times",
	"switches.arm":       "Set",
	"switches.lifetimes": "How long keys live",
	"switches.access":    "Access token",
	"switches.refresh":   "Refresh token",
	"switches.ttl":       "Write 90s, 5m, 1h or 90d. It counts for keys handed out from now on.",
	"switches.clocks":    "Clocks, in the older API",
	"switches.refused":   "A signed request carries the time. One that is further off than this is refused.",
	"switches.window":    "At most",
	"switches.redirects": "Where answers may be sent",
	"switches.letter":    "Compared letter for letter.",
	"switches.add":       "One more address",
	"switches.save":      "Save",
	"switches.saved":     "Saved.",

	"fault.deny":         "pressing Allow answers as if Deny had been pressed",
	"fault.deny-silent":  "either button ends on a dead page that never calls back",
	"fault.wrong-shop":   "consent is given by another shop’s account",
	"fault.server-error": "the token endpoint answers 500, and nothing is spent",
	"fault.lost-answer":  "the token endpoint does its work, but its answer is lost (500)",
	"fault.json-only":    "the token endpoint refuses a form with 403; the same as JSON would do",
	"fault.revoked":      "the next refresh is told that the refresh token is revoked, and the key ends",
	"fault.rate-limit":   "429, too many calls this second, Retry-After 1",
	"fault.day-limit":    "429, too many calls today, Retry-After 3600",
	"fault.api-down":     "a call to the API answers 500; tokens still work",
	"fault.slow":         "an answer takes 8 seconds",
	"fault.hang":         "a request gets no answer for 55 seconds, then 504",

	"fault.unconfirmed":       "older API: the callback is not confirmed with the temporary credentials",
	"fault.hostile-login-url": "older API: the address to sign in at is a javascript: address",
	"fault.foreign-login-url": "older API: the address to sign in at is on another host",
	"fault.wrong-token":       "older API: Allow calls back with somebody else’s token",
	"fault.verifier-expired":  "older API: the verifier has expired by the time it is used",
	"fault.clock-ahead":       "older API: the market’s clock is 20 minutes ahead for one request",
	"fault.older-ended":       "older API: it is said to have ended, as the real one was",
	"fault.exchange-ended":    "an older key is no longer exchanged for one of today",

	"older.ended": "Version 2 of this API has ended. Version 3 has taken its place.",

	"refused.over.title":     "This sign-in has ended",
	"refused.over.text":      "It was used already, or it waited too long. Nothing was changed. Go back to the app and start again.",
	"refused.link.title":     "This link cannot be read",
	"refused.link.text":      "The link that brought you here is damaged, or says a thing twice. Go back to the app and start again.",
	"refused.client.title":   "The application is not recognized.",
	"refused.client.text":    "application not recognized: the app sent a keystring that this market does not know. Nothing was allowed, nothing was changed.",
	"refused.redirect.title": "The requested redirect URL is not permitted.",
	"refused.redirect.text":  "The app asked for its answer to be sent to an address that is not registered for it, letter for letter. Nothing was allowed, nothing was changed.",

	"dead.title":   "Uh oh. A stitch has gone awry.",
	"dead.text":    "This page leads nowhere, and the app will hear nothing. A real market has done this when Deny was pressed. Go back to the app and cancel there.",
	"stale.title":  "This page is out of date",
	"stale.text":   "It was made for another visit, so what you pressed was not done. Go back to the app and start again.",
	"lost.title":   "There is nothing here",
	"lost.text":    "The address may have been cut short. Go back to the app and start again.",
	"broken.title": "The market is closed for a moment",
	"broken.text":  "It could not read or write its notes on this computer. Nothing was changed. Try again.",
}

// text is the sentence with that id, its places filled in.
func text(id string, values ...any) string {
	sentence, known := texts[id]
	if !known {
		panic("practice: no text " + id) // a slip of ours: a test walks through all of them
	}
	if len(values) == 0 {
		return sentence
	}
	return fmt.Sprintf(sentence, values...)
}
