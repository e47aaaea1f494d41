//go:build !nogui

package walk

import (
	"testing"

	"valetkey/valet"
	"valetkey/valet/words"
)

func TestTheButtonThatAllowsIsCalledAsItIsThere(t *testing.T) {
	for want, m := range map[string]valet.Market{
		words.T("window.approve.step.allow"):          {EtsyAPI: true},
		words.T("window.approve.step.allow.practice"): {EtsyAPI: true, Practice: true},
		words.T("window.approve.step.allow.other"):    {},
	} {
		if got := allowStep(m); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
