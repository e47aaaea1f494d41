package words

import (
	"context"
	"errors"
	"io/fs"
	"runtime"
	"strings"
	"syscall"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/nicksnyder/go-i18n/v2/i18n"

	"valetkey/oauth"
	"valetkey/oauth/etsy"
	"valetkey/valet"
)

// Trouble is an error as a person reads it: what happened, what it means, and the one thing to do next. Each is a sentence or
// two; none is empty.
type Trouble struct{ What, Means, Next string }

// String gives the three in a row.
func (t Trouble) String() string { return t.What + " " + t.Means + " " + t.Next }

// precise lists the kinds for which the provider's own cause says more than the kind.
var precise = map[valet.Kind]bool{
	"": true, valet.AppKeyRefused: true, valet.TokenRefused: true, valet.ClientRefused: true, valet.ExchangeRefused: true,
	valet.ConsentError: true, valet.Unreachable: true, valet.Declined: true, valet.Busy: true,
}

// elsewhere is the next step with a provider that is not Etsy, where the usual one names pages of Etsy's.
var elsewhere = map[etsy.Cause]string{
	etsy.KeyUnknown:         "errors.elsewhere.key-unknown.next",
	etsy.AppNotRecognized:   "errors.elsewhere.app-not-recognized.next",
	etsy.RedirectNotAllowed: "errors.elsewhere.redirect-not-allowed.next",
}

// Sentence puts err into words: by the cause where the provider gave one, else by its kind, else by what kind of error it is
// at all. nil gives the zero Trouble. It never shows the text of an error that is not ours.
func Sentence(err error) Trouble {
	if err == nil {
		return Trouble{}
	}
	e := asError(err)
	blanks := blanksOf(e)
	if cause := causeOf(e, err); cause != "" && precise[e.Kind] {
		if e.Provider == "" {
			blanks = append(blanks, "Provider", T("errors.blank.etsy"))
		}
		t := trouble(blanks, "errors.etsy."+cause, "errors.kind."+string(e.Kind))
		if id := elsewhere[etsy.Cause(cause)]; id != "" && e.Provider != "" && !strings.HasPrefix(e.Provider, T("errors.blank.etsy")) {
			t.Next = opening(id, blanks) // Etsy's pages and its address help with Etsy alone
		}
		return t
	}
	switch e.Kind {
	case valet.StoreTrouble:
		return trouble(blanks, storeID(err), "errors.store.other")
	case valet.ItemMissing, valet.RecordUnreadable:
		if e.Other != "" {
			return trouble(blanks, "errors.kind."+string(e.Kind)+".app-key")
		}
		return trouble(blanks, "errors.kind."+string(e.Kind)+"."+string(e.Store), "errors.kind."+string(e.Kind))
	case valet.BadProviderFile:
		t := trouble(blanks, "errors.kind."+string(e.Kind))
		if why := "errors.provider-file." + e.Other; known(why) {
			t.Means = T("errors.kind.bad-provider-file.why", append(blanks, "Why", T(why))...)
		}
		return t
	case valet.NotKept, valet.Unsaved:
		t := trouble(blanks, "errors.kind."+string(e.Kind), "errors.other")
		if e.Kind == valet.NotKept && e.Other == "" { // there is no page to name
			t.Means = opening("errors.kind.not-kept.pageless", blanks)
		}
		if t.Next == "" {
			t.Next = trouble(blanks, storeID(err), "errors.store.other").Next
		}
		return t
	}
	return trouble(blanks, "errors.kind."+string(e.Kind)+"."+e.Subject, "errors.kind."+string(e.Kind), "errors.other")
}

// Cause gives the sentences for a cause of Etsy's by name, for a person who read it off Etsy's own page. An unknown name gives
// the general sentence.
func Cause(name string) Trouble {
	return trouble(blanksOf(&valet.Error{Provider: T("errors.blank.etsy")}), "errors.etsy."+name, "errors.other")
}

