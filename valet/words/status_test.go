package words

import (
	"strings"
	"testing"
	"time"

	"valetkey/oauth"
	"valetkey/valet"
)

var berlin = time.FixedZone("CET", 3600)

// noon is the moment at which the tests look.
var noon = time.Date(2026, time.November, 21, 12, 0, 0, 0, berlin)

func TestStatus(t *testing.T) {
	alive := valet.Connection{Name: "blue-fern", ProviderName: "Etsy", Status: valet.Connected, Renewable: true, AccessLife: time.Hour,
		AccessExpires: noon.Add(47*time.Minute + 30*time.Second), RefreshExpires: noon.Add(90 * 24 * time.Hour)}
	with := func(change func(*valet.Connection)) valet.Connection {
		c := alive
		change(&c)
		return c
	}
	for want, c := range map[string]valet.Connection{
		"Fresh for 47 minutes":           alive,
		"Fresh for 1 minute":             with(func(c *valet.Connection) { c.AccessExpires = noon.Add(time.Minute) }),
		"Renews when used":               with(func(c *valet.Connection) { c.AccessExpires = noon.Add(59 * time.Second) }),
		"Fresh for 5 seconds":            with(func(c *valet.Connection) { c.AccessLife, c.AccessExpires = 20*time.Second, noon.Add(5*time.Second) }),
		"Over. Reconnect":                with(func(c *valet.Connection) { c.Renewable, c.AccessExpires = false, noon }),
		"Ready to use":                   with(func(c *valet.Connection) { c.AccessExpires = time.Time{} }),
		"Unused for too long. Reconnect": with(func(c *valet.Connection) { c.RefreshExpires = noon }),
		"Renewed, not stored yet":        with(func(c *valet.Connection) { c.Unsaved = true }),
		"Renewing…":                      with(func(c *valet.Connection) { c.Status = valet.Refreshing }),
		"Not in this keyring":            with(func(c *valet.Connection) { c.Status = valet.Missing }),
		"Ended by Etsy. Reconnect":       with(func(c *valet.Connection) { c.Status = valet.NeedsAuthorization }),
		"Ended by the provider. Reconnect": with(func(c *valet.Connection) {
			c.Status, c.ProviderName = valet.NeedsAuthorization, ""
		}),
		"Returned": with(func(c *valet.Connection) { c.Status = valet.Returned }),
		"Returned 3 May, 13:02": with(func(c *valet.Connection) {
			c.Status, c.Returned = valet.Returned, time.Date(2026, time.May, 3, 12, 2, 0, 0, time.UTC)
		}),
	} {
		if got := Status(c, noon); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
		more := StatusMore(c, noon, false)
		if !strings.HasSuffix(more, ".") || strings.Contains(more, "status.") || strings.Contains(more, "no value") {
			t.Errorf("%s: %q", want, more)
		}
	}
	if a, b := StatusMore(alive, noon, true), StatusMore(alive, noon, false); a != "Renews itself." || b != "Renews when used." {
		t.Errorf("%q, %q", a, b)
	}
}

func TestAKeyThatCannotBeRenewedSaysSo(t *testing.T) {
	c := valet.Connection{Status: valet.Connected, AccessLife: time.Hour, AccessExpires: noon.Add(47 * time.Minute)}
	if got := StatusMore(c, noon, true); got != T("status.more.fresh-once") {
		t.Errorf("%q", got)
	}
}

func TestEveryStatusHasItsSentence(t *testing.T) {
	seen := map[string]bool{}
	for _, status := range constants(t, "../connection.go", "Status") {
		c := valet.Connection{Status: valet.Status(status), ProviderName: "Etsy"}
		line, more := Status(c, noon), StatusMore(c, noon, true)
		if seen[line] || strings.Contains(line+more, "status.") || strings.Contains(line+more, "no value") {
			t.Errorf("%s: %q, %q", status, line, more)
		}
		seen[line] = true
	}
}

