package valet_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"valetkey/valet"
)

// TestDoctorTellsWhatItBegins: each check is named before what it found is, and one that is not wanted is not begun.
func TestDoctorTellsWhatItBegins(t *testing.T) {
	k := newKit(t)
	c := k.mustConnect(t)
	var told []string
	visit := valet.Visit{Key: c.ID, Only: []valet.CheckID{valet.CheckFolders, valet.CheckNetwork, valet.CheckRecord}, Begin: func(f valet.Finding) {
		if f.State != "" {
			t.Errorf("%s is known to be %s before it is looked at", f.Check, f.State)
		}
		told = append(told, "begin "+string(f.Check)+" "+f.About+" "+f.Provider)
	}}
	for f := range valet.NewDoctor(k.valet, valet.Instruments{Browser: theirBrowser}).Examine(t.Context(), visit) {
		told = append(told, string(f.State)+" "+string(f.Check))
	}
	market, err := k.valet.Providers.Get(c.Provider)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"begin folders  ", "fine folders", "begin network " + market.ID + " " + market.Name, "fine network", "begin record " + c.Name + " ", "fine record"}
	if diff := cmp.Diff(want, told); diff != "" {
		t.Error(diff)
	}
}
