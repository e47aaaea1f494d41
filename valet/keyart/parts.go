package keyart

import (
	"strings"

	"valetkey/oauth"
)

// Where the parts of the key are, in SVG units. The bow is a ring; a collar of two ridges stops the key in its lock; the blade
// runs on to a tip that is cut off below, and the teeth hang from it no lower than the bow does.
const (
	bowX, bowY   = 52, 62
	bowR, eyeR   = 50, 32.5
	bladeTop     = 52
	bladeBottom  = 72
	bladeStart   = 96
	bladeEnd     = 422
	firstTooth   = 152
	lastTooth    = 410 // no tooth ends beyond
	widestPitch  = 18
	toothOfPitch = 2.0 / 3
	groupGap     = 0.45 // of the pitch
	initialSize  = 33
)

// Where the eye of the bow is, in SVG units: there is room for a round picture of the shop upon its initial. The eye of a grey key
// is elsewhere.
const (
	EyeX, EyeY = bowX, bowY
	EyeRadius  = eyeR
)

// toothLength is how far a tooth hangs below the blade.
func toothLength(risk oauth.Risk) float64 {
	switch risk {
	case oauth.RiskRead:
		return 14
	case oauth.RiskDelete:
		return 38
	}
	return 25
}

// hanging is the withdrawn key: a little smaller, its tip sunk, its bow on the thread.
var hanging = turn(7, 0.86, point{bowX, bowY - (bowR+eyeR)/2}, point{68, 32})

// key draws bow, collar, blade and teeth in one shape of one metal, then the teeth that delete, then the light and the initial.
func (s *svg) key(key Key, metal Metal, red, ink string) {
	var body, deleting path
	body.disc(bowX, bowY, bowR)
	body.hole(bowX, bowY, eyeR)
	body.blade()
	for _, tooth := range places(key.Teeth) {
		if tooth.Risk == oauth.RiskDelete {
			deleting.rect(tooth.x, bladeBottom, tooth.width, toothLength(tooth.Risk), 0, min(3, tooth.width/3))
			continue
		}
		body.rect(tooth.x, bladeBottom-4, tooth.width, toothLength(tooth.Risk)+4, 0, min(2.5, tooth.width/3))
	}
	s.fill(metal.Face, body)
	s.fill(red, deleting)
	s.light(metal)
	s.fill(ink, glyph(Initial(key.Initial), bowX, bowY, initialSize))
}

func (p *path) blade() {
	p.rect(108, bladeTop-11, 10, bladeBottom-bladeTop+22, 3, 3)
	p.rect(123, bladeTop-6, 6, bladeBottom-bladeTop+12, 2.5, 2.5)
	p.polygon(point{bladeStart, bladeTop}, point{bladeEnd - 5, bladeTop}, point{bladeEnd - 1.5, bladeTop + 1.5},
		point{bladeEnd, bladeTop + 5}, point{bladeEnd, bladeTop + 8}, point{bladeEnd - 12, bladeBottom}, point{bladeStart, bladeBottom})
}

// light is the bevel: the edge that catches the light along bow and blade, and the groove that runs along the blade.
func (s *svg) light(metal Metal) {
	var shine, shade path
	shine.arc(bowX, bowY, bowR-3.2, 188, 292, 2.4)
	shine.bar(point{136, bladeTop + 3.4}, point{bladeEnd - 8, bladeTop + 3.4}, 2.4)
	shine.bar(point{111.2, bladeTop - 7}, point{111.2, bladeBottom + 7}, 2)
	shade.arc(bowX, bowY, eyeR+3.2, 188, 292, 2.4)
	shade.bar(point{136, bladeTop + 12}, point{bladeEnd - 14, bladeTop + 12}, 3.2)
	s.fill(metal.Shade, shade)
	s.fill(metal.Shine, shine)
}

// thread comes from above, runs through the eye of the bow and back to its knot.
func (s *svg) thread(colour string) {
	var p path
	p.bar(point{68, -2}, point{68, 15}, 1.6)
	p.disc(68, 29.5, 15.3)
	p.hole(68, 29.5, 13.7)
	p.disc(68, 15, 2.6)
	s.fill(colour, p)
}

// placed is a cut tooth at its place.
type placed struct {
	Tooth
	x, width float64
}

// places gives the cut teeth their places. A place depends on the provider's list alone, never on what is cut. Groups stand
// a little apart; a long list stands closer, so that the key keeps its length.
func places(teeth []Tooth) []placed {
	length := 0.0 // in pitches
	starts := make([]float64, len(teeth))
	for i, tooth := range teeth {
		if i > 0 && group(tooth.Scope) != group(teeth[i-1].Scope) {
			length += groupGap
		}
		starts[i] = length
		length++
	}
	pitch := widestPitch * 1.0
	if length > 0 {
		pitch = min(pitch, (lastTooth-firstTooth)/(length-1+toothOfPitch))
	}
	var cut []placed
	for i, tooth := range teeth {
		if tooth.Cut {
			cut = append(cut, placed{tooth, firstTooth + starts[i]*pitch, pitch * toothOfPitch})
		}
	}
	return cut
}

// group is what a permission is about: listings for listings_r, orders for orders:read.
func group(scope oauth.Scope) string {
	name := string(scope)
	if end := strings.IndexAny(name, "_:."); end > 0 {
		return name[:end]
	}
	return name
}
