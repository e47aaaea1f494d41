package valet

import (
	"strconv"
	"strings"
	"time"

	"valetkey/oauth"
	"valetkey/oauth/etsy"
)

// mark says what an entry of a file is.
type mark int

const (
	markUnknown mark = iota
	markAccess
	markRefresh
	markKeystring
	markSecret
	markOlder       // a token of OAuth 1.0a
	markTokenSecret // its secret
	markExpires     // a moment
	markLife        // in seconds
	markIssued      // a moment
	markLabel
	markIgnored // known, and of no use here
)

// marks are the names that guides and scripts for Etsy's API use, in small letters, without what joins words and without "etsy" in
// front.
var marks = map[string]mark{
	"accesstoken": markAccess, "oauthaccesstoken": markAccess, "oauth2accesstoken": markAccess, "bearertoken": markAccess, "apitoken": markAccess,
	"refreshtoken": markRefresh, "oauthrefreshtoken": markRefresh, "oauth2refreshtoken": markRefresh,
	"keystring": markKeystring, "apikey": markKeystring, "apikeystring": markKeystring, "clientid": markKeystring, "xapikey": markKeystring,
	"consumerkey": markKeystring, "oauthconsumerkey": markKeystring, "appkey": markKeystring,
	"sharedsecret": markSecret, "apisharedsecret": markSecret, "clientsecret": markSecret, "apisecret": markSecret,
	"consumersecret": markSecret, "oauthconsumersecret": markSecret, "appsecret": markSecret,
	"oauthtoken": markOlder, "oauthtokensecret": markTokenSecret, "accesstokensecret": markTokenSecret, "tokensecret": markTokenSecret,
	"expiresat": markExpires, "expiry": markExpires, "expires": markExpires, "expirestime": markExpires, "expirytime": markExpires,
	"tokenexpiry": markExpires, "tokenexpires": markExpires, "tokenexpiresat": markExpires, "accesstokenexpiresat": markExpires,
	"expiresin": markLife, "accesstokenexpiresin": markLife, "tokenexpiresin": markLife,
	"createdat": markIssued, "obtainedat": markIssued, "savedat": markIssued, "issuedat": markIssued, "fetchedat": markIssued,
	"updatedat": markIssued, "refreshedat": markIssued, "lastrefresh": markIssued, "timestamp": markIssued,
	"shopname": markLabel, "shop": markLabel, "name": markLabel, "label": markLabel,
	"userid": markIgnored, "shopid": markIgnored, "tokentype": markIgnored, "scope": markIgnored, "scopes": markIgnored,
	"redirecturi": markIgnored, "redirecturl": markIgnored, "callbackurl": markIgnored, "apiurl": markIgnored, "apibaseurl": markIgnored,
	"refreshtokenexpiresat": markIgnored, "refreshtokenexpiresin": markIgnored,
}

// ownMarks are names that mean something only with "etsy" in front.
var ownMarks = map[string]mark{"token": markAccess, "key": markKeystring, "secret": markSecret}

// What an app key of Etsy's looks like as a rule: it is asked of names that any program may use.
var (
	usualKeystring = pattern(`^[a-z0-9]{24}$`)
	usualSecret    = pattern(`^[a-z0-9]{10}$`)
)

// markOf says what an entry of that name is; own: the name says that it is Etsy's.
func markOf(name string) (m mark, own bool) {
	var plain strings.Builder
	for _, letter := range strings.ToLower(name) {
		if letter >= 'a' && letter <= 'z' || letter >= '0' && letter <= '9' {
			plain.WriteRune(letter)
		}
	}
	rest, own := strings.CutPrefix(plain.String(), "etsy")
	rest = strings.TrimPrefix(rest, "v3")
	if m, known := marks[rest]; known {
		return m, own
	}
	if own {
		return ownMarks[rest], true
	}
	return markUnknown, false
}

