package words

import "golang.org/x/text/width"

// Breadth is how many columns a letter takes where all others are of one width: 1 or 2 (Unicode Standard Annex 11).
func Breadth(letter rune) int {
	if kind := width.LookupRune(letter).Kind(); kind == width.EastAsianWide || kind == width.EastAsianFullwidth {
		return 2
	}
	return 1
}
