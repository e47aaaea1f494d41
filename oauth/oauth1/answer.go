package oauth1

import (
	"errors"
	"net/url"
	"strings"
	"time"

	"valetkey/oauth"
)

// Credentials are what requests are signed with: a token and its shared secret (RFC 5849 1.1). They do not expire by
// themselves. The zero value signs for the client alone.
type Credentials struct {
	Token, Secret oauth.Secret

	// Extra holds who it is, if the server said so with the credentials: any of user_id, username, screen_name and their like.
	// Cleaned: one line, printable, 200 characters at most.
	Extra    map[string]string
	Received time.Time // UTC, by the clock of this machine; zero if they did not come just now
}

// ErrUnconfirmedCallback refuses temporary credentials without oauth_callback_confirmed=true (RFC 5849 2.1).
var ErrUnconfirmedCallback = errors.New("oauth1: the server does not confirm the callback")

// told are the fields of an answer that say who it is. All others are dropped: they may be secrets.
var told = []string{"user_id", "userid", "user_nsid", "encoded_user_id", "username", "user_name", "screen_name", "fullname"}

// formAnswer is an answer of form-encoded fields (RFC 5849 2.1 and 2.3), decoded.
type formAnswer struct {
	status int
	fields map[string][]string
}

// readForm reads an answer, whatever it says it is. Pieces that cannot be decoded are left out: an odd extra is not to cost
// credentials that cannot be had again. Errors are *[oauth.AnswerError].
func readForm(received *oauth.Received) (*formAnswer, error) {
	answer := &formAnswer{status: received.Status, fields: map[string][]string{}}
	text := strings.TrimSpace(string(received.Body))
	switch {
	case text == "":
		return nil, answer.unusable("empty")
	case strings.ContainsAny(text[:1], "{[<"):
		return nil, answer.unusable("not form-encoded")
	}
	for piece := range strings.SplitSeq(text, "&") {
		name, value, _ := strings.Cut(piece, "=")
		name, nameErr := url.QueryUnescape(name)
		value, valueErr := url.QueryUnescape(value)
		if valueErr != nil {
			value = "" // which no field of ours may be
		}
		if nameErr == nil {
			answer.fields[name] = append(answer.fields[name], value)
		}
	}
	return answer, nil
}

// one gives a field that has to be there once and to hold something that can be sent.
func (a *formAnswer) one(name string) (string, error) {
	values := a.fields[name]
	switch {
	case len(values) == 0:
		return "", a.unusable("no " + name)
	case len(values) > 1:
		return "", a.unusable(name + " stands twice")
	case !isToken(values[0]):
		return "", a.unusable(name + " is empty or garbled")
	}
	return values[0], nil
}

// credentials gives the pair that both answers are about.
func (a *formAnswer) credentials() (Credentials, error) {
	token, err := a.one("oauth_token")
	if err != nil {
		return Credentials{}, err
	}
	secret, err := a.one("oauth_token_secret")
	if err != nil {
		return Credentials{}, err
	}
	return Credentials{Token: oauth.NewSecret(token), Secret: oauth.NewSecret(secret)}, nil
}

// extra gives what the server tells of the person, as far as it is plain.
func (a *formAnswer) extra() map[string]string {
	extra := map[string]string{}
	for _, name := range told {
		if values := a.fields[name]; len(values) == 1 {
			if text := oauth.CleanText(values[0], longestAdvice); text != "" {
				extra[name] = text
			}
		}
	}
	return extra
}

func (a *formAnswer) unusable(reason string) error {
	return &oauth.AnswerError{Reason: reason, Status: a.status}
}
