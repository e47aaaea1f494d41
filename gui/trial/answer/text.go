package answer

import (
	"bytes"
	"encoding/json"
	"strings"
	"unicode/utf8"

	"valetkey/valet/words"
)

// pretty writes a value with one member a line, two spaces a step, its numbers as they came.
func (n *Node) pretty() string {
	var out strings.Builder
	n.write(&out, "")
	return out.String()
}

func (n *Node) write(out *strings.Builder, margin string) {
	open, shut := "{", "}"
	switch n.Kind {
	case Null:
		out.WriteString("null")
		return
	case Bool, Number:
		out.WriteString(n.Text)
		return
	case String:
		out.WriteString(quoted(n.Text))
		return
	case List:
		open, shut = "[", "]"
	}
	if len(n.Below) == 0 {
		out.WriteString(open + shut)
		return
	}
	within := margin
	if len(margin) < 2*deepest {
		within += "  "
	}
	out.WriteString(open)
	for i, m := range n.Below {
		if i > 0 {
			out.WriteByte(',')
		}
		out.WriteString("\n" + within)
		if n.Kind == Object {
			out.WriteString(quoted(m.Name) + ": ")
		}
		m.write(out, within)
	}
	out.WriteString("\n" + margin + shut)
}

// deepest is the step from which on nothing stands further to the right.
const deepest = 40

// quoted is a JSON string that a person can read: only what must be escaped is.
func quoted(text string) string {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	encoder.Encode(text) // a string always can be
	return strings.TrimSuffix(out.String(), "\n")
}

// Lines breaks a text into lines of at most columns, and at its own ends of lines. What goes on has the margin of its line; what
// cannot be seen is shown to be there. columns below 16 count as 16.
func Lines(text string, columns int) []string {
	columns = max(16, columns)
	var lines []string
	text = strings.TrimSuffix(strings.NewReplacer("\t", "    ", "\r\n", "\n").Replace(text), "\r")
	for line := range strings.SplitSeq(strings.Map(seen, text), "\n") {
		head, rest := cutAt(line, columns)
		lines = append(lines, head)
		margin := strings.Repeat(" ", min(len(line)-len(strings.TrimLeft(line, " ")), columns/2)+2)
		for rest != "" {
			head, rest = cutAt(rest, columns-len(margin))
			lines = append(lines, margin+head)
		}
	}
	return lines
}

// seen puts a mark in the place of what cannot be seen.
func seen(r rune) rune {
	if r != '\n' && unseen(r) {
		return utf8.RuneError
	}
	return r
}

// cutAt cuts a line after so many columns, two at least.
func cutAt(line string, columns int) (head, rest string) {
	if len(line) <= columns {
		return line, ""
	}
	for at, letter := range line {
		if columns -= words.Breadth(letter); columns < 0 {
			return line[:at], line[at:]
		}
	}
	return line, ""
}
