package keyart

import (
	"strconv"
	"strings"
	"unicode"
)

// mark stands for an initial that has no glyph here: a small diamond.
const mark = '◆'

// glyphHeight is the height of a capital in the strokes below, glyphWeight how thick they are.
const (
	glyphHeight = 14
	glyphWeight = 3
)

// strokes are the letters as a punch would stamp them: "l x y x y" is a line, "a x y r from to" an arc in degrees, clockwise
// from the right, "o x y r" a disc. The first number is the width.
var strokes = map[rune]string{
	'A': "10.6 l 0 14 5.3 0 l 5.3 0 10.6 14 l 2 9.4 8.6 9.4",
	'B': "8.9 l 0 0 0 14 l 0 0 5 0 a 5 3.3 3.3 -90 90 l 0 6.6 5.2 6.6 a 5.2 10.3 3.7 -90 90 l 0 14 5.2 14",
	'C': "9.4 a 5 5 5 180 332 l 0 5 0 9 a 5 9 5 28 180",
	'D': "9.4 l 0 0 0 14 l 0 0 4.4 0 a 4.4 5 5 -90 0 l 9.4 5 9.4 9 a 4.4 9 5 0 90 l 0 14 4.4 14",
	'E': "7.8 l 0 0 0 14 l 0 0 7.8 0 l 0 7 6.6 7 l 0 14 7.8 14",
	'F': "7.8 l 0 0 0 14 l 0 0 7.8 0 l 0 7 6.6 7",
	'G': "10 a 5 5 5 180 328 l 0 5 0 9 a 5 9 5 0 180 l 10 7.4 10 9 l 5.8 7.4 10 7.4",
	'H': "9.6 l 0 0 0 14 l 9.6 0 9.6 14 l 0 7 9.6 7",
	'I': "0 l 0 0 0 14",
	'J': "7.4 l 7.4 0 7.4 10 a 3.4 10 4 0 150",
	'K': "9.2 l 0 0 0 14 l 8.8 0 0 8.6 l 3.6 5.2 9.2 14",
	'L': "7.4 l 0 0 0 14 l 0 14 7.4 14",
	'M': "11.6 l 0 14 0 0 l 0 0 5.8 8.6 l 5.8 8.6 11.6 0 l 11.6 0 11.6 14",
	'N': "9.6 l 0 14 0 0 l 0 0 9.6 14 l 9.6 14 9.6 0",
	'O': "10 a 5 5 5 180 360 l 10 5 10 9 a 5 9 5 0 180 l 0 9 0 5",
	'P': "9 l 0 0 0 14 l 0 0 5 0 a 5 4 4 -90 90 l 0 8 5 8",
	'Q': "10 a 5 5 5 180 360 l 10 5 10 9 a 5 9 5 0 180 l 0 9 0 5 l 6.2 9.8 10.4 14.4",
	'R': "9.2 l 0 0 0 14 l 0 0 5 0 a 5 3.9 3.9 -90 90 l 0 7.8 5 7.8 l 5 7.8 9.2 14",
	'S': "8.6 a 3.5 3.5 3.5 90 270 l 3.5 0 5 0 a 5 3.5 3.5 270 336 l 3.5 7 5.1 7 a 5.1 10.5 3.5 -90 90 l 3.5 14 5.1 14 a 3.5 10.5 3.5 90 156",
	'T': "10 l 0 0 10 0 l 5 0 5 14",
	'U': "9.6 l 0 0 0 9.2 a 4.8 9.2 4.8 0 180 l 9.6 0 9.6 9.2",
	'V': "10.4 l 0 0 5.2 14 l 5.2 14 10.4 0",
	'W': "14.4 l 0 0 3.7 14 l 3.7 14 7.2 3 l 7.2 3 10.7 14 l 10.7 14 14.4 0",
	'X': "9.8 l 0 0 9.8 14 l 9.8 0 0 14",
	'Y': "10 l 0 0 5 7.2 l 10 0 5 7.2 l 5 7.2 5 14",
	'Z': "9 l 0 0 9 0 l 9 0 0 14 l 0 14 9 14",
	'0': "8.8 a 4.4 4.4 4.4 180 360 l 8.8 4.4 8.8 9.6 a 4.4 9.6 4.4 0 180 l 0 9.6 0 4.4",
	'1': "4 l 0 3.2 4 0 l 4 0 4 14",
	'2': "8.4 a 4.2 4.2 4.2 186 400 l 7.42 6.9 0 14 l 0 14 8.4 14",
	'3': "7.6 a 4 3.4 3.4 206 450 l 2.8 6.8 4 6.8 a 4 10.4 3.6 -90 154",
	'4': "9 l 6.4 0 0 10 l 0 10 9 10 l 6.4 0 6.4 14",
	'5': "8.4 l 7.4 0 1 0 l 1 0 0.5 7 a 4.1 9.7 4.3 219 500",
	'6': "8.6 a 4.3 9.7 4.3 0 360 l 0.6 7.5 5.6 0",
	'7': "8.6 l 0 0 8.6 0 l 8.6 0 3 14",
	'8': "7.4 a 3.7 3.35 3.35 0 360 a 3.7 10.35 3.65 0 360",
	'9': "8.6 a 4.3 4.3 4.3 0 360 l 8 6.5 3 14",
	'?': "8 a 4 4 4 188 410 l 6.57 7.06 4.4 8.9 l 4.4 8.9 4 10 o 4.1 13.9 1.6",
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
		if _, ok := strokes[r]; ok {
			return r
		}
		for plain, letters := range folded {
			if strings.ContainsRune(letters, r) {
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
	fields := strings.Fields(strokes[r])
	if len(fields) == 0 {
		d := height * 0.34
		p.polygon(point{cx, cy - d}, point{cx + d, cy}, point{cx, cy + d}, point{cx - d, cy})
		return p
	}
	scale := height / (glyphHeight + glyphWeight)
	weight := glyphWeight * scale
	at := func(x, y float64) point {
		return point{cx + (x-number(fields[0])/2)*scale, cy + (y-glyphHeight/2)*scale}
	}
	for i := 1; i < len(fields); {
		count := map[string]int{"l": 4, "a": 5, "o": 3}[fields[i]]
		var v [5]float64
		for j := range count {
			v[j] = number(fields[i+1+j])
		}
		start := at(v[0], v[1])
		switch fields[i] {
		case "l":
			p.bar(start, at(v[2], v[3]), weight)
		case "a":
			p.arc(start.x, start.y, v[2]*scale, v[3], v[4], weight)
		case "o":
			p.disc(start.x, start.y, v[2]*scale)
		}
		i += count + 1
	}
	return p
}

// number reads a number of the table above; a test reads them all.
func number(text string) float64 {
	v, err := strconv.ParseFloat(text, 64)
	if err != nil {
		panic("keyart: " + err.Error())
	}
	return v
}
