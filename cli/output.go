package cli

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"

	"valetkey/valet/words"
)

// console is where words and data go, and where lines come from.
type console struct {
	in       io.Reader
	out, err io.Writer
}

// say writes one sentence for people.
func (c *console) say(id string, pairs ...any) {
	for i := 1; i < len(pairs); i += 2 {
		if text, ok := pairs[i].(string); ok {
			pairs[i] = clean(text)
		}
	}
	fmt.Fprintln(c.err, words.T(id, pairs...))
}

// data writes one line of what the verb promised.
func (c *console) data(line string) error {
	_, err := fmt.Fprintln(c.out, line)
	return err
}

// dataJSON writes value as indented JSON.
func (c *console) dataJSON(value any) error {
	encoder := json.NewEncoder(c.out)
	encoder.SetIndent("", "  ")
	encoder.SetEscapeHTML(false)
	return encoder.Encode(value)
}

// table writes rows as aligned columns, two spaces between them. All rows have as many cells.
func (c *console) table(rows [][]string) error {
	var widths []int
	size := 0
	for _, row := range rows {
		widths = append(widths, make([]int, max(0, len(row)-len(widths)))...)
		for i := range row {
			row[i] = clean(row[i])
			widths[i] = max(widths[i], utf8.RuneCountInString(row[i])+2)
		}
	}
	for _, width := range widths {
		size += width + 2 // more than enough where nothing but ASCII is in it
	}
	out := make([]byte, 0, size*len(rows))
	for _, row := range rows {
		for i, cell := range row {
			out = append(out, cell...)
			for pad := utf8.RuneCountInString(cell); i < len(row)-1 && pad < widths[i]; pad++ {
				out = append(out, ' ')
			}
		}
		out = append(out, '\n')
	}
	_, err := c.out.Write(out)
	return err
}

// complain tells a person what went wrong: what happened, what it means, the one thing to do next.
func (c *console) complain(err error) { c.tell(troubleOf(err)) }

func (c *console) tell(trouble words.Trouble) {
	for _, line := range []string{trouble.What, trouble.Means, trouble.Next} {
		if line != "" {
			fmt.Fprintln(c.err, cleanLines(line))
		}
	}
}

// clean takes out what could steer a terminal or turn the reading direction: names come from providers and files.
func clean(text string) string {
	if !strings.ContainsFunc(text, func(r rune) bool { return r < ' ' || r > '~' }) {
		return text
	}
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) || r == '\u2028' || r == '\u2029' {
			return unicode.ReplacementChar
		}
		return r
	}, text)
}

// cleanLines is clean for text of several lines.
func cleanLines(text string) string {
	lines := strings.Split(text, "\n")
	for i := range lines {
		lines[i] = clean(lines[i])
	}
	return strings.Join(lines, "\n")
}
