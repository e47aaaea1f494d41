package keyart

import (
	"math"
	"strconv"
)

// path is the d attribute of an SVG path. Every shape runs clockwise, so shapes that overlap melt into one under the nonzero
// rule, without a seam; hole runs the other way and cuts.
type path []byte

// num writes v with two digits at most, the same on every machine.
func num(v float64) string {
	return strconv.FormatFloat(math.Round(v*100)/100+0, 'f', -1, 64) // +0 turns -0 into 0
}

func (p *path) op(letter byte, values ...float64) {
	*p = append(*p, letter)
	for i, v := range values {
		if i > 0 {
			*p = append(*p, ' ')
		}
		*p = append(*p, num(v)...)
	}
}

// point is a place in SVG units, y downward.
type point struct{ x, y float64 }

// on gives the point of a circle at an angle in degrees: 0 right, 90 down.
func on(cx, cy, r, degrees float64) point {
	sin, cos := math.Sincos(degrees * math.Pi / 180)
	return point{cx + r*cos, cy + r*sin}
}

// polygon joins the points, which must run clockwise.
func (p *path) polygon(points ...point) {
	for i, at := range points {
		letter := byte('L')
		if i == 0 {
			letter = 'M'
		}
		p.op(letter, at.x, at.y)
	}
	p.op('Z')
}

// rect draws a rectangle with round corners: r1 at its two upper ones, r2 at its two lower ones.
func (p *path) rect(x, y, w, h, r1, r2 float64) {
	p.op('M', x, y+r1)
	p.corner(r1, x+r1, y)
	p.op('L', x+w-r1, y)
	p.corner(r1, x+w, y+r1)
	p.op('L', x+w, y+h-r2)
	p.corner(r2, x+w-r2, y+h)
	p.op('L', x+r2, y+h)
	p.corner(r2, x, y+h-r2)
	p.op('Z')
}

func (p *path) corner(r, x, y float64) {
	if r > 0 {
		p.op('A', r, r, 0, 0, 1, x, y)
	}
}

// disc and hole are a circle, filled and cut out.
func (p *path) disc(cx, cy, r float64) { p.circle(cx, cy, r, 1) }
func (p *path) hole(cx, cy, r float64) { p.circle(cx, cy, r, 0) }

func (p *path) circle(cx, cy, r, sweep float64) {
	p.op('M', cx-r, cy)
	p.op('A', r, r, 0, 0, sweep, cx+r, cy)
	p.op('A', r, r, 0, 0, sweep, cx-r, cy)
	p.op('Z')
}

// bar is a straight stroke with round ends.
func (p *path) bar(a, b point, width float64) {
	dx, dy := b.x-a.x, b.y-a.y
	length := math.Hypot(dx, dy)
	r := width / 2
	nx, ny := dy/length*r, -dx/length*r // to the left of the way from a to b
	p.op('M', a.x+nx, a.y+ny)
	p.op('L', b.x+nx, b.y+ny)
	p.op('A', r, r, 0, 0, 1, b.x-nx, b.y-ny)
	p.op('L', a.x-nx, a.y-ny)
	p.op('A', r, r, 0, 0, 1, a.x+nx, a.y+ny)
	p.op('Z')
}

// arc is a stroke along a circle, clockwise from one angle to the other, with round ends; a whole turn is a ring.
func (p *path) arc(cx, cy, radius, from, to, width float64) {
	half := width / 2
	if to-from >= 360 {
		p.disc(cx, cy, radius+half)
		p.hole(cx, cy, radius-half)
		return
	}
	large := 0.0
	if to-from > 180 {
		large = 1
	}
	outer, inner := radius+half, radius-half
	start, end, back, home := on(cx, cy, outer, from), on(cx, cy, outer, to), on(cx, cy, inner, to), on(cx, cy, inner, from)
	p.op('M', start.x, start.y)
	p.op('A', outer, outer, 0, large, 1, end.x, end.y)
	p.op('A', half, half, 0, 0, 1, back.x, back.y)
	p.op('A', inner, inner, 0, large, 0, home.x, home.y)
	p.op('A', half, half, 0, 0, 1, start.x, start.y)
	p.op('Z')
}

// matrix is an SVG transform. Only this form is read alike everywhere.
type matrix [6]float64

// turn gives the matrix that scales by size and turns by degrees about the point from, which lands on to.
func turn(degrees, size float64, from, to point) matrix {
	sin, cos := math.Sincos(degrees * math.Pi / 180)
	sin, cos = sin*size, cos*size
	return matrix{cos, sin, -sin, cos, to.x - cos*from.x + sin*from.y, to.y - sin*from.x - cos*from.y}
}

func (m matrix) String() string {
	text := "matrix("
	for i, v := range m {
		if i > 0 {
			text += " "
		}
		text += strconv.FormatFloat(math.Round(v*1e4)/1e4+0, 'f', -1, 64)
	}
	return text + ")"
}
