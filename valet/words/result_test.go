package words

import (
	"errors"
	"strings"
	"testing"

	"valetkey/oauth"
	"valetkey/oauth/etsy"
	"valetkey/valet"
)

func TestResultPage(t *testing.T) {
	c := valet.Connection{ProviderName: "Etsy", Account: valet.Account{ShopName: "Blue Fern Pottery"},
		Asked: []oauth.Scope{"shops_r", "listings_r"}, Granted: []oauth.Scope{"shops_r"}}
	page := ResultPage(c, nil)
	if !page.OK || page.Heading != "Your key is in Valet Key" || page.Text != "Blue Fern Pottery. You can close this tab." || page.Step != int(valet.Keep) {
		t.Errorf("%+v", page)
	}
	for _, part := range []string{`<div class="light"><svg `, `<div class="dark"><svg `, `aria-label="A key with one permission"`} {
		if !strings.Contains(page.Art, part) {
			t.Errorf("the picture has no %s", part)
		}
	}
	if strings.Contains(page.Art, "style") || strings.Contains(page.Art, "Blue") {
		t.Error("the picture holds what the page forbids")
	}
	for _, c := range []struct {
		err     error
		heading string
		step    valet.Step
	}{
		{&valet.Error{Kind: valet.Denied, Provider: "Etsy"}, "No key was made", valet.Approve},
		{&valet.Error{Kind: valet.TimedOut}, "This answer is no longer good", valet.Approve},
		{&valet.Error{Kind: valet.Cancelled}, "This was cancelled in Valet Key", valet.Approve},
		{&valet.Error{Kind: valet.WrongShop, Subject: "Red Oak Prints", Other: "Blue Fern Pottery"}, "This is Red Oak Prints", valet.Receive},
		{&valet.Error{Kind: valet.NotKept, Cause: ailing("locked")}, "The key could not be stored", valet.Keep},
		{&valet.Error{Kind: valet.ExchangeRefused, Subject: "invalid_grant", Provider: "Etsy"}, "This answer is no longer good", valet.Receive},
		{&valet.Error{Kind: valet.ExchangeRefused, Subject: "invalid_client", Provider: "Etsy"}, "Etsy did not hand over a key", valet.Receive},
		{&valet.Error{Kind: valet.BadAnswer}, "The provider did not hand over a key", valet.Receive},
		{&valet.Error{Kind: valet.Unreachable, Provider: "Etsy"}, "Etsy cannot be reached just now", valet.Receive},
		{errors.New("secret detail"), "The key was not made", valet.Receive},
	} {
		page := ResultPage(valet.Connection{}, c.err)
		if page.OK || page.Heading != c.heading || page.Step != int(c.step) || page.Art != "" || len(page.Steps) != 4 {
			t.Errorf("%v: %+v", c.err, page)
		}
	}
}

// TestResultPageIsWhole: no ending leaves a blank or a sentence out, and none shows the text of an error.
func TestResultPageIsWhole(t *testing.T) {
	for _, kind := range append(kinds(t), "never heard of") {
		page := ResultPage(valet.Connection{}, &valet.Error{Kind: kind, Cause: errors.New("secret detail")})
		text := page.Title + page.Heading + page.Text + strings.Join(page.Steps, "")
		if strings.Contains(text, "result.") || strings.Contains(text, "no value") || strings.Contains(text, "detail") || page.Lang == "" {
			t.Errorf("%s: %+v", kind, page)
		}
	}
	doors := DoorPages()
	for _, page := range []oauth.Page{doors.Nothing, doors.Stranger, doors.Used, doors.Back} {
		if page.Heading == "" || strings.Contains(page.Heading+page.Text, "result.") || page.Lang == "" {
			t.Errorf("%+v", page)
		}
	}
}

func TestScopesOf(t *testing.T) {
	if got := scopesOf(valet.Connection{Asked: []oauth.Scope{"listings_r"}}); len(got) != len(etsy.Provider().Scopes) {
		t.Errorf("%d permissions", len(got))
	}
	got := scopesOf(valet.Connection{Asked: []oauth.Scope{"orders_r", "orders:write", "read:stock"}})
	want := []oauth.Risk{oauth.RiskRead, oauth.RiskChange, oauth.RiskRead}
	for i, risk := range want {
		if len(got) != len(want) || got[i].Risk != risk {
			t.Errorf("%+v", got)
		}
	}
}

// TestPermissionsAndPurposes: whatever Etsy offers has words.
func TestPermissionsAndPurposes(t *testing.T) {
	for _, info := range etsy.Provider().Scopes {
		if ScopeTitle(info.Name) == string(info.Name) || ScopeDetail(info.Name) == "" {
			t.Errorf("no words for %s", info.Name)
		}
		if RiskWord(info.Risk) != T("scopes.risk."+string(info.Risk)) {
			t.Errorf("no word for the risk %s", info.Risk)
		}
	}
	for _, purpose := range append(etsy.Purposes(), etsy.Purpose{ID: "choose"}) {
		if PurposeTitle(purpose.ID) == purpose.ID || PurposeText(purpose.ID) == "" {
			t.Errorf("no words for %s", purpose.ID)
		}
	}
}