// put takes an entry into the key. known is false for an entry that is none of ours, good for a value that can be what it is called. A
// value that a guide tells to replace is as good as none.
func (k *jotted) put(e scribbled) (known, good bool) {
	m, own := markOf(e.name)
	value := strings.TrimSpace(e.value)
	if m == markUnknown || m == markIgnored || value == "" || placeholder(value) {
		return m != markUnknown, true
	}
	switch m {
	case markAccess, markRefresh, markOlder, markTokenSecret:
		return k.putToken(m, own, value)
	case markKeystring, markSecret:
		return k.putAppKey(m, own, value)
	case markExpires, markIssued:
		moment, ok := momentIn(value)
		if m == markExpires {
			k.Expires = moment
		} else {
			k.issued = moment
		}
		return true, ok
	case markLife:
		seconds, err := strconv.ParseFloat(value, 64)
		ok := err == nil && seconds > 0 && seconds < 1e9
		if ok {
			k.life = time.Duration(seconds) * time.Second
		}
		return true, ok
	}
	if k.Label == "" {
		k.Label = labelIn(value)
	}
	return true, true
}

// putToken takes a token. One of today begins with the member's number: another program's token, which may go by the same name, is
// nobody's business here and is sent nowhere.
func (k *jotted) putToken(m mark, own bool, value string) (known, good bool) {
	const longest = 16 << 10
	shaped := len(value) <= longest && !strings.ContainsFunc(value, func(r rune) bool { return r <= ' ' || r > '~' })
	secret := oauth.NewSecret(value)
	today := shaped && etsy.UserID(secret) != ""
	switch {
	case m == markTokenSecret && shaped:
		k.tokenSecret = secret
	case m == markOlder && shaped, m == markAccess && shaped && !today:
		k.older, k.olderEnd = secret, lastFour(value) // of use only beside its secret
		return own || m == markOlder, true
	case m == markAccess && today:
		k.access, k.AccessEnd = secret, lastFour(value)
	case m == markRefresh && today:
		k.refresh, k.RefreshEnd = secret, lastFour(value)
	default:
		return own, false
	}
	return true, true
}

// putAppKey takes a half of the app key, or both where they are written as the header wants them.
func (k *jotted) putAppKey(m mark, own bool, value string) (known, good bool) {
	keystring, secret := value, ""
	if m == markSecret {
		keystring, secret = "", value
	} else if first, second, both := strings.Cut(value, ":"); both {
		keystring, secret = first, second
	}
	if !own && (keystring != "" && !usualKeystring().MatchString(keystring) || secret != "" && !usualSecret().MatchString(secret)) && !k.trusted {
		return false, true
	}
	if keystring != "" && !goodClientID(keystring) || len(secret) > 1000 {
		return true, false
	}
	if keystring != "" {
		k.keystring, k.HasKeystring = keystring, true
	}
	if secret != "" {
		k.secret, k.HasSecret = oauth.NewSecret(secret), true
	}
	return true, true
}

// placeholder reports whether a value is what a guide tells to replace.
func placeholder(value string) bool {
	lower := strings.ToLower(value)
	return strings.HasPrefix(lower, "your") || strings.HasPrefix(lower, "<") || strings.HasSuffix(lower, "...") || strings.HasPrefix(lower, "xxx")
}

// lastFour gives the end of a token that is long enough not to be told by it.
func lastFour(token string) string {
	if len(token) < 16 {
		return ""
	}
	return token[len(token)-4:]
}

// tokenLike finds what may be a token of Etsy's in a text that is to be shown.
var tokenLike = pattern(`[0-9]\.[^ ]{4}|[A-Za-z0-9_-]{28}`)

// labelIn is what a person called a key; nothing where it may be something else.
func labelIn(text string) string {
	text = printable(strings.TrimSpace(text))
	if len(text) > 60 || tokenLike().MatchString(text) {
		return ""
	}
	return text
}

// momentIn reads a moment as scripts write it: seconds or milliseconds since 1970, or a date.
func momentIn(value string) (time.Time, bool) {
	if number, err := strconv.ParseFloat(value, 64); err == nil {
		if number > 1e11 {
			number /= 1000
		}
		return time.Unix(int64(number), 0).UTC(), number > 1e9 && number < 1e10
	}
	for _, form := range []string{time.RFC3339, "2006-01-02T15:04:05.999999", "2006-01-02 15:04:05.999999", "2006-01-02 15:04:05.999999-07:00"} {
		if moment, err := time.ParseInLocation(form, value, time.Local); err == nil {
			return moment.UTC().Round(0), true
		}
	}
	return time.Time{}, false
}
