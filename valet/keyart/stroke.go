package keyart

import (
	"math"
	"slices"
)

// segment is a part of a stroke's middle line: straight, or along a circle from one angle to the other.
type segment struct {
	a, b     point
	centre   point
	r        float64 // 0: straight
	from, to float64 // degrees; falling: counterclockwise
}

func line(a, b point) segment { return segment{a: a, b: b} }

func curve(cx, cy, r, from, to float64) segment {
	return segment{a: on(cx, cy, r, from), b: on(cx, cy, r, to), centre: point{cx, cy}, r: r, from: from, to: to}
}

func (s segment) reversed() segment {
	s.a, s.b, s.from, s.to = s.b, s.a, s.to, s.from
	return s
}

// heading is the direction at the beginning and at the end, of length 1.
func (s segment) heading() (begin, end point) {
	if s.r == 0 {
		length := math.Hypot(s.b.x-s.a.x, s.b.y-s.a.y)
		d := point{(s.b.x - s.a.x) / length, (s.b.y - s.a.y) / length}
		return d, d
	}
	turn := math.Copysign(90, s.to-s.from)
	return on(0, 0, 1, s.from+turn), on(0, 0, 1, s.to+turn)
}

// left gives the two ends of the segment's left bank, half a stroke from the middle.
func (s segment) left(half float64) (begin, end point) {
	d, e := s.heading()
	return point{s.a.x + d.y*half, s.a.y - d.x*half}, point{s.b.x + e.y*half, s.b.y - e.x*half}
}

// stroke is a line of joined segments with a thickness. Its outline never overlaps itself along an edge: a rasteriser that adds
// up what overlaps within a pixel would show the seams.
type stroke struct {
	segments           []segment
	closed             bool
	buttStart, buttEnd bool // ends within another stroke
}

// stroke draws the outline of s.
func (p *path) stroke(s stroke, width float64) {
	back := make([]segment, 0, len(s.segments))
	for _, segment := range slices.Backward(s.segments) {
		back = append(back, segment.reversed())
	}
	pen := pen{path: p, half: width / 2}
	begin, _ := s.segments[0].left(pen.half)
	turn, _ := back[0].left(pen.half)
	p.op('M', begin.x, begin.y)
	pen.bank(s.segments, s.closed)
	if s.closed {
		p.op('Z')
		p.op('M', turn.x, turn.y)
		pen.bank(back, true)
	} else {
		pen.end(turn, s.buttEnd)
		pen.bank(back, false)
		pen.end(begin, s.buttStart)
	}
	p.op('Z')
}

// pen draws the banks of a stroke, half a width from its middle.
type pen struct {
	*path
	half float64
}

// bank draws the left side of the segments, from where the pen is.
func (p pen) bank(segments []segment, closed bool) {
	for i, s := range segments {
		p.side(s)
		if i+1 < len(segments) || closed {
			p.join(s, segments[(i+1)%len(segments)])
		}
	}
}

// side draws the left side of one segment.
func (p pen) side(s segment) {
	_, end := s.left(p.half)
	if s.r == 0 {
		p.op('L', end.x, end.y)
		return
	}
	large, sweep, radius := 0.0, 1.0, s.r+p.half
	if s.to < s.from {
		sweep, radius = 0, s.r-p.half
	}
	if math.Abs(s.to-s.from) > 180 {
		large = 1
	}
	p.op('A', radius, radius, 0, large, sweep, end.x, end.y)
}

// join leads from one left side to the next: round where it is the outer side, straight where it is the inner one.
func (p pen) join(s, next segment) {
	_, d := s.heading()
	e, _ := next.heading()
	to, _ := next.left(p.half)
	switch bend := d.x*e.y - d.y*e.x; {
	case bend > 0.05:
		p.corner(p.half, to.x, to.y)
	case bend < -0.05:
		p.op('L', to.x, to.y)
	}
}

// end turns round at the end of a stroke.
func (p pen) end(to point, butt bool) {
	if butt {
		p.op('L', to.x, to.y)
	} else {
		p.corner(p.half, to.x, to.y)
	}
}

// bar is a straight stroke with round ends.
func (p *path) bar(a, b point, width float64) {
	p.stroke(stroke{segments: []segment{line(a, b)}}, width)
}

// arc is a stroke along a circle with round ends.
func (p *path) arc(cx, cy, r, from, to, width float64) {
	p.stroke(stroke{segments: []segment{curve(cx, cy, r, from, to)}}, width)
}
