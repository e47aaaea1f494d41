package cli

import (
	"io"
	"os"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/term"

	"valetkey/valet/words"
)

const (
	usualWidth = 80 // columns, where nothing says how many there are
	leastWidth = 40 // narrower than this nothing is laid out
	gap        = 3  // blanks between a term and what it means
	aside      = 8  // blanks before what a term means, on a line of its own
)

// widthOf is how many columns there are: as COLUMNS says, else those of the terminal that out is.
func widthOf(out io.Writer) int {
	columns, err := strconv.Atoi(os.Getenv("COLUMNS"))
	if fd, ok := terminalOf(out); ok && (err != nil || columns <= 0) {
		columns, _, err = term.GetSize(fd)
	}
	if err != nil || columns <= 0 {
		columns = usualWidth
	}
	return max(columns, leastWidth)
}

// page lays text out for a terminal of so many columns.
type page struct {
	text  strings.Builder
	width int
}

// section begins a part with its heading.
func (p *page) section(id string) { p.text.WriteString("\n" + words.T(id) + "\n") }

// prose writes paragraphs. One with columns in it stays as it is: that is typed.
func (p *page) prose(text string) {
	for n, paragraph := range strings.Split(text, "\n\n") {
		if n > 0 {
			p.text.WriteByte('\n')
		}
		if columned(paragraph) {
			p.text.WriteString(paragraph + "\n")
			continue
		}
		p.fill("", "", paragraph)
	}
}

// columned tells a table from prose.
func columned(paragraph string) bool { return strings.Contains(paragraph, "   ") }

// fill writes text behind lead, and what does not fit on later lines behind hang. No word is broken.
func (p *page) fill(lead, hang, text string) {
	line, begun := lead, false
	for word := range strings.FieldsFuncSeq(text, func(r rune) bool { return r == ' ' || r == '\n' }) {
		if begun && utf8.RuneCountInString(line)+1+utf8.RuneCountInString(word) > p.width {
			p.text.WriteString(line + "\n")
			line, begun = hang, false
		}
		if begun {
			line += " "
		}
		line, begun = line+word, true
	}
	p.text.WriteString(line + "\n")
}

// row is a term and what it means.
type row struct{ term, about string }

// rows writes terms and what they mean, side by side where there is room for both.
func (p *page) rows(list []row) {
	left := 0
	for _, r := range list {
		left = max(left, utf8.RuneCountInString(r.term)+gap)
	}
	for _, r := range list {
		if left > p.width/2 {
			p.text.WriteString(r.term + "\n")
			p.fill(strings.Repeat(" ", aside), strings.Repeat(" ", aside), r.about)
			continue
		}
		p.fill(r.term+strings.Repeat(" ", left-utf8.RuneCountInString(r.term)), strings.Repeat(" ", left), r.about)
	}
}