// trouble takes the first of the ids that has sentences.
func trouble(blanks []any, ids ...string) Trouble {
	for _, id := range ids {
		if !known(id + ".what") {
			continue
		}
		t := Trouble{What: opening(id+".what", blanks), Means: opening(id+".means", blanks)}
		if known(id + ".next") {
			t.Next = opening(id+".next", blanks)
		}
		return t
	}
	return Trouble{}
}

// opening is a sentence that may begin with a blank, and so with a small letter.
func opening(id string, blanks []any) string {
	text := T(id, blanks...)
	first, size := utf8.DecodeRuneInString(text)
	return string(unicode.ToUpper(first)) + text[size:]
}

// known reports whether there is a sentence of that id.
func known(id string) bool {
	_, err := current().lookUp(&i18n.LocalizeConfig{MessageID: id})
	var missing *i18n.MessageNotFoundErr
	return !errors.As(err, &missing)
}

// blanksOf fills every blank that a sentence about an error may have; one that e leaves empty gets a general word.
func blanksOf(e *valet.Error) []any {
	or := func(text, id string) string {
		if text == "" {
			return T(id)
		}
		return text
	}
	wait := T("errors.blank.wait")
	if e.RetryAfter > 0 {
		wait = T("errors.blank.wait-for", "Left", Left(atLeast(e.RetryAfter)))
	}
	return []any{
		"Subject", or(e.Subject, "errors.blank.subject"), "Other", or(e.Other, "errors.blank.other"),
		"Provider", or(e.Provider, "errors.blank.provider"), "Life", Left(e.Life), "Wait", wait,
	}
}

// atLeast rounds a wait up, so that nobody is told to try too early.
func atLeast(wait time.Duration) time.Duration {
	unit := time.Second
	if wait > time.Minute {
		unit = time.Minute
	}
	return (wait + unit - 1).Truncate(unit)
}

// causeOf names what Etsy, or a provider that answers like it, meant by a refusal.
func causeOf(e *valet.Error, err error) string {
	var refusal *etsy.Refusal
	if errors.As(err, &refusal) {
		return string(refusal.Cause)
	}
	var answer *oauth.ErrorResponse
	if e.Provider == etsy.Provider().Name && errors.As(err, &answer) {
		if cause := etsy.CauseOf(answer); cause != etsy.RequestRefused && cause != etsy.GrantInvalid {
			return string(cause)
		}
	}
	return ""
}

// storeID finds the sentences about what ails a store, or the disk beside it.
func storeID(err error) string {
	if trouble := valet.TroubleOf(err); trouble != valet.TroubleNone {
		return "errors.store." + string(trouble)
	}
	if kind := diskKind(err); kind != "" {
		return "errors.kind." + string(kind)
	}
	return "errors.store.other"
}

// asError finds the error of package valet in err, or makes one that says the same. It is never nil.
func asError(err error) *valet.Error {
	var e *valet.Error
	if errors.As(err, &e) {
		return e
	}
	return plain(err)
}

// plain gives an error that is not of package valet the kind it would have there, or none.
func plain(err error) *valet.Error {
	var answer *oauth.ErrorResponse
	switch {
	case valet.TroubleOf(err) != valet.TroubleNone:
		return &valet.Error{Kind: valet.StoreTrouble, Cause: err}
	case errors.Is(err, context.Canceled):
		return &valet.Error{Kind: valet.Cancelled}
	case errors.Is(err, context.DeadlineExceeded):
		return &valet.Error{Kind: valet.TimedOut}
	case errors.As(err, &answer) && answer.Transient():
		return &valet.Error{Kind: valet.Unreachable, RetryAfter: answer.RetryAfter}
	case errors.Is(err, fs.ErrNotExist):
		return &valet.Error{Kind: "file-missing"}
	}
	return &valet.Error{Kind: diskKind(err)}
}

// diskKind says what the disk refused, if it was the disk.
func diskKind(err error) valet.Kind {
	const windowsDiskFull = syscall.Errno(112)
	switch {
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT), runtime.GOOS == "windows" && errors.Is(err, windowsDiskFull):
		return "disk-full"
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS):
		return "file-refused"
	}
	return ""
}
