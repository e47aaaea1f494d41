package practice

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Fault is something that can be made to go wrong. Name is what a switch takes, Meaning one line for a help text.
type Fault struct {
	Name, Meaning string
}

const (
	faultDeny            = "deny"
	faultDenySilent      = "deny-silent"
	faultWrongShop       = "wrong-shop"
	faultUnconfirmed     = "unconfirmed"
	faultHostileLoginURL = "hostile-login-url"
	faultForeignLoginURL = "foreign-login-url"
	faultWrongToken      = "wrong-token"
	faultVerifierExpired = "verifier-expired"
	faultClockAhead      = "clock-ahead"
	faultOlderEnded      = "older-ended"
	faultExchangeEnded   = "exchange-ended"
	faultServerError     = "server-error"
	faultLostAnswer      = "lost-answer"
	faultJSONOnly        = "json-only"
	faultRevoked         = "revoked"
	faultRateLimit       = "rate-limit"
	faultDayLimit        = "day-limit"
	faultAPIDown         = "api-down"
	faultSlow            = "slow"
	faultHang            = "hang"

	noFault   = "none"
	maxFaults = 1000 // times

	clockAhead = 20 * time.Minute
)

// faultNames are all of them, in the order in which a connection meets them; those of the older API alone come after.
var faultNames = []string{
	faultDeny, faultDenySilent, faultWrongShop,
	faultServerError, faultLostAnswer, faultJSONOnly, faultRevoked,
	faultRateLimit, faultDayLimit, faultAPIDown, faultSlow, faultHang,
	faultUnconfirmed, faultHostileLoginURL, faultForeignLoginURL, faultWrongToken, faultVerifierExpired, faultClockAhead, faultOlderEnded, faultExchangeEnded,
}

// Faults lists every fault, in the order in which a connection meets them; those of the older API alone come after.
func Faults() []Fault {
	faults := make([]Fault, len(faultNames))
	for i, name := range faultNames {
		faults[i] = Fault{Name: name, Meaning: text("fault." + name)}
	}
	return faults
}

// parseFault reads NAME or NAME:N. N defaults to 1.
func parseFault(wish string) (name string, times int, err error) {
	name, count, counted := strings.Cut(wish, ":")
	if name != noFault && !slices.Contains(faultNames, name) {
		return "", 0, fmt.Errorf("practice: unknown fault %q; known are %s and %s", name, strings.Join(faultNames, ", "), noFault)
	}
	if !counted {
		return name, 1, nil
	}
	times, err = strconv.Atoi(count)
	if err != nil || times < 1 || times > maxFaults || name == noFault {
		return "", 0, fmt.Errorf("practice: fault %q: NAME:N takes a number from 1 to %d", wish, maxFaults)
	}
	return name, times, nil
}

// arm sets a fault for its next times; "none" clears them all.
func (st *state) arm(name string, times int) {
	if name == noFault {
		clear(st.Faults)
		return
	}
	st.Faults[name] = times
}

// take returns the first of names that is armed and uses it up once; empty if none is.
func (st *state) take(names ...string) string {
	for _, name := range names {
		left := st.Faults[name]
		if left <= 0 {
			continue
		}
		st.Faults[name] = left - 1
		if left == 1 {
			delete(st.Faults, name)
		}
		return name
	}
	return ""
}