func TestLeft(t *testing.T) {
	for d, want := range map[time.Duration][2]string{
		-time.Hour:                    {"a moment", "0 s"},
		999 * time.Millisecond:        {"a moment", "0 s"},
		time.Second:                   {"1 second", "1 s"},
		59 * time.Second:              {"59 seconds", "59 s"},
		time.Minute:                   {"1 minute", "1 min"},
		119 * time.Minute:             {"119 minutes", "119 min"},
		2 * time.Hour:                 {"2 hours", "2 h"},
		47*time.Hour + 59*time.Minute: {"47 hours", "47 h"},
		48 * time.Hour:                {"2 days", "2 days"},
		85*24*time.Hour - 1:           {"84 days", "84 days"},
	} {
		if got := [2]string{Left(d), LeftShort(d)}; got != want {
			t.Errorf("%s: %v", d, got)
		}
	}
}

func TestWhen(t *testing.T) {
	for want, moment := range map[string]time.Time{
		"14:02":                   time.Date(2026, 11, 21, 13, 2, 0, 0, time.UTC),
		"20 November, 23:59":      time.Date(2026, 11, 20, 22, 59, 0, 0, time.UTC),
		"00:30":                   time.Date(2026, 11, 20, 23, 30, 0, 0, time.UTC),
		"31 December 2025, 08:00": time.Date(2025, 12, 31, 7, 0, 0, 0, time.UTC),
		"1 January, 00:00":        time.Date(2025, 12, 31, 23, 0, 0, 0, time.UTC),
	} {
		if got := When(moment, noon); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
	for m := time.January; m <= time.December; m++ {
		if got, want := Day(time.Date(2026, m, 7, 12, 0, 0, 0, berlin), noon), "7 "+m.String(); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestNames(t *testing.T) {
	c := valet.Connection{Name: "key", ProviderName: "Etsy"}
	if got := ShopName(c); got != "key" {
		t.Error(got)
	}
	c.Account.UserID = "123"
	if got := ShopName(c); got != "Etsy account 123" {
		t.Error(got)
	}
	c.Account.ShopName = "Blue Fern Pottery"
	if got := ShopName(c); got != "Blue Fern Pottery" {
		t.Error(got)
	}
	for want, got := range map[string]string{
		"kept in GNOME Keyring":          StoreName(valet.InKeyring, "GNOME Keyring"),
		"kept in the system's keyring":   StoreName(valet.InKeyring, ""),
		"kept until Valet Key is closed": StoreName(valet.InSession, "anything"),
		"kept in a locked file":          StoreName(valet.InFile, "anything"),
		"A key with one permission":      KeyLabel(1),
		"A key with 0 permissions":       KeyLabel(0),
		"Delete listings for good":       ScopeTitle("listings_d"),
		"new_w":                          ScopeTitle("new_w"),
		"":                               ScopeDetail("new_w"),
		"deletes":                        RiskWord(oauth.RiskDelete),
		"changes":                        RiskWord("unheard"),
		"Look at shop and listings":      PurposeTitle("look"),
		"mine":                           PurposeTitle("mine") + PurposeText("mine"),
	} {
		if got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestOffline(t *testing.T) {
	c := valet.Connection{ProviderName: "Etsy", AccessExpires: noon.Add(20 * time.Minute)}
	if got := Offline(c, noon); got != "Etsy cannot be reached; your key is good until 12:20." {
		t.Error(got)
	}
	if got := Offline(c, noon.Add(time.Hour)); got != "Etsy cannot be reached; your key is renewed when it can be." {
		t.Error(got)
	}
}

func TestStatusShortFitsTheRack(t *testing.T) {
	for _, status := range constants(t, "../connection.go", "Status") {
		c := valet.Connection{Status: valet.Status(status), ProviderName: "Practice market", Returned: noon, AccessExpires: noon.Add(119 * time.Minute),
			AccessLife: 2 * time.Hour, RefreshExpires: noon.Add(time.Hour)}
		for _, now := range []time.Time{noon, noon.Add(90 * 24 * time.Hour)} {
			if short := StatusShort(c, now); len(short) > 25 || strings.Contains(short, "status.") {
				t.Errorf("%s: %q", status, short)
			}
		}
	}
}
