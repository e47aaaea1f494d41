package words

import (
	"golang.org/x/text/language"
	"golang.org/x/text/message"
)

// Number writes a number for people as the language does: "10,000", "10.000". What is a name rather than a number, such as a
// port or an account, is not for it.
func Number(n int) string { return current().number(n) }

func (t *tongue) number(n int) string { return message.NewPrinter(language.Make(t.tag)).Sprint(n) }
