package words

import (
	"encoding/json"
	"strings"
	"unicode/utf8"
)

// Pseudo is the tag of a language that nobody speaks: English with accents, about 40 % longer, between brackets.
const Pseudo = "en-XA"

// isPseudo reports whether a tag of a system names [Pseudo]: en_XA, or qps-ploc as Windows calls it.
func isPseudo(tag string) bool {
	tag = strings.ToLower(strings.ReplaceAll(tag, "_", "-"))
	return tag == strings.ToLower(Pseudo) || tag == "qps-ploc"
}

// answers is the sentence that nobody reads: what a person types for yes.
const answers = "cli.ask.yes"

// pseudoRoom makes the sentences of a room from those in English.
func pseudoRoom(english []byte) ([]byte, error) {
	var room map[string]json.RawMessage
	if err := json.Unmarshal(english, &room); err != nil {
		return nil, err
	}
	made := make(map[string]any, len(room))
	for id, value := range room {
		if id == answers {
			made[id] = value
			continue
		}
		var text string
		if json.Unmarshal(value, &text) == nil {
			made[id] = pseudo(text)
			continue
		}
		var forms map[string]string
		if err := json.Unmarshal(value, &forms); err != nil {
			return nil, err
		}
		for form, text := range forms {
			forms[form] = pseudo(text)
		}
		made[id] = forms
	}
	return json.Marshal(made)
}

// accents are letters that look like the plain ones and need more height.
var accents = strings.NewReplacer(
	"a", "á", "c", "ç", "e", "é", "i", "î", "n", "ñ", "o", "ö", "s", "š", "u", "ü", "y", "ý", "z", "ž",
	"A", "Å", "C", "Ç", "E", "É", "I", "Î", "N", "Ñ", "O", "Ö", "S", "Š", "U", "Ü", "Y", "Ý", "Z", "Ž",
)

// kept is what a sentence holds besides letters for people, and must not change: blanks, markup in stars or backquotes, the
// letters to answer with, and what is typed: addresses, placeholders in capitals, options, and commands of this program.
var kept = pattern("{{[^}]*}}|`[^`]*`|\\*\\*|\\[[^]]*\\]|https?://\\S+|\\b[A-Z]{2,}\\b|--[a-z-]+|\\bvaletkey( [a-z]+){0,2}")

// pseudo makes one sentence. What it adds for length is words that can be broken into lines, as a translation's can.
func pseudo(text string) string {
	const longer, word, size = 40, " ëñð", 4 // per cent; letters
	var made strings.Builder
	letters, from := 0, 0
	plain := func(part string) {
		letters += utf8.RuneCountInString(part)
		made.WriteString(accents.Replace(part))
	}
	for _, at := range kept().FindAllStringIndex(text, -1) {
		plain(text[from:at[0]])
		made.WriteString(text[at[0]:at[1]])
		from = at[1]
	}
	plain(text[from:])
	missing := max(0, letters*longer/100-len("[]"))
	return "[" + made.String() + strings.Repeat(word, (missing+size-1)/size) + "]"
}
