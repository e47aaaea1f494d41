package valet

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"valetkey/oauth/etsy"
)

const (
	envAccess  = "12345678.accessAccessAccess-_aB1"
	envRefresh = "12345678.refreshRefreshRefresh-Z9"
)

// TestReadEnv: what readers of .env files stumble over. Nothing is expanded, and what cannot be read is told by name or number.
func TestReadEnv(t *testing.T) {
	for text, want := range map[string]string{
		"A=1":                        "1",
		"A=1\r":                      "1",
		"  export   A = 1  ":         "1",
		"export\tA=1":                "1",
		"exported=1":                 "1",
		"A=":                         "",
		"A= # nothing":               "",
		"A=#nothing":                 "",
		"A=a#b":                      "a#b",
		"A=a b # c":                  "a b",
		"A=a\t# c":                   "a",
		"A=a=b==":                    "a=b==",
		"A='a # \"b\" \\n $HOME'":    `a # "b" \n $HOME`,
		"A='a' # c":                  "a",
		"A=`it's \"a\"`":             `it's "a"`,
		`A="a # 'b'" # c`:            "a # 'b'",
		`A="a\"b\\c\$d\ne\x"`:        "a\"b\\c$d\nex",
		`A="${HOME}$(id)"`:           "${HOME}$(id)",
		"A=$HOME":                    "$HOME",
		"\ufeffA=1":                  "1",
		"# A=2\n\n  # B\nA=1\n# A=3": "1",
	} {
		plain, ok := plainText([]byte(text))
		entries, odd := readEnv(plain)
		if !ok || len(entries) != 1 || entries[0].value != want || len(odd) != 0 {
			t.Errorf("%q: %q, odd %v", text, entries, odd)
		}
	}
	for text, want := range map[string]string{
		"A='a": "A", `A="a`: "A", `A="a\"`: "A", "A='a' b": "A", `A="a"b`: "A", "A=`a": "A",
		"12345678.secret": "1", "\n\nA B=1": "3", "=1": "1", "A-ü=1": "1", "{\"a\":": "1",
	} {
		if entries, odd := readEnv(text); len(entries) != 0 || !slices.Equal(odd, []string{want}) {
			t.Errorf("%q: %q, odd %v", text, entries, odd)
		}
	}
}

// oneFound is what a file with one key in it has to give.
type oneFound struct {
	keystring, secret bool
	label             string
	others, unusable  []string
	noAccess, older   bool
	expires           time.Time
}

