package answer

import (
	"regexp"
	"slices"
	"strings"
	"time"

	"valetkey/valet/words"
)

// Table is a list of objects as rows, in the columns that a person would look at first.
type Table struct {
	Rows    []*Node
	Columns []Column
}

// Column is one member of all of them.
type Column struct {
	Name  string // as the API has it
	Right bool   // amounts, which stand under each other from the right
}

// mostColumns is how many fit side by side.
const mostColumns = 5

// looked is how many rows are looked at to choose the columns.
const looked = 60

// preferred are the members that say most, in the order in which a person wants them: which one it is, how it stands, what it
// costs, how many, when.
var preferred = []string{
	"receipt_id",
	"title", "name", "shop_name", "login_name", "review", "message", "description", "label",
	"state", "status", "rating", "value",
	"price", "grandtotal", "total_price", "amount", "currency", "balance",
	"quantity", "active_listing_count", "is_shipped", "was_shipped",
	"created_timestamp", "creation_tsz", "create_date", "created_at", "is_paid", "was_paid", "min_processing_days", "max_processing_days", "origin_country_iso",
}

// instead names members that say the same as another, better one.
var instead = map[string]string{"value": "rating", "amount": "price", "total_price": "grandtotal", "creation_tsz": "created_timestamp",
	"receipt_id": "title", "is_shipped": "status", "was_shipped": "status"}

// describing members are for the tree, where a row has a better name.
var describing = []string{"description", "message", "login_name", "label"}

// tableOf finds the list of objects in an answer: the answer itself, its results, or the one list that it has.
func tableOf(root *Node) *Table {
	var found *Node
	switch {
	case ofObjects(root):
		found = root
	case ofObjects(root.Member("results")):
		found = root.Member("results")
	case root.Kind == Object:
		for _, m := range root.Below {
			if ofObjects(m) && found != nil {
				return nil // which of them is meant?
			} else if ofObjects(m) {
				found = m
			}
		}
	}
	if found == nil {
		return nil
	}
	columns := columnsOf(found.Below)
	if len(columns) == 0 {
		return nil
	}
	return &Table{found.Below, columns}
}

// ofObjects reports whether a node is a list with objects in it and nothing else.
func ofObjects(n *Node) bool {
	return n != nil && n.Kind == List && len(n.Below) > 0 && !slices.ContainsFunc(n.Below, func(m *Node) bool { return m.Kind != Object })
}

// trait is what the rows have under one name.
type trait struct {
	name            string
	filled, numbers int
	same            bool // in every row
	first           string
}

// columnsOf chooses the columns. What is nested, empty or an address is left out; numbers of things, and what is the same in every
// row, come only where there is nothing else.
func columnsOf(rows []*Node) []Column {
	var good, rest []trait
	for _, t := range traitsOf(rows[:min(len(rows), looked)]) {
		switch {
		case t.filled == 0:
		case slices.Contains(preferred, t.name):
			good = append(good, t)
		case !strings.HasSuffix(t.name, "_id") && (!t.same || len(rows) == 1):
			rest = append(rest, t)
		}
	}
	slices.SortStableFunc(good, func(a, b trait) int { return slices.Index(preferred, a.name) - slices.Index(preferred, b.name) })
	named := len(good) > 0 && slices.Index(preferred, good[0].name) < slices.Index(preferred, "login_name")
	good = slices.DeleteFunc(good, func(t trait) bool {
		return named && slices.Contains(describing, t.name) || slices.ContainsFunc(good, func(other trait) bool { return other.name == instead[t.name] })
	})
	chosen := good
	if len(chosen) < 2 {
		chosen = append(chosen, rest...)
	}
	chosen = dated(chosen)
	if len(chosen) == 0 {
		chosen = traitsOf(rows[:min(len(rows), looked)])
	}
	var columns []Column
	for _, t := range chosen[:min(len(chosen), mostColumns)] {
		columns = append(columns, Column{t.name, t.numbers == t.filled && t.filled > 0 && !strings.HasSuffix(t.name, "_id")})
	}
	return columns
}

// dated has the day of an order stand right after its number, where it gives way to nothing.
func dated(chosen []trait) []trait {
	at := slices.IndexFunc(chosen, func(t trait) bool { return t.name == "created_timestamp" || t.name == "creation_tsz" })
	if at < 2 || chosen[0].name != "receipt_id" {
		return chosen
	}
	day := chosen[at]
	return slices.Insert(slices.Delete(chosen, at, at+1), 1, day)
}

// traitsOf looks at what can stand in a column, in the order in which it comes first.
func traitsOf(rows []*Node) []trait {
	var all []trait
	at := map[string]int{}
	for _, row := range rows {
		currency := row.currency()
		for _, m := range row.Below {
			money, isMoney := m.money()
			if !m.Scalar() && !isMoney || strings.HasPrefix(m.Text, "https://") || strings.HasPrefix(m.Text, "http://") {
				continue
			}
			text := m.Text + money
			i, known := at[m.Name]
			if !known {
				i = len(all)
				at[m.Name], all = i, append(all, trait{name: m.Name, first: text, same: true})
			}
			t := &all[i]
			t.same = t.same && t.first == text
			if m.Kind != Null && text != "" {
				t.filled++
				if _, moment := m.moment(); isMoney || m.Kind == Number && !moment || priced(m, currency) != "" {
					t.numbers++
				}
			}
		}
	}
	return all
}

// Cell is what stands in a row's column: "" where the row has nothing there.
func (t *Table) Cell(row, column int, now time.Time) string {
	m := t.Rows[row].Member(t.Columns[column].Name)
	if m == nil || m.Kind == Null {
		return ""
	}
	if at, ok := m.moment(); ok {
		return words.Day(at, now)
	}
	if price := priced(m, t.Rows[row].currency()); price != "" {
		return price
	}
	said, _ := m.Say(now)
	if m.Kind == String && (m.Name == "state" || m.Name == "status") {
		return words.Standing(said)
	}
	return said
}

// prices are members that are amounts of money where they are texts, and the currency stands beside them.
var prices = regexp.MustCompile(`^(price|subtotal|grandtotal|total_.*|.*_cost|.*_price)$`)

var amount = regexp.MustCompile(`^-?[0-9]+(\.[0-9]+)?$`)

// currency is the one that an object names for the amounts in it; "" if it names none.
func (n *Node) currency() string {
	if m := n.Member("currency_code"); m != nil && m.Kind == String && currencyCode.MatchString(m.Text) {
		return m.Text
	}
	return ""
}

// currencyCode is how currencies are written (ISO 4217).
var currencyCode = regexp.MustCompile(`^[A-Za-z]{3}$`)

// priced is an amount that is a text, with the currency that its object names; "" for anything else.
func priced(m *Node, currency string) string {
	if m.Kind != String || currency == "" || len(m.Text) > longestAmount || !prices.MatchString(m.Name) || !amount.MatchString(m.Text) {
		return ""
	}
	return m.Text + " " + currency
}

// longestAmount is how long a text may be that is taken for an amount, in octets.
const longestAmount = 40
