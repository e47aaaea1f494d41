package oauth

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"math"
	"regexp"
	"strings"
	"testing"
)

// Requirements A18 to A20 of the page itself, and what look.md says of it.

var fourSteps = []string{"Ask", "Approve", "Receive", "Keep"}

func TestA18PageEscapesEverythingButItsArt(t *testing.T) {
	hostile := `<script>evil()</script>"'&` + "\u202eevil\r\n\x1b[31m\u0000"
	page := Page{
		Lang: hostile, Title: hostile, Heading: hostile, Text: hostile + "\n\n" + hostile, Steps: []string{hostile}, Step: 0,
		Art: `<svg viewBox="0 0 1 1"></svg>`,
	}
	text := string(page.document())
	for _, bad := range []string{"<script", "\u202e", "\x1b", "\x00", "\r"} {
		if strings.Contains(text, bad) {
			t.Errorf("%q is in the page", bad)
		}
	}
	if !strings.Contains(text, page.Art) || strings.Count(text, "<p ") != 2 {
		t.Error(text)
	}
}

func TestA19StyleMatchesItsHash(t *testing.T) {
	text := string(Page{Heading: "x"}.document())
	_, style, _ := strings.Cut(text, "<style>")
	style, _, _ = strings.Cut(style, "</style>")
	if !strings.Contains(contentPolicy, "'"+hashSource(style)+"'") {
		t.Error("the browser will not use this style")
	}
	if strings.Contains(text, "style=") || strings.Count(text, "<style>") != 1 {
		t.Error("a second style is in the page")
	}
}

func TestA20PageLoadsNothing(t *testing.T) {
	text := string(Page{Heading: "x", Text: "y", Steps: fourSteps, Step: 3, OK: true}.document())
	for _, bad := range []string{"src=", "href=", "url(", "@import", "http:", "https:", "//", "<script", "<link", "<img", "<form"} {
		if strings.Contains(text, bad) {
			t.Errorf("%s is in the page", bad)
		}
	}
}

func TestPageIsWellFormed(t *testing.T) {
	text := string(Page{Lang: "de", Title: "T", Heading: "H", Text: "a\n\nb", Steps: fourSteps, Step: 2, Art: "<svg></svg>"}.document())
	for _, want := range []string{`<html lang="de">`, `<meta name="viewport"`, "<title>T</title>", "<h1 dir=\"auto\">H</h1>", `<p dir="auto">a</p>`, `<p dir="auto">b</p>`, "prefers-color-scheme:dark"} {
		if !strings.Contains(text, want) {
			t.Errorf("%s is missing", want)
		}
	}
	reader := xml.NewDecoder(strings.NewReader(text))
	reader.Strict, reader.AutoClose, reader.Entity = false, xml.HTMLAutoClose, xml.HTMLEntity
	for {
		if _, err := reader.Token(); errors.Is(err, io.EOF) {
			return
		} else if err != nil {
			t.Fatal(err)
		}
	}
}

func TestPageDefaults(t *testing.T) {
	text := string(Page{Heading: "Only this"}.document())
	if !strings.Contains(text, `<html lang="en">`) || !strings.Contains(text, "<title>Only this</title>") || strings.Contains(text, "<ol") || strings.Contains(text, "<p ") {
		t.Error(text)
	}
}

func TestPageSteps(t *testing.T) {
	for name, c := range map[string]struct {
		page Page
		want string
	}{
		"kept":           {Page{Step: 3, OK: true}, "done done done done"},
		"could not keep": {Page{Step: 3}, "done done done failed"},
		"declined":       {Page{Step: 1}, "done failed - -"},
		"half way":       {Page{Step: 1, OK: true}, "done done - -"},
	} {
		c.page.Steps = fourSteps
		var classes []string
		for _, step := range c.page.steps() {
			if step.Class == "" {
				step.Class = "-"
			}
			classes = append(classes, step.Class)
		}
		if got := strings.Join(classes, " "); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

func TestDoorPagesAreReplacedOneByOne(t *testing.T) {
	pages := DoorPages{Used: Page{Heading: "Schon benutzt", Lang: "de"}}.orWords()
	if pages.Used.Heading != "Schon benutzt" || pages.Back.Heading == "" || pages.Nothing.Heading == "" || pages.Stranger.Heading == "" {
		t.Errorf("%+v", pages)
	}
}

// TestPageContrast computes WCAG's contrast of every text colour on the page's grounds, in both schemes.
func TestPageContrast(t *testing.T) {
	colours := regexp.MustCompile(`--([a-z-]+):#([0-9A-F]{6})`)
	light, dark, _ := strings.Cut(pageStyle, "@media")
	for scheme, style := range map[string]string{"light": light, "dark": dark} {
		luminance := map[string]float64{}
		for _, found := range colours.FindAllStringSubmatch(style, -1) {
			luminance[found[1]] = luminanceOf(t, found[2])
		}
		for _, text := range []string{"ink", "muted", "brass-ink", "red", "green"} {
			for _, ground := range []string{"paper", "card"} {
				a, b := luminance[text]+0.05, luminance[ground]+0.05
				if ratio := math.Max(a, b) / math.Min(a, b); ratio < 4.5 {
					t.Errorf("%s: %s on %s is %.2f : 1", scheme, text, ground, ratio)
				}
			}
		}
	}
}

func luminanceOf(t *testing.T, colour string) float64 {
	t.Helper()
	var octets [3]uint8
	if _, err := fmt.Sscanf(colour, "%02x%02x%02x", &octets[0], &octets[1], &octets[2]); err != nil {
		t.Fatal(err)
	}
	linear := func(octet uint8) float64 {
		c := float64(octet) / 255
		if c <= 0.04045 {
			return c / 12.92
		}
		return math.Pow((c+0.055)/1.055, 2.4)
	}
	return 0.2126*linear(octets[0]) + 0.7152*linear(octets[1]) + 0.0722*linear(octets[2])
}
