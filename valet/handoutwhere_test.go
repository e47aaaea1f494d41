package valet_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"valetkey/valet"
)

// TestHandoutNamesNoStranger: the address that is handed on is the one where the practice market answers, and none while another
// program listens where it would be.
func TestHandoutNamesNoStranger(t *testing.T) {
	k := newKit(t)
	var where valet.Whereabouts
	k.options.Builtin[0].Where = func(context.Context) valet.Whereabouts { return where }
	c := k.mustConnect(t)
	for _, row := range []struct {
		where             valet.Whereabouts
		api               string
		unanswered, taken bool
	}{
		{valet.Whereabouts{Base: "http://127.0.0.1:3005"}, "http://127.0.0.1:3005", false, false},
		{valet.Whereabouts{Base: "http://127.0.0.1:3005", Taken: true}, "http://127.0.0.1:3005", false, false},
		{valet.Whereabouts{}, "http://127.0.0.1:3004", true, false},
		{valet.Whereabouts{Taken: true}, "", true, true},
	} {
		where = row.where
		err := k.valet.UseHandout(t.Context(), c.ID, 0, func(h valet.Handout) error {
			unanswered, taken := h.Unanswered()
			at := slices.IndexFunc(h.Environ(), func(v string) bool { return strings.HasPrefix(v, "ETSY_API_URL=") })
			if unanswered != row.unanswered || taken != row.taken || (at >= 0) != (row.api != "") || at >= 0 && h.Environ()[at] != "ETSY_API_URL="+row.api {
				t.Errorf("%+v: %v, %v, variable %d", row.where, unanswered, taken, at)
			}
			config, err := h.Curl("/v3/application/users/me")
			if row.api == "" && valet.KindOf(err) != valet.NoAPI || row.api != "" && !strings.Contains(config, row.api) {
				t.Errorf("%+v: curl: %v", row.where, err)
			}
			later := h.At("http://127.0.0.1:3006").Environ()
			if !slices.Contains(later, "ETSY_API_URL=http://127.0.0.1:3006") {
				t.Errorf("%+v: served later, it is not named", row.where)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}
