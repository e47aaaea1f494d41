package words

import (
	"time"

	"golang.org/x/text/language"
	"golang.org/x/text/message"
)

// Number writes a number for people as the language does: "10,000", "10.000". What is a name rather than a number, such as a
// port or an account, is not for it.
func Number(n int) string { return current().number(n) }

// Seconds writes a short time in seconds to two places, without the unit: "0.12", "0,12". It is never nothing: what took less
// than a hundredth is one.
func Seconds(d time.Duration) string {
	return message.NewPrinter(language.Make(Language())).Sprintf("%.2f", max(0.01, d.Seconds()))
}

func (t *tongue) number(n int) string { return message.NewPrinter(language.Make(t.tag)).Sprint(n) }
