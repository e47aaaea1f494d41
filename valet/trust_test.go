package valet

import (
	"reflect"
	"slices"
	"testing"

	"valetkey/oauth"
	"valetkey/oauth/oauth1"
)

func TestHostNotes(t *testing.T) {
	plain, imitates := Doubt(""), HostNote{Doubt: Imitates, Like: "etsy.com"}
	rows := map[string]struct {
		reads string
		doubt Doubt
	}{
		// The built-in market's own, and hosts of anybody.
		"etsy.com": {"", plain}, "www.etsy.com": {"", plain}, "openapi.ETSY.com": {"", plain}, "etsy.com.": {"", plain}, "etsy.com:8443": {"", plain},
		"id.acme.example": {"", plain}, "acme-betsy.example": {"", plain}, "127.0.0.1:3004": {"", plain}, "[::1]:80": {"", plain}, "localhost": {"", plain},
		// Imitations, in ASCII.
		"etsy.com.evil.example": {"", Imitates}, "etsy.evil.example": {"", Imitates}, "etsy-login.example": {"", Imitates}, "login-etsy.example": {"", Imitates},
		"etsy.co": {"", Imitates}, "etsycom.example": {"", Imitates}, "e-t-s-y.example": {"", Imitates}, "ettsy.com": {"", Imitates}, "etssy.com": {"", Imitates},
		"3t5y.com": {"", Imitates}, "e7sy.com": {"", Imitates}, "evil.example.etsy.com.evil.example:443": {"", Imitates}, "xetsy.com": {"", plain}, "notetsy.com": {"", plain},
		// Imitations, in letters of other alphabets.
		"xn--tsy-qdd.com": {"еtsy.com", Imitates}, "XN--TSY-QDD.com": {"еtsy.com", Imitates}, "www.xn--tsy-qdd.com:8443": {"www.еtsy.com", Imitates},
		"xn--e1a0ad5e.com": {"етѕу.com", Imitates}, "xn--tsy-9la.com": {"étsy.com", Imitates},
		// Other alphabets.
		"xn--mller-kva.example": {"müller.example", Foreign}, "xn--e1afmkfd.example": {"пример.example", Foreign}, "xn--fsqu00a.example": {"例子.example", Foreign},
		"xn--cme-5cd.example": {"аcme.example", MixesAbc}, "xn--n1acz4a.xn--mller-kva.example": {"шопя.müller.example", Foreign},
		// What stands for no letters.
		"xn--a-0000000000.example": {"", Unreadable}, "xn--.example": {"", Unreadable}, "xn--abc-.example": {"", Unreadable},
	}
	for host, row := range rows {
		note := noteOf(host)
		if note.Doubt != row.doubt || note.Reads != row.reads || (note.Like != "") != (row.doubt == Imitates) || row.doubt == Imitates && note.Like != imitates.Like {
			t.Errorf("%s: %+v, want %q %q", host, note, row.reads, row.doubt)
		}
	}
}

// TestTrust: every host that a key or a question goes to is looked at, once.
func TestTrust(t *testing.T) {
	m := Market{Provider: oauth.Provider{
		Issuer: "https://id.acme.example", AuthorizationEndpoint: "https://id.acme.example/a", TokenEndpoint: "https://xn--tsy-qdd.com/t",
		RevocationEndpoint: "https://id.acme.example/r", API: "https://API.acme.example", Account: oauth.AccountLookup{URL: "https://etsy-me.example/me"},
	}, FromIssuer: true}
	want := []HostNote{
		{Host: "id.acme.example"}, {Host: "xn--tsy-qdd.com", Reads: "еtsy.com", Doubt: Imitates, Like: "etsy.com"},
		{Host: "api.acme.example"}, {Host: "etsy-me.example", Doubt: Imitates, Like: "etsy.com"},
	}
	if got := m.Trust(); !reflect.DeepEqual(got, want) {
		t.Errorf("%+v", got)
	}
}

func TestHostsNameTheIssuerThatDecides(t *testing.T) {
	m := Market{Provider: oauth.Provider{Issuer: "https://id.acme.example"}}
	if hosts := m.Hosts(); !slices.Equal(hosts, []string{"id.acme.example"}) {
		t.Errorf("before it was asked: %v", hosts)
	}
	m.AuthorizationEndpoint, m.TokenEndpoint = "https://a.example/a", "https://a.example/t"
	if hosts := m.Hosts(); !slices.Equal(hosts, []string{"a.example"}) {
		t.Errorf("not asked, as the file names both: %v", hosts)
	}
}

func TestNamesThatPassForOthers(t *testing.T) {
	builtin := testProviders(t).builtin
	for name, good := range map[string]bool{
		"Acme Market": true, "Betsy's Buttons": true, "Müller & Söhne": true, "Рынок": true, "東京マーケット": true, "Shop 24/7": true, "Practice shop": true,
		"Etsy": false, "ETSY": false, "Etsy ": false, "Etsy\u200b": false, "Еtsy": false, "Ｅtsy": false, "Étsy": false, "E t s y": false, "Etsyshop": false,
		"Official Etsy": false, "3tsy": false, "Ετѕу": false, "ꓰꓔꓢꓬ": false, "Practice market": false, "PRACTICE MARKET": false, "Practice-Market": false, "Аcme": false,
		"": false, "a\nb": false, "\u202eemcA": false,
	} {
		if goodName(name, builtin) != good {
			t.Errorf("%q: want good = %v", name, good)
		}
	}
}

func TestSharesCallback(t *testing.T) {
	markets := []Market{
		{Provider: oauth.Provider{ID: "practice"}, Practice: true}, {Provider: oauth.Provider{ID: "etsy", Name: "Etsy"}}, {Provider: oauth.Provider{ID: "acme"}},
	}
	keys := []AppKey{{Provider: "practice", Redirect: "http://localhost:3003/a"}, {Provider: "acme", Redirect: "http://localhost:3003/a"}, {Provider: "etsy", Redirect: "http://localhost:3003/b"}}
	for redirect, want := range map[string]string{"http://localhost:3003/a": "", "http://localhost:3003/b": "etsy", "http://localhost:3003/c": ""} {
		m := Market{Provider: oauth.Provider{ID: "acme"}, Redirect: redirect}
		other, shared := SharesCallback(m, keys, markets)
		if shared != (want != "") || other.ID != want {
			t.Errorf("%s: %v %s", redirect, shared, other.ID)
		}
		m.OAuth1 = &oauth1.Provider{}
		if _, shared := SharesCallback(m, keys, markets); shared {
			t.Errorf("%s: a market of OAuth 1.0a is warned of", redirect)
		}
		m.OAuth1, m.RequiresIssuer = nil, true
		if _, shared := SharesCallback(m, keys, markets); shared {
			t.Errorf("%s: a market that names itself is warned of", redirect)
		}
	}
}

// FuzzHostNote: what is shown for a host is the host, in printable text, and asking changes nothing.
func FuzzHostNote(f *testing.F) {
	for _, host := range []string{"etsy.com", "xn--tsy-qdd.com", "xn--.example:80", "[::1]:1", "xn--a-0000000000"} {
		f.Add(host)
	}
	f.Fuzz(func(t *testing.T, host string) {
		if oauth.CheckEndpoint("https://"+host+"/") != nil {
			return
		}
		note := noteOf(host)
		if note.Reads != printable(note.Reads) || (note.Doubt == Imitates) != (note.Like != "") || note.Doubt == Foreign && note.Reads == "" {
			t.Fatalf("%q: %+v", host, note)
		}
	})
}
