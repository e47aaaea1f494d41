package practice

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

// TestTongueFor: what a browser asks for, weighed.
func TestTongueFor(t *testing.T) {
	for accepted, want := range map[string]*tongue{
		"":                        inEnglish,
		"de":                      inGerman,
		"de-AT,de;q=0.9,en;q=0.8": inGerman,
		"en-GB,en;q=0.9,de;q=0.8": inEnglish,
		"fr, de;q=0.7, *;q=0.5":   inGerman,
		"en;q=0.2, DE-ch; q=0.4":  inGerman,
		"de;q=0, en":              inEnglish,
		"de;q=0":                  inEnglish,
		"*":                       inEnglish,
		"de;q=much, en;q=0.1":     inEnglish,
		";;,,=;q":                 inEnglish,
	} {
		if got := tongueFor(accepted); got != want {
			t.Errorf("%q: %s", accepted, got.text("lang"))
		}
	}
}

// TestGermanIsWhole: every text, with the same places, and none besides.
func TestGermanIsWhole(t *testing.T) {
	same := []string{"app", "signin.name", "consent.allow", "consent.deny", "switches.command"}
	toPrograms := []string{"host.refused", "older.ended"}
	place := regexp.MustCompile(`%[a-z]`)
	for id, said := range english {
		there, known := german[id]
		if known == slices.Contains(toPrograms, id) {
			t.Errorf("%s stands in German: %v", id, known)
		}
		if !known {
			continue
		}
		if (there == said) != slices.Contains(same, id) {
			t.Errorf("%s is %q: the same as in English?", id, there)
		}
		if got, want := place.FindAllString(there, -1), place.FindAllString(said, -1); !slices.Equal(got, want) {
			t.Errorf("%s has the places %q, want %q", id, got, want)
		}
		if strings.ContainsAny(there, "!”'") || strings.Count(there, "„") != strings.Count(there, "“") {
			t.Errorf("%s: %s", id, there)
		}
	}
	for id := range german {
		if _, known := english[id]; !known {
			t.Errorf("%s is said nowhere", id)
		}
	}
}

// TestPagesInGerman walks as a German browser does: each page says its language, and none is half English.
func TestPagesInGerman(t *testing.T) {
	s := newPractice(t)
	b := newBrowser(t, s)
	b.language = "de-DE,de;q=0.9,en;q=0.5"
	says := func(ids ...string) {
		t.Helper()
		for _, id := range append(ids, "market.foot") {
			if !strings.Contains(b.page, german[id]) {
				t.Errorf("%s is not on %s", id, b.at)
			}
			if english[id] != german[id] && strings.Contains(b.page, ">"+english[id]+"<") {
				t.Errorf("%s stands in English on %s", id, b.at)
			}
		}
		if !strings.Contains(b.page, `<html lang="de">`) {
			t.Errorf("%s does not say that it is German", b.at)
		}
	}
	b.open(consentURL())
	says("signin.title", "signin.lead", "signin.press")
	b.press("signin")
	says("consent.lead", "risk.read", "scope.shops_r", "consent.keep")
	b.press("allow")
	if got := send(t, s, "POST", tokenPath, exchangeForm(b.at.Query().Get("code"))); got.Status != 200 {
		t.Fatalf("exchange: %d", got.Status)
	}
	b.open(home + pathApps)
	says("apps.lead", "apps.revoke", "nav.switches")
	if today := time.Now().Format("2.1.2006, "); !strings.Contains(b.page, german["signin.nobody"]+" am "+today) {
		t.Errorf("no day in German: %s", b.page)
	}
	b.open(home + pathSwitches)
	says("switches.title", "switches.ttl", "fault.slow", "fault.clock-ahead")
	b.open(home + "/nowhere")
	says("lost.title", "lost.text")
}
