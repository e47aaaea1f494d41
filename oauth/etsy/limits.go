package etsy

import (
	"net/http"
	"strconv"
)

// Limits are the rate limits of the app key as an answer reported them; -1 stands for what it did not.
type Limits struct {
	PerSecond, RemainingThisSecond int
	PerDay, RemainingToday         int // the day is a sliding 24 hours
}

// Limits gives what the last answer with rate headers said; every number is -1 before the first.
func (a *API) Limits() Limits {
	a.mu.Lock()
	defer a.mu.Unlock()
	if !a.seen {
		return Limits{-1, -1, -1, -1}
	}
	return a.limits
}

// note keeps the limits of one answer. An answer without the headers changes nothing.
func (a *API) note(header http.Header) {
	limits := readLimits(header)
	if limits == (Limits{-1, -1, -1, -1}) {
		return
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	a.limits, a.seen = limits, true
}

// readLimits reads the headers of the rate-limits page, which spells one of them without its last letter.
func readLimits(header http.Header) Limits {
	return Limits{
		PerSecond:           number(header, "x-limit-per-second"),
		RemainingThisSecond: number(header, "x-remaining-this-second", "x-remaining-this-secon"),
		PerDay:              number(header, "x-limit-per-day"),
		RemainingToday:      number(header, "x-remaining-today"),
	}
}

// number reads the first of the headers that holds a count.
func number(header http.Header, names ...string) int {
	for _, name := range names {
		if count, err := strconv.Atoi(header.Get(name)); err == nil && count >= 0 {
			return count
		}
	}
	return -1
}
