package answer

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

var now = time.Date(2026, time.November, 22, 14, 2, 0, 0, time.UTC)

func plain(text string) string { return text }

func read(t *testing.T, body string) Answer {
	t.Helper()
	a := Read([]byte(body), "[hidden]", plain)
	if a.Root == nil {
		t.Fatalf("no JSON: %s", body)
	}
	return a
}

func TestWhatIsReadStaysAsItCame(t *testing.T) {
	const body = `{"b":12345678901234567890,"a":1.50,"s":"<ä & \"x\">\u2028","n":null,"l":[],"o":{},"t":[true,{"x":-0}]}`
	want := "{\n  \"b\": 12345678901234567890,\n  \"a\": 1.50,\n  \"s\": \"<ä & \\\"x\\\">\\u2028\",\n  \"n\": null,\n  \"l\": [],\n  \"o\": {},\n" +
		"  \"t\": [\n    true,\n    {\n      \"x\": -0\n    }\n  ]\n}"
	if got := read(t, body).Text; got != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
	for _, no := range []string{"", "Server Error", `{"a":1} x`, "{", "\xff", `"` + "\xff" + `"`, strings.Repeat("[", 20_000) + strings.Repeat("]", 20_000)} {
		if a := Read([]byte(no), "*", plain); a.Root != nil || a.Table != nil || a.Find("a") != "" {
			t.Errorf("%.20q was taken for JSON", no)
		}
	}
	if a := Read([]byte("a\xffb"), "*", plain); a.Text != "a\uFFFDb" || a.Hidden {
		t.Errorf("%+v", a)
	}
}

func TestSecretsAreNotShown(t *testing.T) {
	without := func(text string) string { return strings.ReplaceAll(text, "7.token", "*") }
	body := `{"access_token":"anything","Oauth_Token_Secret":"longer","echo":"Bearer 7.token","7.token":1,"token":"short","token_type":"bearer","next_page":"abcdefgh","esc":"7.\u0074oken",` +
		`"x":{"api_key":"123456","apikey":"123456","password":123456}}`
	a := Read([]byte(body), "[hidden]", without)
	for _, secret := range []string{"anything", "longer", "7.token", `"123456"`} {
		if strings.Contains(a.Text, secret) {
			t.Errorf("%s is shown in %s", secret, a.Text)
		}
	}
	for _, told := range []string{`"token": "short"`, "bearer", "abcdefgh", `"*": 1`, `"esc": "*"`} {
		if !strings.Contains(a.Text, told) {
			t.Errorf("%s is not shown in %s", told, a.Text)
		}
	}
	if raw := Read([]byte("<p>7.token</p>"), "[hidden]", without); raw.Text != "<p>*</p>" || !raw.Hidden || !a.Hidden {
		t.Errorf("%+v", raw)
	}
	if read(t, `{"a":"b"}`).Hidden {
		t.Error("nothing was hidden")
	}
}

func TestValuesInWords(t *testing.T) {
	for body, want := range map[string][2]string{
		`{"created_timestamp":1795356120}`:      {"14:02", "1795356120"},
		`{"creation_tsz":1763820120}`:           {"22 November 2025, 14:02", "1763820120"},
		`{"create_date":1}`:                     {"1", ""},
		`{"listing_id":1795356120}`:             {"1795356120", ""},
		`{"created_timestamp":"1795356120"}`:    {"1795356120", ""},
		`{"is_paid":true}`:                      {"yes", ""},
		`{"is_paid":false}`:                     {"no", ""},
		`{"x":null}`:                            {"–", ""},
		`{"x":[1]}`:                             {"1 entry", ""},
		`{"x":[]}`:                              {"0 entries", ""},
		`{"x":{"a":1,"title":"A\n mug\u202e"}}`: {"A mug", ""},
		`{"x":{"a":1,"b":2}}`:                   {"2 fields", ""},
		`{"price":{"amount":2800,"divisor":100,"currency_code":"EUR"}}`:             {"28.00 EUR", ""},
		`{"price":{"amount":-5,"divisor":100,"currency_code":"EUR"}}`:               {"-0.05 EUR", ""},
		`{"price":{"amount":1234567,"divisor":1,"currency_code":"JPY"}}`:            {"1,234,567 JPY", ""},
		`{"price":{"amount":7,"divisor":3,"currency_code":"XTS"}}`:                  {"7/3 XTS", ""},
		`{"price":{"amount":9007199254740993,"divisor":100,"currency_code":"XTS"}}`: {"9007199254740993/100 XTS", ""},
		`{"price":{"amount":123456789012345,"divisor":100,"currency_code":"XTS"}}`:  {"1,234,567,890,123.45 XTS", ""},
		`{"price":{"amount":"a","divisor":3,"currency_code":"X"}}`:                  {"3 fields", ""},
		`{"price":{"amount":1,"divisor":1,"currency_code":"X","title":"sold"}}`:     {"sold", ""},
	} {
		said, raw := read(t, body).Root.Below[0].Say(now)
		if strings.ReplaceAll(said, "\u202f", " ") != want[0] || raw != want[1] {
			t.Errorf("%s: %q %q, want %q", body, said, raw, want)
		}
	}
	long := read(t, `"`+strings.Repeat("ä", 1000)+`"`).Root
	if said, _ := long.Say(now); len(said) > longestLine+3 || !strings.HasSuffix(said, "ä…") {
		t.Errorf("%d octets", len(said))
	}
}

