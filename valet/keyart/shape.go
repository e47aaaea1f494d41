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
