package answer

import (
	"strconv"
	"strings"
)

// Page is which part of a list an answer is.
type Page struct {
	From, To, Of int    // From counts from 1
	Next         string // the path that asks for what follows; "": nothing does
}

// PageOf reads which page of a list the answer to path is; false where it does not say how many there are in all.
func (a Answer) PageOf(path string) (Page, bool) {
	results := a.Root.Member("results")
	count := a.Root.Member("count")
	if results == nil || count == nil || results.Kind != List {
		return Page{}, false
	}
	all, err := strconv.Atoi(count.Text)
	if err != nil || all < len(results.Below) {
		return Page{}, false
	}
	skipped, err := strconv.ParseUint(parameter(path, "offset"), 10, 31)
	if err != nil {
		skipped = 0 // none is named
	}
	p := Page{From: int(skipped) + 1, To: int(skipped) + len(results.Below), Of: all}
	if len(results.Below) > 0 && p.To < all {
		p.Next = with(path, "offset", strconv.Itoa(p.To))
	}
	return p, true
}

// parameter gives the value of the first parameter of that name in a path's query, as it stands there.
func parameter(path, name string) string {
	_, query, _ := strings.Cut(path, "?")
	for pair := range strings.SplitSeq(query, "&") {
		if value, ok := strings.CutPrefix(pair, name+"="); ok {
			return value
		}
	}
	return ""
}

// with puts a parameter into a path's query, in the place of one of that name; all else stays letter for letter.
func with(path, name, value string) string {
	base, query, _ := strings.Cut(path, "?")
	var pairs []string
	for pair := range strings.SplitSeq(query, "&") {
		if pair != "" && !strings.HasPrefix(pair, name+"=") {
			pairs = append(pairs, pair)
		}
	}
	return base + "?" + strings.Join(append(pairs, name+"="+value), "&")
}