func TestLabels(t *testing.T) {
	for name, want := range map[string]string{"opened_timestamp": "Opened", "created_timestamp": "Date", "is_shipped": "Shipped", "is_gift": "Gift", "grandtotal": "Total", "ähnlich_x": "Ähnlich x", "": "", "creation_tsz": "Date", "xyz": "Xyz"} {
		if got := Label(name); got != want {
			t.Errorf("%s: %q", name, got)
		}
	}
}

func TestPages(t *testing.T) {
	a := read(t, `{"count":38,"results":[{"a":1},{"a":2}]}`)
	for path, want := range map[string]Page{
		"/x":                       {1, 2, 38, "/x?offset=2"},
		"/x?limit=2&b=%2F&":        {1, 2, 38, "/x?limit=2&b=%2F&offset=2"},
		"/x?offset=2&limit=2":      {3, 4, 38, "/x?limit=2&offset=4"},
		"/x?limit=2&offset=36":     {37, 38, 38, ""},
		"/x?limit=2&no_offset=36":  {1, 2, 38, "/x?limit=2&no_offset=36&offset=2"},
		"/x?limit=2&offset=riddle": {1, 2, 38, "/x?limit=2&offset=2"},
	} {
		if got, ok := a.PageOf(path); !ok || got != want {
			t.Errorf("%s: %+v", path, got)
		}
	}
	for _, body := range []string{`[]`, `{"count":1}`, `{"results":[]}`, `{"count":"x","results":[]}`, `{"count":0,"results":[1]}`, `{"count":1,"results":{}}`} {
		if p, ok := read(t, body).PageOf("/x"); ok {
			t.Errorf("%s: %+v", body, p)
		}
	}
	if p, ok := read(t, `{"count":3,"results":[]}`).PageOf("/x?offset=9"); !ok || p.Next != "" {
		t.Errorf("past the end: %+v", p)
	}
}

func TestFind(t *testing.T) {
	a := read(t, `{"x":{"listing_id":7},"results":[{"listing_id":8,"deep":{"shop_id":null}},{"shop_id":"42"}],"user_id":3}`)
	for name, want := range map[string]string{"listing_id": "7", "user_id": "3", "shop_id": "42", "none": "", "x": ""} {
		if got := a.Find(name); got != want {
			t.Errorf("%s: %q", name, got)
		}
	}
}

func TestNames(t *testing.T) {
	for body, want := range map[string]string{`["a",1,"b"]`: "[a b]", `{"scopes":["x"],"results":["y"]}`: "[x]", `{"scopes":7,"results":["y"]}`: "[y]", `{"scopes":[]}`: "[]", `7`: "[]", `{}`: "[]"} {
		if got := fmt.Sprint(read(t, body).Names("scopes", "results")); got != want {
			t.Errorf("%s: %s", body, got)
		}
	}
	if read(t, `{}`).Names("scopes") != nil || read(t, `[]`).Names() == nil {
		t.Error("no list and an empty one are not the same")
	}
}

func TestLinesOfText(t *testing.T) {
	const text = "short\r\n    a margin that goes on and on\n\n\tä" + "ääääääääääääääääääää"
	want := []string{"short", "    a margin tha", "      t goes on ", "      and on", "", "    ääääääääääää", "      ääääääääää"[:6] + strings.Repeat("ä", 9)}
	if got := Lines(text, 16); cmp.Diff(want, got) != "" {
		t.Error(cmp.Diff(want, got))
	}
	whole := strings.Repeat("x", 1<<20)
	lines := Lines(whole, 80)
	if strings.ReplaceAll(strings.Join(lines, ""), " ", "") != whole {
		t.Error("something of a long line is lost")
	}
}
