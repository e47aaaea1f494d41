package words

import (
	"strings"
	"testing"

	"valetkey/oauth/etsy"
	"valetkey/valet"
)

// TestAdviceFitsTheProvider: Etsy's pages are named for Etsy alone.
func TestAdviceFitsTheProvider(t *testing.T) {
	for _, cause := range []etsy.Cause{etsy.KeyUnknown} {
		for provider, named := range map[string]bool{"Etsy": true, "Practice market": false, "Acme Market": false} {
			told := Sentence(&valet.Error{Kind: valet.AppKeyRefused, Provider: provider, Cause: &etsy.Refusal{Cause: cause}})
			if strings.Contains(told.Next, "developer@etsy.com") != named || !named && !strings.Contains(told.Next, provider) {
				t.Errorf("%s, %s: %q", cause, provider, told.Next)
			}
		}
	}
}
