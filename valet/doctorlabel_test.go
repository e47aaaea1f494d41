package valet_test

import (
	"slices"
	"testing"

	"valetkey/oauth"
	"valetkey/oauth/practice"
	"valetkey/valet"
)

// TestLabelOfAProviderIsNotPersonal: a report goes on saying what stands in addresses.
func TestLabelOfAProviderIsNotPersonal(t *testing.T) {
	k := newKit(t)
	for _, label := range []string{"practice", "My shop"} {
		if _, err := k.valet.Keys.Set(t.Context(), valet.NewAppKey{Provider: "practice", Label: label, ClientID: practice.ClientID, Secret: oauth.NewSecret(practice.ClientSecret)}); err != nil {
			t.Fatal(err)
		}
	}
	personal := valet.NewDoctor(k.valet, valet.Instruments{}).Chart().Personal
	of := func(text string) bool {
		return slices.ContainsFunc(personal, func(p valet.Personal) bool { return p.Text == text })
	}
	if of("practice") || !of("My shop") {
		t.Errorf("personal are %v", personal)
	}
}