var foundFiles = map[string]struct {
	text string
	want oneFound
}{
	"the guide's .env": {"# .env\nETSY_API_KEY=abcdefghijklmnopqrstuvwx\nETSY_SHARED_SECRET=0123456789\nETSY_ACCESS_TOKEN=" + envAccess +
		"\nETSY_REFRESH_TOKEN=" + envRefresh + "\nETSY_SHOP_ID=123\n", oneFound{keystring: true, secret: true}},
	"the guide's tokens.json": {`{"access_token":"` + envAccess + `","token_type":"Bearer","expires_in":3600,"refresh_token":"` + envRefresh + `"}`, oneFound{}},
	"Windows":                 {"\ufeffexport ETSY_KEYSTRING=\"k\"\r\nETSY_REFRESH_TOKEN='" + envRefresh + "' # mine\r\n", oneFound{keystring: true, noAccess: true}},
	"both halves in one":      {"ETSY_API_KEY=abc:def\nETSY_REFRESH_TOKEN=" + envRefresh, oneFound{keystring: true, secret: true, noAccess: true}},
	"other programs' lines": {"OPENAI_API_KEY=sk-1\nAPI_KEY=sk-proj-1\nCLIENT_SECRET=GOCSPX\nACCESS_TOKEN=ghp_1\nDATABASE_URL=x\nETSY_REFRESH_TOKEN=" + envRefresh,
		oneFound{noAccess: true, others: []string{"ACCESS_TOKEN", "API_KEY", "CLIENT_SECRET", "DATABASE_URL", "OPENAI_API_KEY"}}},
	"a token of another form": {"ETSY_ACCESS_TOKEN=ghp_123\nETSY_REFRESH_TOKEN=" + envRefresh,
		oneFound{noAccess: true, unusable: []string{"ETSY_ACCESS_TOKEN"}}},
	"an odd line": {"ETSY_ACCESS_TOKEN='" + envAccess + "\nETSY_REFRESH_TOKEN=" + envRefresh + "\n" + envAccess,
		oneFound{noAccess: true, unusable: []string{"3", "ETSY_ACCESS_TOKEN"}}},
	"as the guide has it": {"ETSY_API_KEY=your_keystring\nETSY_SHARED_SECRET=<secret>\nETSY_REFRESH_TOKEN=" + envRefresh, oneFound{noAccess: true}},
	"a moment":            {`{"refresh_token":"` + envRefresh + `","expires_at":1760000000.5}`, oneFound{noAccess: true, expires: time.Unix(1760000000, 0)}},
	"a moment in ms":      {`{"refresh_token":"` + envRefresh + `","expiresAt":1760000000000}`, oneFound{noAccess: true, expires: time.Unix(1760000000, 0)}},
	"a date":              {`{"refresh_token":"` + envRefresh + `","expires_at":"2025-10-09T08:53:20Z"}`, oneFound{noAccess: true, expires: time.Unix(1760000000, 0)}},
	"a life and a moment": {`{"refresh_token":"` + envRefresh + `","expires_in":"3600","created_at":1759996400}`,
		oneFound{noAccess: true, expires: time.Unix(1760000000, 0)}},
	"no moment":     {`{"refresh_token":"` + envRefresh + `","expires_at":"soon"}`, oneFound{noAccess: true, unusable: []string{"expires_at"}}},
	"nested":        {`{"keystring":"abc","etsy":{"refreshToken":"` + envRefresh + `"}}`, oneFound{keystring: true, noAccess: true}},
	"an app beside": {`{"app":{"client_id":"abc","client_secret":"def"},"tokens":{"refresh_token":"` + envRefresh + `"}}`, oneFound{keystring: true, secret: true, noAccess: true}},
	"a list":        {`[{"shop_name":"Blue \u202eFern","refresh_token":"` + envRefresh + `"}]`, oneFound{label: "Blue Fern", noAccess: true}},
	"shops by name": {`{"blue":{"refresh_token":"` + envRefresh + `"}}`, oneFound{label: "blue", noAccess: true}},
	"a token for a name": {`{"` + envAccess + `":{"refresh_token":"` + envRefresh + `","` + envAccess + `":1}}`,
		oneFound{noAccess: true, others: []string{"?"}}},
	"other members": {`{"refresh_token":"` + envRefresh + `","database":{"url":"x"},"list":[1]}`, oneFound{noAccess: true, others: []string{"list", "url"}}},
	"deep members":  {`{"etsy":{"refresh_token":"` + envRefresh + `","more":{"a":{"b":1}}}}`, oneFound{noAccess: true, others: []string{"more"}}},
	"OAuth 1.0a": {"ETSY_CONSUMER_KEY=abc\nETSY_CONSUMER_SECRET=def\nETSY_OAUTH_TOKEN=0123456789abcdef0123\nETSY_OAUTH_TOKEN_SECRET=0123456789",
		oneFound{keystring: true, secret: true, older: true}},
	"OAuth 1.0a by another name": {"ETSY_ACCESS_TOKEN=0123456789abcdef0123\nETSY_ACCESS_TOKEN_SECRET=0123456789", oneFound{older: true}},
	"UTF-16":                     {"\xff\xfe" + strings.Join(strings.Split("ETSY_REFRESH_TOKEN="+envRefresh, ""), "\x00") + "\x00", oneFound{noAccess: true}},
}

func TestFindKeys(t *testing.T) {
	for name, row := range foundFiles {
		t.Run(name, func(t *testing.T) {
			f := findKeys([]byte(row.text), time.Now())
			if len(f.keys) != 1 {
				t.Fatalf("%d keys", len(f.keys))
			}
			k, want := f.keys[0], row.want
			if k.HasKeystring != want.keystring || k.HasSecret != want.secret || k.Label != want.label || k.Older != want.older ||
				k.access.IsZero() != want.noAccess || !k.Expires.Equal(want.expires) || k.Older != k.refresh.IsZero() {
				t.Errorf("%+v", k)
			}
			if !slices.Equal(f.others, want.others) || !slices.Equal(f.unusable, want.unusable) {
				t.Errorf("others %q, unusable %q", f.others, f.unusable)
			}
			if !k.Older && k.RefreshEnd != envRefresh[len(envRefresh)-4:] {
				t.Errorf("the refresh token ends in %q", k.RefreshEnd)
			}
		})
	}
}

