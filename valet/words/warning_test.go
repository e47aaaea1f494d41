package words

import (
	"testing"
	"time"

	"valetkey/valet"
)

// TestWarning: seven days before a key dies its seller is told, and no sooner; and a clock that was set back is named.
func TestWarning(t *testing.T) {
	alive := valet.Connection{ProviderName: "Etsy", Status: valet.Connected, Renewable: true, AccessLife: time.Hour,
		Refreshed: noon.Add(-time.Minute), AccessExpires: noon.Add(59 * time.Minute), RefreshExpires: noon.Add(90 * 24 * time.Hour)}
	day := 24 * time.Hour
	rows := []struct {
		name   string
		change func(*valet.Connection)
		want   string
	}{
		{"all is well", func(*valet.Connection) {}, ""},
		{"eight days left", func(c *valet.Connection) { c.RefreshExpires = noon.Add(8 * day) }, ""},
		{"seven days left", func(c *valet.Connection) { c.RefreshExpires = noon.Add(7 * day) }, "This key ends on 28 November unless it is used."},
		{"an hour left", func(c *valet.Connection) { c.RefreshExpires = noon.Add(time.Hour) }, "This key ends on 21 November unless it is used."},
		{"over: the status says so", func(c *valet.Connection) { c.RefreshExpires = noon }, ""},
		{"nobody knows", func(c *valet.Connection) { c.RefreshExpires = time.Time{} }, ""},
		{"nothing to renew it with", func(c *valet.Connection) { c.RefreshExpires, c.Renewable = noon.Add(day), false }, ""},
		{"given back", func(c *valet.Connection) { c.RefreshExpires, c.Status = noon.Add(day), valet.Returned }, ""},
		{"renewed half a minute from now", func(c *valet.Connection) { c.Refreshed = noon.Add(30 * time.Second) }, ""},
		{"the clock was set back a year", func(c *valet.Connection) { c.Refreshed = noon.Add(365 * day) },
			"The clock of this computer seems wrong: this key was renewed on 21 November 2027, and that is yet to come."},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			c := alive
			row.change(&c)
			if got := Warning(c, noon); got != row.want {
				t.Errorf("got %q, want %q", got, row.want)
			}
			if more := StatusMore(c, noon, true); row.want != "" && more != row.want {
				t.Errorf("the panel says %q", more)
			}
		})
	}
}

// TestClockSetBack: a token is never said to live longer than it ever did.
func TestClockSetBack(t *testing.T) {
	c := valet.Connection{Status: valet.Connected, Renewable: true, AccessLife: time.Hour, Refreshed: noon, AccessExpires: noon.Add(time.Hour)}
	for _, back := range []time.Duration{24 * time.Hour, 50 * 365 * 24 * time.Hour} {
		if got := Status(c, noon.Add(-back)); got != "Renews when used" {
			t.Errorf("%s before, it is said: %q", back, got)
		}
	}
	if got := Status(c, noon); got != "Fresh for 60 minutes" {
		t.Error(got)
	}
}

// TestReturned: what is proven is told apart from what is hoped.
func TestReturned(t *testing.T) {
	at := func(day, hour, minute int) time.Time {
		return time.Date(2026, time.November, day, hour, minute, 0, 0, berlin)
	}
	for want, c := range map[string]valet.Connection{
		"Returned 20 November, 14:02. Practice refuses it since 14:05.":                                     {Returned: at(20, 14, 2), Proven: at(20, 14, 5)},
		"Returned 20 November, 23:59. Practice refuses it since 21 November, 00:03.":                        {Returned: at(20, 23, 59), Proven: at(21, 0, 3)},
		"Returned 11:50. Practice refuses it since 11:50.":                                                  {Returned: at(21, 11, 50), Proven: at(21, 11, 50).UTC()},
		"Returned 11:50. It opens nothing from here. Practice may still list it until you revoke it there.": {Returned: at(21, 11, 50)},
	} {
		c.Status, c.ProviderName = valet.Returned, "Practice"
		if got := Status(c, noon) + ". " + StatusMore(c, noon, false); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
