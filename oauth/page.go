package oauth

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"html/template"
	"strings"
	"sync"
)

// Page is what the browser shows at the end. All of it is escaped and cleaned of control and direction characters, but for Art.
type Page struct {
	Lang    string   // BCP 47; empty: en
	Title   string   // of the tab; empty: Heading
	Heading string   // one line
	Text    string   // an empty line begins a new paragraph
	Steps   []string // the walk's steps by name
	Step    int      // the step that was reached, from 0
	OK      bool     // that step is done; false: the walk ended there

	// Art is SVG made by this program, never text from elsewhere. It has neither style elements nor style attributes nor
	// anything to load: the page's policy stops those. Elements of class "light" and "dark" show in that scheme alone.
	Art string
}

// DoorPages is what others than the awaited answer read. A page without a heading is replaced by a few English words.
type DoorPages struct {
	Nothing  Page // there is nothing at this address: wrong path, method, host or form
	Stranger Page // not the answer that is waited for: an old tab, or a page that means harm
	Used     Page // the answer, again
	Back     Page // no result can be told here: go back to the app
}

// orWords fills in what is missing.
func (d DoorPages) orWords() DoorPages {
	for _, each := range []struct {
		page          *Page
		heading, text string
	}{
		{&d.Nothing, "Nothing here", "There is nothing at this address."},
		{&d.Stranger, "Not the answer we wait for", "Nothing was changed. The app goes on waiting."},
		{&d.Used, "Already used", "This answer has arrived before. Go back to the app."},
		{&d.Back, "Go back to the app", "It says how things stand."},
	} {
		if each.page.Heading == "" {
			*each.page = Page{Heading: each.heading, Text: each.text}
		}
	}
	return d
}

var (
	//go:embed page.html
	pageText string
	//go:embed page.css
	pageStyle string

	// pageTemplate is read at the first page: most programs open no door.
	pageTemplate = sync.OnceValue(func() *template.Template { return template.Must(template.New("page").Parse(pageText)) })

	// contentPolicy allows our one style by its hash and nothing else (CSP 3, RFC 9700 4.16).
	contentPolicy = "default-src 'none'; style-src '" + hashSource(pageStyle) + "'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
)

func hashSource(text string) string {
	sum := sha256.Sum256([]byte(text))
	return "sha256-" + base64.StdEncoding.EncodeToString(sum[:])
}

// pageStep is one step as the template wants it. Class is done, on, failed or empty.
type pageStep struct {
	Number      int
	Name, Class string
}

// document writes the page as HTML.
func (p Page) document() []byte {
	if p.Lang == "" {
		p.Lang = "en"
	}
	if p.Title == "" {
		p.Title = p.Heading
	}
	var text bytes.Buffer
	err := pageTemplate().Execute(&text, map[string]any{
		"Lang": CleanText(p.Lang, 35), "Title": CleanText(p.Title, 200), "Heading": CleanText(p.Heading, 200), "Paragraphs": paragraphs(p.Text),
		"Steps": p.steps(), "Style": template.CSS(pageStyle), "Art": template.HTML(p.Art),
	})
	if err != nil { // not with a buffer and a template of ours
		return nil
	}
	return text.Bytes()
}

func (p Page) steps() []pageStep {
	var steps []pageStep
	for i, name := range p.Steps {
		class := ""
		switch {
		case i < p.Step || i == p.Step && p.OK:
			class = "done"
		case i == p.Step:
			class = "failed"
		}
		steps = append(steps, pageStep{i + 1, CleanText(name, 40), class})
	}
	return steps
}

// paragraphs splits at empty lines.
func paragraphs(text string) []string {
	var cleaned []string
	for _, paragraph := range strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n\n") {
		if paragraph = CleanText(paragraph, 2000); paragraph != "" {
			cleaned = append(cleaned, paragraph)
		}
	}
	return cleaned
}
