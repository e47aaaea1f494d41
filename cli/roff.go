package cli

import (
	"fmt"
	"strings"

	"valetkey/valet/words"
)

// roff writes a manual page with the macros of man(7). It is written by hand: help is plain text, in which Markdown's signs, such
// as the _ of a variable, mean nothing, and cobra's own writer of pages takes its text for Markdown.
type roff struct{ text strings.Builder }

// line writes one line of roff.
func (p *roff) line(text string) { p.text.WriteString(text + "\n") }

func (p *roff) title(name, source string) {
	p.line(fmt.Sprintf(`.TH "%s" "1" "" "%s" "Valet Key"`, roffCode(name), roffCode(source)))
	p.line(".nh\n.ad l") // no hyphens that somebody could copy
}

func (p *roff) section(id string) { p.line(`.SH "` + roffProse(words.T(id)) + `"`) }

// item is a term and what it means.
func (p *roff) item(term, about string) { p.line(".TP\n" + term + "\n" + roffProse(about)) }

// prose writes paragraphs. One with columns in it stays as it is.
func (p *roff) prose(text string) {
	for paragraph := range strings.SplitSeq(text, "\n\n") {
		p.line(".PP")
		if columned(paragraph) {
			p.verbatim(strings.Split(paragraph, "\n")...)
			continue
		}
		for line := range strings.SplitSeq(paragraph, "\n") {
			p.line(roffProse(line))
		}
	}
}

// verbatim writes lines as they are typed.
func (p *roff) verbatim(lines ...string) {
	p.line(".RS 4\n.nf")
	for _, line := range lines {
		p.line(roffCode(line))
	}
	p.line(".fi\n.RE")
}

func (p *roff) examples(all []example) {
	if len(all) == 0 {
		return
	}
	p.section("cli.manual.examples")
	for _, e := range all {
		p.line(".PP")
		if e.about != "" {
			p.line(roffProse(words.T(e.about)))
		}
		p.verbatim(e.line)
	}
}

var (
	proseSigns = strings.NewReplacer(`\`, `\e`, `"`, `\(dq`, "--", `\-\-`, "~", `\(ti`, "^", `\(ha`, "`", `\(ga`)
	codeSigns  = strings.NewReplacer(`\`, `\e`, `"`, `\(dq`, "-", `\-`, "~", `\(ti`, "^", `\(ha`, "`", `\(ga`, "'", `\(aq`)
)

// roffProse is a line of prose. None begins a request.
func roffProse(text string) string { return guarded(proseSigns.Replace(text)) }

// roffCode is what is typed, letter for letter.
func roffCode(text string) string { return guarded(codeSigns.Replace(text)) }

func guarded(line string) string {
	if strings.HasPrefix(line, ".") || strings.HasPrefix(line, "'") {
		return `\&` + line
	}
	return line
}