func TestFindSeveralKeys(t *testing.T) {
	f := findKeys([]byte(`{"client_id":"abc","shops":[{"name":"b","refresh_token":"1.refresh"},{"name":"a","refresh_token":"2.refresh"}],
		"extra":{"access_token":"3.access"}}`), time.Now())
	if len(f.keys) != 2 || f.keys[0].Label != "b" || f.keys[1].Label != "a" || f.keys[1].keystring != "abc" || !f.accessOnly {
		t.Errorf("%+v", f)
	}
}

// TestFindTellsWhatIsLeft: what stands in a file and is not among its keys is told, so that the file is not deleted with it.
func TestFindTellsWhatIsLeft(t *testing.T) {
	line := "ETSY_REFRESH_TOKEN=" + envRefresh
	many := []string{}
	for n := range rescueKeys + 1 {
		many = append(many, `{"name":"shop`+strconv.Itoa(n)+`","refresh_token":"`+strconv.Itoa(n)+`.refresh"}`)
	}
	for name, row := range map[string]struct {
		text string
		told []string
	}{
		"the same twice":               {line + "\n" + line + "\nETSY_API_KEY=abc\nETSY_KEYSTRING=abc", nil},
		"two shops under one name":     {"ETSY_REFRESH_TOKEN=1.refresh\n" + line, []string{"ETSY_REFRESH_TOKEN"}},
		"two names for one thing":      {line + "\nETSY_OAUTH_REFRESH_TOKEN=1.refresh", []string{"ETSY_REFRESH_TOKEN"}},
		"two app keys":                 {line + "\nETSY_API_KEY=abc\nETSY_KEYSTRING=def", []string{"ETSY_API_KEY"}},
		"an older pair beside":         {line + "\nETSY_OAUTH_TOKEN=0123456789abcdef0123\nETSY_OAUTH_TOKEN_SECRET=0123456789", []string{"ETSY_OAUTH_TOKEN", "ETSY_OAUTH_TOKEN_SECRET"}},
		"an older token without half":  {line + "\nETSY_OAUTH_TOKEN=0123456789abcdef0123", []string{"ETSY_OAUTH_TOKEN"}},
		"an older shop without half":   {`{"a":{"refresh_token":"` + envRefresh + `"},"b":{"oauth_token":"0123456789abcdef0123"}}`, []string{"oauth_token"}},
		"a member twice":               {`{"refresh_token":"1.refresh","refresh_token":"` + envRefresh + `"}`, []string{"refresh_token"}},
		"more shops than are taken":    {"[" + strings.Join(many, ",") + "]", []string{"shop" + strconv.Itoa(rescueKeys)}},
		"an app key for each of two":   {`{"x":{"client_id":"abc"},"y":{"client_id":"def"},"a":{"refresh_token":"` + envRefresh + `"}}`, []string{"client_id"}},
		"an app key of the shop's own": {`{"client_id":"abc","a":{"client_id":"def","refresh_token":"` + envRefresh + `"}}`, nil},
	} {
		f := findKeys([]byte(row.text), time.Now())
		if len(f.keys) == 0 || !slices.Equal(f.unusable, row.told) || len(f.others) != 0 {
			t.Errorf("%s: %d keys, others %q, unusable %q", name, len(f.keys), f.others, f.unusable)
		}
	}
}

// TestRescueRefreshAlone: a refresh token that stands in for an access token is never handed on as one, whatever the clock says.
func TestRescueRefreshAlone(t *testing.T) {
	written := time.Date(2026, 5, 1, 0, 0, 0, 0, time.UTC)
	w := rescuing{file: &Rescue{written: written}, found: findKeys([]byte("ETSY_REFRESH_TOKEN="+envRefresh), written).keys[0]}
	r := record{}.take(w.token(), habits{})
	for _, now := range []time.Time{written, written.Add(-2 * time.Hour), written.AddDate(-20, 0, 0)} {
		if r.fresh(now, 0) {
			t.Errorf("fresh at %v", now)
		}
	}
}

