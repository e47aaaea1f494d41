//go:build !nogui

package parts

import (
	"strings"
	"unicode"
)

// codeLine is what stands in the boxes of a code, and where the next character goes. A code is short: what is pasted and is
// none, such as an address or a sentence with the code in it, is kept whole, for somebody who knows how to look into it.
type codeLine struct {
	chars []rune
	whole string // what was pasted, exactly, as long as nobody changes a character
	loose bool   // whole is no code by itself, so chars is empty
	caret int    // before which character the next one goes
	all   bool   // everything is selected: what comes next takes its place
}

// longestCode is how many characters still look like a code that somebody types.
const longestCode = 24

// text is what was typed, or pasted.
func (l *codeLine) text() string {
	if l.whole != "" {
		return l.whole
	}
	return string(l.chars)
}

// empty takes everything away.
func (l *codeLine) empty() { *l = codeLine{} }

// edit makes ready for a change.
func (l *codeLine) edit() {
	if l.all || l.loose {
		l.empty()
	}
	l.whole = ""
}

// put takes a typed character; spaces and what cannot be seen are no part of a code.
func (l *codeLine) put(typed rune) {
	char, ok := plainRune(typed)
	if !ok {
		return
	}
	if l.edit(); len(l.chars) >= longestCode {
		return
	}
	l.chars = append(l.chars[:l.caret:l.caret], append([]rune{char}, l.chars[l.caret:]...)...)
	l.caret++
}

// paste takes a text in one piece.
func (l *codeLine) paste(text string) {
	if strings.TrimSpace(text) == "" {
		return
	}
	code, plain := plainCode(text)
	if before := len(l.chars); plain && before > 0 && !l.all && before+len(code) <= longestCode {
		for _, char := range code {
			l.put(char)
		}
		return
	}
	*l = codeLine{chars: code, whole: text, loose: !plain, caret: len(code)}
}

// back and forward delete one character, or all that is selected.
func (l *codeLine) back() {
	if !l.all && l.caret > 0 {
		l.caret--
		l.forward()
		return
	}
	if l.all || l.loose {
		l.empty()
	}
}

func (l *codeLine) forward() {
	if l.edit(); l.caret < len(l.chars) {
		l.chars = append(l.chars[:l.caret:l.caret], l.chars[l.caret+1:]...)
	}
}

// move puts the caret before a character, or behind the last.
func (l *codeLine) move(to int) {
	l.caret, l.all = min(len(l.chars), max(0, to)), false
}

// selectAll selects what there is.
func (l *codeLine) selectAll() { l.all = l.text() != "" }

// plainCode gives the characters of a text that is a code and nothing else: one word, or groups with a digit in each.
func plainCode(text string) ([]rune, bool) {
	var code []rune
	words := strings.FieldsFunc(text, func(r rune) bool { return unicode.IsSpace(r) || unicode.In(r, unicode.Cf, unicode.Cc) })
	for _, word := range words {
		grouped := len(words) == 1 || len([]rune(word)) == 1
		for _, r := range word {
			char, ok := plainRune(r)
			if !ok || char > unicode.MaxASCII || unicode.IsPunct(char) && !strings.ContainsRune("-_.~", char) || unicode.IsSymbol(char) && char != '~' {
				return nil, false
			}
			code, grouped = append(code, char), grouped || unicode.IsDigit(char)
		}
		if !grouped {
			return nil, false
		}
	}
	if len(code) > longestCode {
		return nil, false
	}
	return code, true
}

// plainRune brings a full-width character (U+FF01 to U+FF5E) to the one it stands for; ok is false for a space and for what
// cannot be seen.
func plainRune(r rune) (char rune, ok bool) {
	if r >= 0xff01 && r <= 0xff5e {
		r += '!' - 0xff01
	}
	return r, unicode.IsGraphic(r) && !unicode.IsSpace(r)
}
