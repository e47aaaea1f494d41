package keyart

import (
	"math"
	"strconv"
	"strings"
	"unicode"
)

// mark stands for an initial that has no glyph here: a small diamond.
const mark = '◆'

// glyphHeight is the height of a capital in the table below, glyphWeight how thick they are.
const (
	glyphHeight = 14
	glyphWeight = 3
)

// letters are drawn as a punch would stamp them. The first number is the width; then strokes, parted by semicolons: "m x y"
// begins one, "j x y" begins one inside another, "l x y" is a line, "a x y r from to" an arc in degrees, clockwise from the
// right unless the angles fall, "z" closes it, "J" ends it inside another. "o x y r" is a disc.
var letters = map[rune]string{
	'A': "10.6; m 0 14 l 5.3 0 l 10.6 14; j 1.8 9.4 l 8.8 9.4 J",
	'B': "8.9; j 0 6.6 l 5 6.6 a 5 3.3 3.3 90 -90 l 0 0 l 0 14 l 5.2 14 a 5.2 10.3 3.7 90 -90 J",
	'C': "9.4; a 5 5 5 332 180 l 0 9 a 5 9 5 180 28",
	'D': "9.4; m 0 0 l 4.4 0 a 4.4 5 5 -90 0 l 9.4 9 a 4.4 9 5 0 90 l 0 14 z",
	'E': "7.8; m 7.8 0 l 0 0 l 0 14 l 7.8 14; j 0 7 l 6.6 7",
	'F': "7.8; m 7.8 0 l 0 0 l 0 14; j 0 7 l 6.6 7",
	'G': "10; a 5 5 5 328 180 l 0 9 a 5 9 5 180 0 l 10 7.4 l 5.8 7.4",
	'H': "9.6; m 0 0 l 0 14; m 9.6 0 l 9.6 14; j 0 7 l 9.6 7 J",
	'I': "0; m 0 0 l 0 14",
	'J': "7.4; m 7.4 0 l 7.4 10 a 3.4 10 4 0 150",
	'K': "9.2; m 0 0 l 0 14; m 8.8 0 l 0 8.6 J; j 3.6 5.1 l 9.2 14",
	'L': "7.4; m 0 0 l 0 14 l 7.4 14",
	'M': "11.6; m 0 14 l 0 0 l 5.8 8.6 l 11.6 0 l 11.6 14",
	'N': "9.6; m 0 14 l 0 0 l 9.6 14 l 9.6 0",
	'O': "10; a 5 5 5 180 360 l 10 9 a 5 9 5 0 180 l 0 5 z",
	'P': "9; m 0 14 l 0 0 l 5 0 a 5 4 4 -90 90 l 0 8 J",
	'Q': "10; a 5 5 5 180 360 l 10 9 a 5 9 5 0 180 l 0 5 z; m 6.2 9.8 l 10.4 14.4",
	'R': "9.2; m 0 14 l 0 0 l 5 0 a 5 3.9 3.9 -90 90 l 0 7.8 J; j 4.8 7.8 l 9.2 14",
	'S': "8.6; a 5 3.5 3.5 336 270 l 3.5 0 a 3.5 3.5 3.5 270 90 l 5.1 7 a 5.1 10.5 3.5 -90 90 l 3.5 14 a 3.5 10.5 3.5 90 156",
	'T': "10; m 0 0 l 10 0; j 5 0 l 5 14",
	'U': "9.6; m 0 0 l 0 9.2 a 4.8 9.2 4.8 180 0 l 9.6 0",
	'V': "10.4; m 0 0 l 5.2 14 l 10.4 0",
	'W': "14.4; m 0 0 l 3.7 14 l 7.2 3 l 10.7 14 l 14.4 0",
	'X': "9.8; m 0 0 l 9.8 14; m 9.8 0 l 0 14",
	'Y': "10; m 0 0 l 5 7.2 l 10 0; j 5 7.2 l 5 14",
	'Z': "9; m 0 0 l 9 0 l 0 14 l 9 14",
	'0': "8.8; a 4.4 4.4 4.4 180 360 l 8.8 9.6 a 4.4 9.6 4.4 0 180 l 0 4.4 z",
	'1': "4; m 0 3.2 l 4 0 l 4 14",
	'2': "8.4; a 4.2 4.2 4.2 186 400 l 0 14 l 8.4 14",
	'3': "7.6; a 4 3.4 3.4 206 450 l 2.8 6.8; j 4 6.8 a 4 10.4 3.6 -90 154",
	'4': "9; m 6.4 14 l 6.4 0 l 0 10 l 9 10",
	'5': "8.4; m 7.4 0 l 1 0 l 0.76 7 a 4.1 9.7 4.3 219 500",
	'6': "8.6; a 4.3 9.7 4.3 0 180 a 4.3 9.7 4.3 180 360 z; m 5.6 0 l 0.6 7.5 J",
	'7': "8.6; m 0 0 l 8.6 0 l 3 14",
	'8': "7.4; a 3.7 3.35 3.35 0 180 a 3.7 3.35 3.35 180 360 z; a 3.7 10.35 3.65 0 180 a 3.7 10.35 3.65 180 360 z",
	'9': "8.6; a 4.3 4.3 4.3 0 180 a 4.3 4.3 4.3 180 360 z; j 8 6.5 l 3 14",
	'?': "8; a 4 4 4 188 410 l 4.4 8.9 l 4.4 10; o 4.3 14 1.6",
}

