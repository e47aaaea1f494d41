//go:build !nogui

package panel

import (
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"valetkey/gui/kit"
	"valetkey/gui/parts"
	"valetkey/valet"
	"valetkey/valet/words"
)

func TestAKeyThatCannotBeUsedOffersOnlyWhatHelps(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(kit.NewTheme())
	for _, status := range []valet.Status{valet.NeedsAuthorization, valet.Missing, valet.Returned} {
		p := New(Actions{})
		p.Show(State{Key: valet.Connection{ID: "1", Status: status}, Now: time.Now()})
		var got []string
		for _, o := range p.bar.Objects[0].(*fyne.Container).Objects {
			if b, ok := o.(*parts.Button); ok {
				got = append(got, b.AccessibilityLabel())
			}
		}
		if want := []string{words.T("window.reconnect"), words.T("window.forget")}; !slices.Equal(got, want) {
			t.Errorf("%s: offered %q", status, got)
		}
	}
}
