// Package keyart draws a key whose teeth are the permissions, as SVG.
//
// It is the one picture of the app: the walk, the rack, the panel, the tray, the page in the browser and the app's icon all
// show it. The same scopes give the same picture, byte for byte, and a permission has its tooth at the same place on every key
// of a provider, so that two keys can be compared at a glance.
//
// The SVG uses only filled paths and groups with a matrix: that is what browsers and Fyne's rasteriser draw alike. Fyne's knows
// no text, no fill-rule and no stroke that grows with the picture, so letters are shapes (glyph.go) and holes are made by
// winding (shape.go).
package keyart

import (
	"encoding/xml"
	"strings"

	"valetkey/oauth"
)

// The natural size of the key in SVG units; every key is this wide and high, whatever it opens, so that nothing jumps.
const (
	Width  = 424
	Height = 128
)

// Key says what to draw.
type Key struct {
	Initial string // of the shop; its first letter or digit counts, see [Initial]
	Teeth   []Tooth
	Palette Palette
	Grey    bool   // withdrawn: grey, hanging by a thread
	Label   string // what a screen reader says; empty: the picture is decoration
}

// Tooth is one permission of a provider, in the provider's order.
type Tooth struct {
	Scope oauth.Scope
	Risk  oauth.Risk
	Cut   bool // the key has this permission; without it the place stays empty
}

// Teeth gives a key's teeth: a place for each permission that the provider knows, cut where held has it. A permission the
// provider does not list stands at the end, as one that changes, so that nothing held is left out of the picture.
func Teeth(known []oauth.ScopeInfo, held []oauth.Scope) []Tooth {
	has := make(map[oauth.Scope]bool, len(held))
	for _, scope := range held {
		has[scope] = true
	}
	teeth := make([]Tooth, 0, len(known))
	for _, info := range known {
		teeth = append(teeth, Tooth{Scope: info.Name, Risk: info.Risk, Cut: has[info.Name]})
		delete(has, info.Name)
	}
	for _, scope := range held {
		if has[scope] {
			teeth = append(teeth, Tooth{Scope: scope, Risk: oauth.RiskChange, Cut: true})
			delete(has, scope)
		}
	}
	return teeth
}

// Draw gives the key as an SVG of [Width] by [Height]. It is a pure function, safe for many goroutines.
func Draw(key Key) string {
	picture := open(Width, Height, key.Label)
	if key.Grey {
		picture.thread(key.Palette.Muted)
		picture.group(hanging)
		picture.key(key, key.Palette.Grey, key.Palette.Grey.Face, key.Palette.Muted)
		picture.endGroup()
	} else {
		picture.key(key, key.Palette.Brass, key.Palette.Red, key.Palette.Ink)
	}
	return picture.close()
}

// svg is a picture under construction.
type svg struct{ strings.Builder }

func open(width, height float64, label string) *svg {
	s := &svg{}
	size := num(width) + `" height="` + num(height)
	s.WriteString(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ` + num(width) + " " + num(height) + `" width="` + size + `"`)
	if label == "" {
		s.WriteString(` aria-hidden="true">`)
		return s
	}
	s.WriteString(` role="img" aria-label="` + escape(label) + `"><title>` + escape(label) + `</title>`)
	return s
}

func (s *svg) close() string {
	s.WriteString("</svg>\n")
	return s.String()
}

// fill draws one path; an empty one leaves no trace.
func (s *svg) fill(colour string, p path) {
	if len(p) > 0 {
		s.WriteString(`<path fill="` + escape(colour) + `" d="` + string(p) + `"/>`)
	}
}

func (s *svg) group(m matrix) { s.WriteString(`<g transform="` + m.String() + `">`) }
func (s *svg) endGroup()      { s.WriteString("</g>") }

// escape makes text safe in an attribute and in an element, in XML and in HTML alike; what XML cannot hold becomes U+FFFD.
func escape(text string) string {
	var b strings.Builder
	if err := xml.EscapeText(&b, []byte(text)); err != nil {
		return ""
	}
	return b.String()
}
