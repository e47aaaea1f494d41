package answer

import (
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"valetkey/valet/words"
)

// Say puts a value into words: money and moments as people write them, yes and no, how much there is in what is folded. raw is
// what the answer itself has there, where that is something else; "" where it is the same.
func (n *Node) Say(now time.Time) (said, raw string) {
	switch n.Kind {
	case Null:
		return "–", ""
	case Bool:
		if n.Text == "true" {
			return words.T("trial.yes"), ""
		}
		return words.T("trial.no"), ""
	case Number:
		if at, ok := n.moment(); ok {
			return words.When(at, now), n.Text
		}
	case List:
		return words.N("trial.entries", len(n.Below)), ""
	case Object:
		return n.summary(), ""
	}
	return OneLine(n.Text), ""
}

// summary is what a folded object is known by.
func (n *Node) summary() string {
	if money, ok := n.money(); ok {
		return money
	}
	for _, name := range naming {
		if m := n.Member(name); m != nil && m.Kind == String && m.Text != "" {
			return OneLine(m.Text)
		}
	}
	return words.N("trial.fields", len(n.Below))
}

// naming are the members that tell one thing from another to a person.
var naming = []string{"title", "name", "shop_name", "login_name", "first_name", "review", "message", "description", "label", "error"}

// money reads an amount of money as the API writes it: {amount, divisor, currency_code}.
func (n *Node) money() (string, bool) {
	if len(n.Below) != 3 {
		return "", false
	}
	amount, divisor, currency := n.Member("amount"), n.Member("divisor"), n.currency()
	if amount == nil || divisor == nil || currency == "" {
		return "", false
	}
	units, err := strconv.ParseInt(amount.Text, 10, 64)
	parts, bad := strconv.ParseInt(divisor.Text, 10, 64)
	if err != nil || bad != nil {
		return "", false
	}
	return words.Money(units, parts, currency), true
}

// momentName is what members are called that hold a moment in seconds.
var momentName = regexp.MustCompile(`(_timestamp|_tsz|_date|_at|^created|^updated|^timestamp)$`)

// The moments that a number is taken for: from 2000 to 2100. A year, an amount or an id is not among them by its name.
const firstMoment, lastMoment = 946684800, 4102444800

func (n *Node) moment() (time.Time, bool) {
	seconds, err := strconv.ParseInt(n.Text, 10, 64)
	if err != nil || n.Kind != Number || !momentName.MatchString(n.Name) || seconds < firstMoment || seconds >= lastMoment {
		return time.Time{}, false
	}
	return time.Unix(seconds, 0), true
}

// longestLine is how much of a text stands in one line, in octets; more could not be seen.
const longestLine = 400

// unseen are letters that cannot be seen and change how others look.
func unseen(r rune) bool { return unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) }

// OneLine is a text in one line, without what cannot be seen.
func OneLine(text string) string {
	if len(text) > longestLine {
		text = text[:longestLine]
		for !utf8.ValidString(text) {
			text = text[:len(text)-1]
		}
		text += "…"
	}
	return strings.Join(strings.FieldsFunc(text, func(r rune) bool {
		return unicode.IsSpace(r) || unseen(r)
	}), " ")
}

// Label is a name of the API as a person reads it: a word of the seller's language for the usual ones, else the name itself, where
// opened_timestamp is Opened, is_gift is Gift.
func Label(name string) string {
	if word := words.Column(name); word != "" {
		return word
	}
	for _, end := range []string{"_timestamp", "_tsz"} {
		name = strings.TrimSuffix(name, end)
	}
	for _, start := range []string{"is_", "was_", "has_"} {
		name = strings.TrimPrefix(name, start)
	}
	name = OneLine(strings.ReplaceAll(name, "_", " "))
	first, size := utf8.DecodeRuneInString(name)
	if size == 0 {
		return ""
	}
	return string(unicode.ToUpper(first)) + name[size:]
}
