package cli_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// rotating is a market that gives a new refresh token at every refresh, and ends the family of one that is shown again.
type rotating interface {
	provider() string           // what to connect
	secret() string             // that it asks for then; "": it asks for none
	allow(consent string) error // signs in and presses Allow
	life(time.Duration)         // of the access tokens from now on
	won() int                   // how many pairs with a long life the shop's key was given
	account() account
}

// account is how a market's books stand.
type account struct {
	rotated string // another one after each pair that it gave
	asked   string // another one after each request that it received
	ended   int    // families that were ended
}

// practising is the practice market, which lives in the program itself. Its books are its state file.
type practising struct{ *desk }

// practiceShop is the shop of the key; another one is for what goes on beside it.
const (
	practiceShop = 52284917
	anotherShop  = 51730426
)

func inPractice(d *desk) rotating {
	d.practiceKey("http://127.0.0.1:0/oauth/redirect")
	return practising{d}
}

func (m practising) provider() string { return "practice" }

func (m practising) secret() string { return "" }

func (m practising) allow(consent string) error {
	return newBrowser().consent(consent, fmt.Sprint(practiceShop), "allow")
}

func (m practising) life(d time.Duration) {
	m.must([]string{"practice", "--set", "--access-ttl", d.String()})
}

type practiceGrant struct {
	Shop    int
	Refresh string
	Ended   time.Time
	Access  []struct{ Until time.Time }
}

func (m practising) path(name string) string {
	return filepath.Join(m.home, ".local/state/valetkey", name)
}

func (m practising) grants() (grants map[string]practiceGrant) {
	var books struct{ Grants map[string]practiceGrant }
	text, err := os.ReadFile(m.path("practice.json"))
	if err == nil {
		err = json.Unmarshal(text, &books)
	}
	if err != nil {
		m.t.Errorf("the practice market's state: %v", err)
	}
	return books.Grants
}

func (m practising) won() (pairs int) {
	for _, g := range m.grants() {
		for _, token := range g.Access {
			if g.Shop == practiceShop && time.Until(token.Until) > life/2 {
				pairs++
			}
		}
	}
	return pairs
}

func (m practising) account() (a account) {
	var tokens []string
	for _, g := range m.grants() {
		if g.Ended.IsZero() {
			tokens = append(tokens, g.Refresh)
		} else {
			a.ended++
		}
	}
	slices.Sort(tokens)
	a.rotated = strings.Join(tokens, " ")
	if _, err := os.Stat(m.path("practice.json.new")); err == nil { // a request that did not come to its end
		a.asked = "now"
	}
	return a
}
