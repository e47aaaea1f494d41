package valet

import (
	"encoding/json"
	"strings"
	"testing"
)

func TestSlug(t *testing.T) {
	for shop, want := range map[string]string{
		"Blue Fern Pottery": "blue-fern-pottery",
		"Maple & Thread":    "maple-thread",
		"O'Neil’s Café":     "oneils-cafe",
		"店":                 "",
		"../../x":           "x",
		"--help":            "help",
		"A very long name of a shop that goes on and on": "a-very-long-name-of-a-shop-that-goes-on",
	} {
		if got := slug(shop); got != want {
			t.Errorf("slug(%q) = %q, want %q", shop, got, want)
		}
	}
}

func TestNameFor(t *testing.T) {
	taken := func(name string) bool { return name == "blue-fern" || name == "blue-fern-2" }
	for want, c := range map[string]Connection{
		"blue-fern-3": {Account: Account{ShopName: "Blue Fern"}},
		"etsy-123":    {Provider: "etsy", Account: Account{UserID: "123"}},
		"acme":        {Provider: "acme", Account: Account{ShopName: "店"}},
	} {
		if got := nameFor(c, taken); got != want {
			t.Errorf("nameFor(%+v) = %q, want %q", c.Account, got, want)
		}
	}
	for wish, kind := range map[string]Kind{
		"mine": "", "blue-fern": "", "Mine": BadName, "a--b": BadName, "-a": BadName, "": BadName, strings.Repeat("a", nameLimit+1): BadName,
	} {
		if err := checkName(wish); KindOf(err) != kind {
			t.Errorf("checkName(%q): %v, want %q", wish, err, kind)
		}
	}
}

// TestTextAt is RFC 6901 5, where it points at text.
func TestTextAt(t *testing.T) {
	document := json.RawMessage(`{"foo":["bar","baz"],"":"empty","a/b":"slash","m~n":"tilde","m~1":"one","on":true,"big":1e400,"id":12345678901234567890,"deep":[{"x":[1,2]}],"no":null}`)
	for pointer, want := range map[string]string{
		"": "", "/foo/0": "bar", "/foo/1": "baz", "/foo/2": "", "/foo/01": "", "/foo/-": "", "/": "empty", "/a~1b": "slash",
		"/m~0n": "tilde", "/m~01": "one", "/on": "", "/big": "1e400", "/foo/00": "", "/foo/1 ": "", "/foo/4294967297": "", "//": "", "/id": "12345678901234567890", "/deep/0/x/1": "2", "/deep": "", "/no": "", "/missing/x": "",
	} {
		if got := textAt(document, pointer); got != want {
			t.Errorf("textAt(%q) = %q, want %q", pointer, got, want)
		}
	}
}
