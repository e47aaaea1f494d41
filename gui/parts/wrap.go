//go:build !nogui

package parts

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

func style(r Run) fyne.TextStyle { return fyne.TextStyle{Bold: r.Bold, Monospace: r.Mono} }

// sized makes technical names smaller than the words around them: they are for makers, not for reading.
func sized(r Run, size float32) float32 {
	switch {
	case r.Mono:
		return min(size, theme.Size(Small)) * 0.95
	case r.Small:
		return min(size, theme.Size(Small))
	}
	return size
}

func width(runs []Run, size float32) float32 {
	var w float32
	for _, r := range runs {
		w += measure(r.Text, sized(r, size), style(r)).Width
	}
	return w
}

// broken is a text broken into lines for one width. Layouts ask many times for the same.
type broken struct {
	reach, size float32
	lines       [][]Run
}

// rows breaks the text into lines that fit reach.
func rows(t *Text, reach float32) [][]Run {
	size := theme.Size(t.size)
	if t.fit == whole {
		return [][]Run{t.runs}
	}
	for _, b := range t.broken {
		if b.reach == reach && b.size == size {
			return b.lines
		}
	}
	lines := breakLines(t.runs, size, max(reach, 2*Unit))
	if t.fit == cut && len(lines) > 1 {
		lines = [][]Run{shorten(t.runs, size, max(reach, 2*Unit))}
	}
	if len(t.broken) > 3 {
		t.broken = t.broken[1:]
	}
	t.broken = append(t.broken, broken{reach, size, lines})
	return lines
}

// breakLines fills lines word by word. A word is what stands between spaces, even where its style changes within. A line is
// measured as one only where the sum of its words comes near the end: what is written on many screens are the same words.
func breakLines(runs []Run, size, reach float32) [][]Run {
	var lines [][]Run
	var line []Run
	var sum float32
	for _, word := range words(runs) {
		if strings.HasPrefix(word[0].Text, "\n") {
			lines, line, sum = append(lines, trim(line)), nil, 0
			continue
		}
		if len(line) > 0 && sum+width(word, size) > reach-Unit && width(trim(join(line, word)), size) > reach {
			lines, line, sum = append(lines, trim(line)), nil, 0
		}
		for len(line) == 0 && width(trim(word), size) > reach {
			head, rest := split(word, size, reach)
			lines, word = append(lines, head), rest
		}
		line, sum = join(line, word), sum+width(word, size)
	}
	return append(lines, trim(line))
}

// words cuts runs after spaces; each word keeps the space that follows it.
func words(runs []Run) [][]Run {
	var all [][]Run
	var word []Run
	flush := func() {
		if len(word) > 0 {
			all, word = append(all, word), nil
		}
	}
	for _, r := range runs {
		for _, part := range strings.SplitAfter(strings.ReplaceAll(r.Text, "\n", " \n "), " ") {
			if part == "" {
				continue
			}
			piece := r
			piece.Text = part
			if part == "\n " {
				flush()
				all = append(all, []Run{piece})
				continue
			}
			word = append(word, piece)
			if strings.HasSuffix(part, " ") {
				flush()
			}
		}
	}
	flush()
	return all
}

// join appends word to line, one run for each stretch of the same style.
func join(line, word []Run) []Run {
	joined := append([]Run(nil), line...)
	for _, r := range word {
		if n := len(joined); n > 0 && sameStyle(joined[n-1], r) {
			joined[n-1].Text += r.Text
			continue
		}
		joined = append(joined, r)
	}
	return joined
}

func sameStyle(a, b Run) bool {
	return a.Bold == b.Bold && a.Mono == b.Mono && a.Small == b.Small && a.Colour == b.Colour
}

// trim drops the space at the end of a line.
func trim(line []Run) []Run {
	if len(line) == 0 {
		return line
	}
	trimmed := append([]Run(nil), line...)
	last := &trimmed[len(trimmed)-1]
	last.Text = strings.TrimRight(last.Text, " ")
	return trimmed
}

// split cuts a word that is wider than a whole line, such as an address.
func split(word []Run, size, reach float32) (head, rest []Run) {
	r := word[0]
	letters := []rune(r.Text)
	n := len(letters)
	for n > 1 {
		r.Text = string(letters[:n])
		if width([]Run{r}, size) <= reach {
			break
		}
		n--
	}
	r.Text = string(letters[:n])
	rest = append([]Run(nil), word...)
	if n == len(letters) {
		return []Run{r}, rest[1:]
	}
	rest[0].Text = string(letters[n:])
	return []Run{r}, rest
}

// shorten cuts from the end until the text and an ellipsis fit.
func shorten(runs []Run, size, reach float32) []Run {
	kept := append([]Run(nil), runs...)
	for len(kept) > 0 {
		last := &kept[len(kept)-1]
		letters := []rune(last.Text)
		for len(letters) > 0 {
			letters = letters[:len(letters)-1]
			last.Text = strings.TrimRight(string(letters), " ") + "…"
			if width(kept, size) <= reach {
				return kept
			}
		}
		kept = kept[:len(kept)-1]
	}
	return []Run{{Text: "…"}}
}
