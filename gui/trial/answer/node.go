package answer

import (
	"bytes"
	"encoding/json"
	"regexp"
	"strings"
	"unicode/utf8"
)

// Kind is what a node of JSON is.
type Kind int

// The kinds (RFC 8259 3).
const (
	Null Kind = iota
	Bool
	Number
	String
	List
	Object
)

// Node is one value of an answer.
type Node struct {
	Name  string // in the object that it belongs to; "" for the root and for entries of a list
	Kind  Kind
	Text  string // of a scalar: its text, its digits as they came, true or false
	Below []*Node
	Above *Node // nil for the root

	place int
}

// Place is where it stands in what it belongs to, from 0.
func (n *Node) Place() int { return n.place }

// Member is the member of an object with that name, or nil.
func (n *Node) Member(name string) *Node {
	if n == nil || n.Kind != Object {
		return nil
	}
	for _, m := range n.Below {
		if m.Name == name {
			return m
		}
	}
	return nil
}

// Scalar reports whether nothing can stand below it.
func (n *Node) Scalar() bool { return n.Kind != List && n.Kind != Object }

// Answer is an answer that can be shown: there is no secret in it.
type Answer struct {
	Root   *Node  // nil: it is no JSON
	Text   string // all of it, JSON with one member a line
	Table  *Table // of its list of objects; nil: it has none
	Hidden bool   // something secret was taken out
}

// secretName is what members are called whose text is nobody's business but the key's: access_token, client-secret, apiKey.
var secretName = regexp.MustCompile(`(?i:(^|[_. -])(token|secret|password|passphrase|api[_.-]?key|keystring|authorization)$)` +
	`|[a-z0-9](Token|Secret|Password|Passphrase|ApiKey|APIKey|Keystring|Authorization)$`)

// pageName is what members are called that pages are turned with; they are no secret.
var pageName = regexp.MustCompile(`(?i)(page|next|prev|previous|continuation|cursor|sync)[_.-]?token$`)

// shortestSecret is how long a text must be to be hidden for its name alone, in octets.
const shortestSecret = 6

// Read reads a body. without gives a text with every secret replaced that the key knows of; texts under a name that says what they
// are become mark besides. A body that is no JSON, or too deep for it, has its Text alone.
func Read(body []byte, mark string, without func(text string) string) Answer {
	if !json.Valid(body) || !utf8.Valid(body) { // that is no deeper than 10,000
		plain := strings.ToValidUTF8(string(body), "\uFFFD")
		shown := without(plain)
		return Answer{Text: shown, Hidden: shown != plain}
	}
	r := reader{decoder: json.NewDecoder(bytes.NewReader(body)), mark: mark, without: without}
	r.decoder.UseNumber()
	root := r.value(nil, "")
	return Answer{Root: root, Text: root.pretty(), Table: tableOf(root), Hidden: r.hidden}
}

// reader builds nodes of text that is known to be JSON.
type reader struct {
	decoder *json.Decoder
	mark    string
	without func(string) string
	hidden  bool
}

func (r *reader) value(above *Node, name string) *Node {
	n := &Node{Name: name, Above: above}
	token, _ := r.decoder.Token() // it was found to be valid
	switch token := token.(type) {
	case bool:
		n.Kind, n.Text = Bool, "false"
		if token {
			n.Text = "true"
		}
	case json.Number:
		n.Kind, n.Text = Number, token.String()
	case string:
		n.Kind, n.Text = String, r.clean(name, token)
	case json.Delim:
		n.Kind = Object
		if token == '[' {
			n.Kind = List
		}
		for r.decoder.More() {
			below := ""
			if n.Kind == Object {
				key, _ := r.decoder.Token()
				text, _ := key.(string)
				below = r.clean("", text)
			}
			m := r.value(n, below)
			m.place = len(n.Below)
			n.Below = append(n.Below, m)
		}
		r.decoder.Token()
	}
	return n
}

// clean takes what is secret out of a text.
func (r *reader) clean(name, text string) string {
	shown := r.without(text)
	if len(text) >= shortestSecret && secretName.MatchString(name) && !pageName.MatchString(name) {
		shown = r.mark
	}
	r.hidden = r.hidden || shown != text
	return shown
}

// Names gives a list of texts: the answer itself, or the first of its members of these names that is one; nil if there is none.
func (a Answer) Names(members ...string) []string {
	lists := []*Node{a.Root}
	for _, name := range members {
		lists = append(lists, a.Root.Member(name))
	}
	for _, n := range lists {
		if n == nil || n.Kind != List {
			continue
		}
		names := []string{}
		for _, m := range n.Below {
			if m.Kind == String {
				names = append(names, m.Text)
			}
		}
		return names
	}
	return nil
}

// Find gives the first scalar member of that name, nearest to the root; "" if there is none.
func (a Answer) Find(name string) string {
	level := []*Node{a.Root}
	for len(level) > 0 && a.Root != nil {
		var next []*Node
		for _, n := range level {
			if m := n.Member(name); m != nil && m.Scalar() && m.Kind != Null {
				return m.Text
			}
			next = append(next, n.Below...)
		}
		level = next
	}
	return ""
}