// TestReadRescue: a file that cannot be used is told by what is wrong with it, and by its name alone.
func TestReadRescue(t *testing.T) {
	folder := t.TempDir()
	rescues := &Rescues{}
	for name, row := range map[string]struct{ text, why string }{
		"empty.env":    {"", rescueNothing},
		"shape.json":   {`{"a":{"b":{"refresh_token":"` + envRefresh + `"}}}`, rescueNothing},
		"text.json":    {`"` + envRefresh + `"`, rescueNothing},
		"null.json":    {"null", rescueNothing},
		"cut.json":     {`{"refresh_token":"` + envRefresh, rescueNothing},
		"binary":       {"\x00\x01", rescueNothing},
		"only.env":     {"ETSY_ACCESS_TOKEN=" + envAccess, rescueAccessOnly},
		"large.json":   {strings.Repeat(" ", rescueLimit+1), rescueTooLarge},
		"good.env":     {"ETSY_REFRESH_TOKEN=" + envRefresh, ""},
		"just-1MiB.js": {strings.Repeat("\n", rescueLimit-len("ETSY_REFRESH_TOKEN="+envRefresh)) + "ETSY_REFRESH_TOKEN=" + envRefresh, ""},
	} {
		path := filepath.Join(folder, name)
		if err := os.WriteFile(path, []byte(row.text), 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := rescues.Read(path)
		var told *Error
		if row.why == "" && err != nil || row.why != "" && (!errors.As(err, &told) || told.Kind != RescueFile || told.Subject != row.why || told.Other != name) {
			t.Errorf("%s: %v", name, err)
		}
		if err != nil && (strings.Contains(err.Error(), folder) || strings.Contains(err.Error(), "12345678")) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for path, why := range map[string]string{folder: rescueNoFile, filepath.Join(folder, "nowhere"): rescueMissing} {
		var told *Error
		if _, err := rescues.Read(path); !errors.As(err, &told) || told.Subject != why {
			t.Errorf("%s: %v", why, err)
		}
	}
}

// TestRemove: only the very file that was read is deleted, and only where nothing else is in it.
func TestRemove(t *testing.T) {
	folder := t.TempDir()
	path, link := filepath.Join(folder, ".env"), filepath.Join(folder, "link")
	write := func(text string) {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink(path, link); err != nil {
		t.Fatal(err)
	}
	good := "ETSY_REFRESH_TOKEN=" + envRefresh
	for why, read := range map[string]struct{ path, text, then string }{
		rescueShared: {path, good + "\nX=1", good + "\nX=1"}, rescueChanged: {path, good, good + "\n"}, rescueLinked: {link, good, good},
	} {
		write(read.text)
		f, err := (&Rescues{}).Read(read.path)
		if err != nil {
			t.Fatal(err)
		}
		write(read.then)
		var told *Error
		if err := f.Remove(); !errors.As(err, &told) || told.Subject != why {
			t.Errorf("%s: %v", why, err)
		}
		if _, err := os.Stat(path); err != nil {
			t.Fatalf("%s: it is gone", why)
		}
	}
	write(good)
	f, err := (&Rescues{}).Read(path)
	if err != nil || f.Remove() != nil {
		t.Fatal(err)
	}
	var told *Error
	if err := f.Remove(); !errors.As(err, &told) || told.Subject != rescueMissing {
		t.Errorf("twice: %v", err)
	}
}

// FuzzRescue: whatever a file holds, what is told of it shows no token, and what is found can be renewed or is a whole pair.
func FuzzRescue(f *testing.F) {
	for _, row := range foundFiles {
		f.Add([]byte(row.text))
	}
	f.Add([]byte(`{"shops":[{"refresh_token":"1.a"},{"refresh_token":"2.b"}]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		found := findKeys(data, time.Unix(1760000000, 0))
		if len(found.keys) > rescueKeys {
			t.Fatalf("%d keys", len(found.keys))
		}
		told := slices.Concat(found.others, found.unusable)
		for _, k := range found.keys {
			if k.Older && (k.access.IsZero() || k.tokenSecret.IsZero()) || !k.Older && (k.refresh.IsZero() || etsy.UserID(k.refresh) == "") {
				t.Errorf("half a key: %+v", k)
			}
			if k.HasKeystring != (k.keystring != "") || k.HasSecret == k.secret.IsZero() || k.Label != printable(k.Label) {
				t.Errorf("%+v", k)
			}
			if len(k.AccessEnd) > 4 || len(k.RefreshEnd) > 4 {
				t.Errorf("%q, %q", k.AccessEnd, k.RefreshEnd)
			}
			told = append(told, k.Label)
			for _, text := range told {
				if secret := k.refresh.Reveal(); len(secret) > 8 && strings.Contains(text, secret) {
					t.Errorf("told: %q", text)
				}
			}
		}
	})
}
