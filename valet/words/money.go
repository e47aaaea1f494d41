package words

import (
	"math"
	"strconv"
	"strings"

	"golang.org/x/text/language"
	"golang.org/x/text/message"
	"golang.org/x/text/number"
)

// Money writes an amount of units of which divisor make one of the currency, as the language writes numbers: "28.00 EUR",
// "28,00 EUR". A divisor that is no power of ten gives both as they are, and so does an amount that is too large to be exact.
func Money(units, divisor int64, currency string) string {
	return current().money(units, divisor, currency)
}

func (t *tongue) money(units, divisor int64, currency string) string {
	digits := strconv.FormatInt(divisor, 10)
	if strings.TrimRight(digits, "0") != "1" || max(units, -units) >= exactBelow || units == math.MinInt64 {
		return strconv.FormatInt(units, 10) + "/" + digits + " " + currency
	}
	amount := number.Decimal(float64(units)/float64(divisor), number.Scale(len(digits)-1))
	return message.NewPrinter(language.Make(t.tag)).Sprint(amount) + " " + currency
}

// exactBelow is how many units a number has room for with every digit of a fraction right.
const exactBelow = 1e15

// Size says how large something is: "812 bytes", "3.4 kB". It is meant to be read, not to be reckoned with.
func Size(octets int) string { return current().size(octets) }

func (t *tongue) size(octets int) string {
	if octets < 1000 {
		return N("trial.size.bytes", octets)
	}
	amount, unit := float64(octets)/1000, "trial.size.kb"
	if amount >= 1000 {
		amount, unit = amount/1000, "trial.size.mb"
	}
	return T(unit, "Amount", message.NewPrinter(language.Make(t.tag)).Sprint(number.Decimal(amount, number.MaxFractionDigits(1))))
}