// folded lists the letters that are shown as a plain capital.
var folded = map[rune]string{
	'A': "ÀÁÂÃÄÅÆĀĂĄ", 'C': "ÇĆĈĊČ", 'D': "ÐĎĐ", 'E': "ÈÉÊËĒĔĖĘĚ", 'G': "ĜĞĠĢ", 'H': "ĤĦ", 'I': "ÌÍÎÏĨĪĬĮİ", 'J': "Ĵ",
	'K': "Ķ", 'L': "ĹĻĽĿŁ", 'N': "ÑŃŅŇŊ", 'O': "ÒÓÔÕÖØŌŎŐŒ", 'R': "ŔŖŘ", 'S': "ŚŜŞŠȘßẞ", 'T': "ŢŤŦȚÞ", 'U': "ÙÚÛÜŨŪŬŮŰŲ",
	'W': "Ŵ", 'Y': "ÝŶŸ", 'Z': "ŹŻŽ",
}

// Initial gives the character that stands in the bow for a shop's name: its first letter or digit as a plain capital, '?' for
// a name without either, and '◆' for a letter of another script.
func Initial(name string) rune {
	for _, r := range name {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			continue
		}
		r = unicode.ToUpper(r)
		if _, ok := letters[r]; ok {
			return r
		}
		for plain, likes := range folded {
			if strings.ContainsRune(likes, r) {
				return plain
			}
		}
		return mark
	}
	return '?'
}

// glyph gives the character as a shape of that height about a centre.
func glyph(r rune, cx, cy, height float64) path {
	var p path
	width, strokes, found := strings.Cut(letters[r], ";")
	if !found {
		d := height * 0.34
		p.polygon(point{cx, cy - d}, point{cx + d, cy}, point{cx, cy + d}, point{cx - d, cy})
		return p
	}
	scale := height / (glyphHeight + glyphWeight)
	punch := punch{scale: scale, x: cx - number(width)/2*scale, y: cy - glyphHeight/2.0*scale}
	for text := range strings.SplitSeq(strokes, ";") {
		punch.strike(&p, strings.Fields(text))
	}
	return p
}

// punch places the letters: their units are scaled, then moved.
type punch struct{ scale, x, y float64 }

func (at punch) point(x, y float64) point { return point{at.x + x*at.scale, at.y + y*at.scale} }

// strike draws one stroke of a letter.
func (at punch) strike(p *path, fields []string) {
	var s stroke
	var pen point
	for len(fields) > 0 {
		var v [5]float64
		count := operands[fields[0]]
		for i := range count {
			v[i] = number(fields[1+i])
		}
		to := at.point(v[0], v[1])
		switch fields[0] {
		case "m", "j":
			s.buttStart = fields[0] == "j"
			pen = to
		case "l":
			s.segments = append(s.segments, line(pen, to))
			pen = to
		case "a":
			s.segments = append(s.segments, curve(to.x, to.y, v[2]*at.scale, v[3], v[4]))
			pen = s.segments[len(s.segments)-1].b
		case "o":
			p.disc(to.x, to.y, v[2]*at.scale)
			return
		case "z":
			s.close(pen)
		case "J":
			s.buttEnd = true
		}
		fields = fields[count+1:]
	}
	p.stroke(s, glyphWeight*at.scale)
}

// close joins the end to the beginning, with a line where they are apart.
func (s *stroke) close(pen point) {
	s.closed = true
	if start := s.segments[0].a; math.Hypot(start.x-pen.x, start.y-pen.y) > 0.1 {
		s.segments = append(s.segments, line(pen, start))
	}
}

// operands says how many numbers follow a letter of the table above.
var operands = map[string]int{"m": 2, "j": 2, "l": 2, "a": 5, "o": 3, "z": 0, "J": 0}

// number reads a number of the table above; a test reads them all.
func number(text string) float64 {
	v, err := strconv.ParseFloat(text, 64)
	if err != nil {
		panic("keyart: " + err.Error())
	}
	return v
}
