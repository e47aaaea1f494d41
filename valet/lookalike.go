package valet

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// guarded is the word that no provider file may call itself by, and no host may be mistaken for.
const guarded = "etsy"

// alike maps letters and signs of other alphabets to the Latin ones of the guarded word that they are taken for, after
// Unicode's list of confusables (UTS 39 4). Accents are taken off before.
var alike = sync.OnceValue(func() map[rune]rune {
	table := map[rune]rune{}
	for latin, others := range map[rune]string{
		'e': "еεєҽɛə3℮ꓰⲉꬲᎬꭼϵ",
		't': "тτ7+ƭʈțⲧꓔᎢꭲէ",
		's': "ѕʂ5$ꜱꓢտᏚꮪƨ",
		'y': "уүυγʏɣỿꓬⲩᎽꮍყ¥",
	} {
		for _, other := range others {
			table[other] = latin
		}
	}
	return table
})

// skeleton gives the plain Latin letters that text looks like.
func skeleton(text string) string {
	var letters strings.Builder
	for _, r := range norm.NFKD.String(strings.ToLower(norm.NFKC.String(text))) {
		if latin, ok := alike()[r]; ok {
			r = latin
		}
		if r >= 'a' && r <= 'z' {
			letters.WriteRune(r)
		}
	}
	return letters.String()
}

// passesFor reports whether text, or a word in it, begins like the guarded word. A doubled letter hides nothing.
func passesFor(text string) bool {
	words := strings.FieldsFunc(text, func(r rune) bool { return r == ' ' || r == '-' || r == '.' || r == '_' || r == '/' })
	for _, word := range append(words, text) {
		if strings.HasPrefix(undoubled(skeleton(word)), guarded) {
			return true
		}
	}
	return false
}

// undoubled writes each run of a letter once.
func undoubled(text string) string {
	var last rune
	return strings.Map(func(r rune) rune {
		if r == last {
			return -1
		}
		last = r
		return r
	}, text)
}

// mixed reports whether one word has letters of alphabets that are not written together (UTS 39 5.2, highly restrictive).
func mixed(text string) bool {
	for _, word := range strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) }) {
		if !together(scriptsOf(word)) {
			return true
		}
	}
	return false
}

// scriptsOf gives the alphabets of a word's letters; what belongs to all or to none is left out.
func scriptsOf(word string) map[string]bool {
	found := map[string]bool{}
	for _, r := range word {
		for name, table := range unicode.Scripts {
			if name != "Common" && name != "Inherited" && unicode.Is(table, r) {
				found[name] = true
			}
		}
	}
	return found
}

// together reports whether one language is written in all of these: Japanese, Korean and Chinese each use several.
func together(scripts map[string]bool) bool {
	if len(scripts) < 2 {
		return true
	}
	for _, language := range [][]string{{"Latin", "Han", "Hiragana", "Katakana"}, {"Latin", "Han", "Bopomofo"}, {"Latin", "Han", "Hangul"}} {
		covered := 0
		for _, script := range language {
			if scripts[script] {
				covered++
			}
		}
		if covered == len(scripts) {
			return true
		}
	}
	return false
}

// goodLine accepts one line of printable text, 80 characters at most.
func goodLine(text string) bool {
	return text != "" && utf8.RuneCountInString(text) <= 80 && text == printable(text) && text == strings.TrimSpace(text)
}

// goodName accepts a line that does not pass for the name of a built-in market.
func goodName(name string, builtin []Builtin) bool {
	if !goodLine(name) || passesFor(name) || mixed(name) {
		return false
	}
	for _, b := range builtin {
		if skeleton(name) == skeleton(b.Name) {
			return false
		}
	}
	return true
}
