//go:build !nogui

package kit

import (
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"valetkey/gui/parts"
	"valetkey/oauth"
	"valetkey/valet"
	"valetkey/valet/words"
)

var weekScopes = []oauth.ScopeInfo{
	{Name: "shops_r", Risk: oauth.RiskRead}, {Name: "listings_r", Risk: oauth.RiskRead}, {Name: "listings_w", Risk: oauth.RiskChange},
}

// textOf is all that is written on o.
func textOf(o fyne.CanvasObject) string {
	switch o := o.(type) {
	case *parts.Text:
		return o.String()
	case *fyne.Container:
		all := ""
		for _, child := range o.Objects {
			all += textOf(child) + "\n"
		}
		return all
	}
	return ""
}

func TestWhatChangedIsNewsForAWeek(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(NewTheme())
	c := valet.Connection{Asked: []oauth.Scope{"shops_r", "listings_r"}, Granted: []oauth.Scope{"shops_r", "listings_r"}, Connected: time.Now()}
	c.Before = []oauth.Scope{"shops_r", "listings_w"}
	changed := func(now time.Time) (all []string) {
		for _, p := range PermissionsOfKey(weekScopes, c, now) {
			if p.since != "" {
				all = append(all, string(p.scope))
			}
		}
		return all
	}
	if got := changed(c.Connected); !slices.Equal(got, []string{"listings_r", "listings_w"}) {
		t.Errorf("changed: %v", got)
	}
	if got := changed(c.Connected.Add(freshChange + time.Hour)); got != nil {
		t.Errorf("after a week: %v", got)
	}
	lines := textOf(PermissionLines(PermissionsOfKey(weekScopes, c, c.Connected), false))
	if !strings.Contains(lines, words.T("window.permission.gone", "Day", words.Day(c.Connected, c.Connected))) {
		t.Errorf("on the screen: %q", lines)
	}
}
