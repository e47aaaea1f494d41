package practice

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// Every text can be read on every ground it stands on, in the light and in the dark: at least 4.5 : 1 (WCAG 2.2, 1.4.3).
func TestContrast(t *testing.T) {
	light, dark, found := strings.Cut(pagesCSS, "@media (prefers-color-scheme: dark)")
	if !found {
		t.Fatal("no dark colours")
	}
	for name, css := range map[string]string{"light": light, "dark": dark} {
		colours := map[string]float64{}
		for _, match := range regexp.MustCompile(`--([a-z0-9-]+): #([0-9a-f]{6});`).FindAllStringSubmatch(css, -1) {
			colours[match[1]] = luminance(t, match[2])
		}
		for ink, grounds := range map[string]string{
			"ink": "paper card sel soft", "muted": "paper card soft", "green-ink": "paper card", "on-green": "green",
			"red": "card sel", "brass-ink": "sel card paper",
		} {
			for _, ground := range strings.Fields(grounds) {
				if ratio := contrast(colours[ink], colours[ground]); ratio < 4.5 {
					t.Errorf("%s: %s on %s is %.2f : 1", name, ink, ground, ratio)
				}
			}
		}
	}
}

func contrast(a, b float64) float64 { return (max(a, b) + 0.05) / (min(a, b) + 0.05) }

func luminance(t *testing.T, hex string) float64 {
	t.Helper()
	sum := 0.0
	for i, weight := range []float64{0.2126, 0.7152, 0.0722} {
		octet, err := strconv.ParseUint(hex[2*i:2*i+2], 16, 8)
		if err != nil {
			t.Fatal(err)
		}
		c := float64(octet) / 255
		if c <= 0.04045 {
			c /= 12.92
		} else {
			c = math.Pow((c+0.055)/1.055, 2.4)
		}
		sum += weight * c
	}
	return sum
}
