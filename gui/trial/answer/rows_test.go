package answer

import (
	"fmt"
	"strings"
	"testing"
)

// shape writes rows as a person would see them.
func shape(rows []Row) string {
	var out strings.Builder
	for _, r := range rows {
		mark := " "
		if !r.Scalar() {
			mark = map[bool]string{true: "v", false: ">"}[r.Open]
		}
		said, _ := r.Say(now)
		fmt.Fprintf(&out, "%s%s%s=%s\n", strings.Repeat("  ", r.Depth), mark, r.Name, said)
	}
	return out.String()
}

func TestATreeFolds(t *testing.T) {
	a := read(t, `{"count":2,"results":[{"title":"Mug","tags":["a","b"]},{"title":"Vase"},{"id":3},{"id":4}],"params":{"x":1},"empty":{}}`)
	tree := NewTree(a.Root)
	want := " count=2\nvresults=4 entries\n  >=Mug\n  >=Vase\n  >=1 field\n  >=1 field\n>params=1 field\n>empty=0 fields\n"
	if got := shape(tree.Rows()); got != want {
		t.Errorf("from the start:\n%swant\n%s", got, want)
	}
	results := a.Root.Member("results")
	tree.Toggle(results)
	if got := len(tree.Rows()); got != 4 {
		t.Errorf("folded: %d rows", got)
	}
	tags := results.Below[0].Member("tags")
	tree.Unfold(tags)
	if got := shape(tree.Rows()); !strings.Contains(got, "  v=Mug\n     title=Mug\n    vtags=2 entries\n       =a\n       =b\n  >=Vase") {
		t.Errorf("revealed:\n%s", got)
	}
	tree.All(true)
	if got := len(tree.Rows()); got != 16 {
		t.Errorf("all: %d rows\n%s", got, shape(tree.Rows()))
	}
	tree.All(false)
	if got := len(tree.Rows()); got != 4 {
		t.Errorf("none: %d rows", got)
	}
	few := shape(NewTree(read(t, `{"count":1,"results":[{"a":{"b":1}}]}`).Root).Rows())
	if few != " count=1\nvresults=1 entry\n  v=1 field\n    >a=1 field\n" {
		t.Errorf("few:\n%s", few)
	}
	for _, scalar := range []string{`7`, `[]`, `{}`, `"x"`} {
		if rows := NewTree(read(t, scalar).Root).Rows(); len(rows) != 1 {
			t.Errorf("%s: %d rows", scalar, len(rows))
		}
	}
}

// grid writes a table with its first row.
func grid(a Answer) string {
	if a.Table == nil {
		return ""
	}
	var names, cells []string
	for i, c := range a.Table.Columns {
		if c.Right {
			c.Name += ">"
		}
		names, cells = append(names, c.Name), append(cells, a.Table.Cell(0, i, now))
	}
	return fmt.Sprintf("%s = %s (%d)", strings.Join(names, " "), strings.Join(cells, " | "), len(a.Table.Rows))
}

func TestTheColumnsAPersonLooksAtFirst(t *testing.T) {
	const money = `{"amount":2800,"divisor":100,"currency_code":"EUR"}`
	for body, want := range map[string]string{
		`{"count":2,"results":[{"listing_id":1,"user_id":2,"url":"https://x.example","tags":["a"],"quantity":14,"price":` + money + `,"state":"active","title":"Mug","created_timestamp":1763820120},{"listing_id":2}]}`: "title state price> quantity> created_timestamp = Mug | Active | 28.00 EUR | 14 | 22 November 2025 (2)",
		`{"results":[{"receipt_id":9,"grandtotal":` + money + `,"total_price":"28.00","is_shipped":true,"created_timestamp":1763820120,"name":"Buyer 1042","status":"Paid"}]}`:                                           "receipt_id created_timestamp name status grandtotal> = 9 | 22 November 2025 | Buyer 1042 | Paid | 28.00 EUR (1)",
		`{"results":[{"review":"","rating":5,"value":1},{"review":"Good","rating":4,"value":1}]}`:                                                                                                                        "review rating> =  | 5 (2)",
		`[{"shop_section_id":1,"a":"x","same":1},{"shop_section_id":2,"a":"y","same":1}]`:                                                                                                                                "a = x (2)",
		`{"results":[{"title":"Mug","price":"28.00","currency_code":"EUR","state":"active"}]}`:                                                                                                                           "title state price> = Mug | Active | 28.00 EUR (1)",
		`{"results":[{"title":"Mug","price":"soon","currency_code":"EUR"}]}`:                                                                                                                                             "title price = Mug | soon (1)",
		`{"results":[{"receipt_id":9,"title":"Mug","state":"CA","status":"in a box"},{"receipt_id":8,"title":"Mug"}]}`:                                                                                                   "title state status = Mug | CA | in a box (2)",
		`[{"x_id":1},{"x_id":2}]`:                   "x_id = 1 (2)",
		`{"products":[{"sku":"A","offerings":[]}]}`: "sku = A (1)",
		`{"results":[{"title":null},{"title":""}]}`: "title =  (2)",
		`{"results":["a","b"]}`:                     "", `{"results":[]}`: "", `{"a":[{"b":1}],"c":[{"d":1}]}`: "", `[{"a":1},2]`: "", `7`: "", `{"shop_id":1}`: "", `[{"deep":{}}]`: "",
	} {
		if got := grid(read(t, body)); got != want {
			t.Errorf("%s:\n%s\nwant\n%s", body, got, want)
		}
	}
}

// The largest answer there can be is read, folded and written whole.
func TestLongAnswers(t *testing.T) {
	body := `{"count":9000,"results":[` + strings.TrimSuffix(strings.Repeat(`{"listing_id":1640021101,"title":"Speckled mug, 300 ml","state":"active","quantity":1},`, 12_000), ",") + "]}"
	a := read(t, body)
	tree := NewTree(a.Root)
	tree.All(true)
	rows := tree.Rows()
	if len(rows) != 2+12_000*5 || len(a.Table.Rows) != 12_000 || len(Lines(a.Text, 60)) < 60_000 {
		t.Errorf("%d rows", len(rows))
	}
}
