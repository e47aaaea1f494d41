package valet

import (
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"slices"
	"strings"
)

// clientIDBlank is where a header of a provider file wants the public half of the app key.
const clientIDBlank = "{client_id}"

// Handout is what a program needs to ask a provider's API by itself, with a token that is fresh: the headers of its requests,
// and the same as variables. Its texts are secrets; it does not print itself. The refresh token is not in it: who renews a key
// beside this app ends it.
type Handout struct {
	header    http.Header
	variables []string // NAME=value
	pass      pass
	api       string
	where     *Whereabouts // of a provider that lives in this program; nil: it is on the web
}

// Unanswered reports that no program gets an answer with this at the moment, because the provider lives in this program and is not
// served; taken, that another program listens where it would be, and no address is named.
func (h Handout) Unanswered() (unanswered, taken bool) {
	unanswered = h.where != nil && h.where.Base == ""
	return unanswered, unanswered && h.where.Taken
}

// At is the handout with the provider at base, where it has come to be served.
func (h Handout) At(base string) Handout { return h.at(Whereabouts{Base: base}) }

func (h Handout) at(w Whereabouts) Handout {
	api := h.api
	switch {
	case w.Base != "":
		api = w.Base
	case w.Taken:
		api = "" // the token would go to a stranger
	}
	const name = "API_URL="
	ours := func(line string) bool { return strings.Contains(line[:strings.Index(line, "=")+1], name) }
	h.variables = slices.Clone(h.variables)
	at := slices.IndexFunc(h.variables, ours)
	switch {
	case at < 0 && api != "": // it was left out
		h.set("ETSY_"+strings.TrimSuffix(name, "="), api)
	case at >= 0 && api == "":
		h.variables = slices.Delete(h.variables, at, at+1)
	case at >= 0:
		key, _, _ := strings.Cut(h.variables[at], "=")
		h.variables[at] = key + "=" + api
	}
	h.api, h.where = api, &w
	return h
}

// Format implements [fmt.Formatter] and hides everything.
func (h Handout) Format(state fmt.State, _ rune) { io.WriteString(state, "[redacted]") }

// LogValue implements [slog.LogValuer].
func (h Handout) LogValue() slog.Value { return slog.StringValue("[redacted]") }

// set puts one variable in, once; what is not known is left out.
func (h *Handout) set(name, value string) {
	line := name + "=" + value
	if value != "" && !slices.Contains(h.variables, line) {
		h.variables = append(h.variables, line)
	}
}

// Headers gives the provider's own headers in order, in small letters as its guides write them, then Authorization.
func (h Handout) Headers() []string {
	const last = "Authorization"
	var lines []string
	for name, values := range h.header {
		for _, value := range values {
			if name != last {
				lines = append(lines, strings.ToLower(name)+": "+value)
			}
		}
	}
	slices.Sort(lines)
	for _, value := range h.header[last] {
		lines = append(lines, last+": "+value)
	}
	return lines
}

// Environ gives the variables as NAME=value, in the form of [os.Environ]: the guides' own names for Etsy (ETSY_API_KEY,
// ETSY_SHARED_SECRET, ETSY_ACCESS_TOKEN, ETSY_SHOP_ID) and ETSY_API_URL, the base of the API; for another provider
// ID_ACCESS_TOKEN, ID_API_URL, and ID_CLIENT_ID and ID_CLIENT_SECRET where its headers want them.
func (h Handout) Environ() []string { return slices.Clone(h.variables) }

// Lines gives the variables in the syntax of shell, a line feed after each.
func (h Handout) Lines(shell Shell) string {
	var text strings.Builder
	for _, variable := range h.variables {
		name, value, _ := strings.Cut(variable, "=")
		text.WriteString(shell.assign(name, value) + "\n")
	}
	return text.String()
}

// Curl gives the headers as a configuration for curl --config, so that no secret stands among its arguments. With a path, which
// is [Request.Path], it names the address too. Error: [BadTarget], [NoAPI].
func (h Handout) Curl(path string) (string, error) {
	var text strings.Builder
	for _, line := range h.Headers() {
		text.WriteString("header = " + curlQuote(line) + "\n")
	}
	if path == "" {
		return text.String(), nil
	}
	target, err := targetOf(h.api, path)
	if err != nil {
		return "", err
	}
	text.WriteString("globoff\npath-as-is\nurl = " + curlQuote(target) + "\n")
	return text.String(), nil
}

// CurlOf is [Handout.Curl] for a whole request: its method, headers and body too.
func (h Handout) CurlOf(r Request) (string, error) {
	config, err := h.Curl(r.Path)
	if err != nil {
		return "", err
	}
	body, contentType := r.Body, r.ContentType
	if r.TokenField != "" {
		body, contentType = h.pass.form(r.TokenField)
	}
	switch r.Method {
	case http.MethodGet:
	case http.MethodHead:
		config += "head\n"
	default:
		config += "request = " + curlQuote(r.Method) + "\n"
	}
	if contentType != "" {
		config += "header = " + curlQuote("Content-Type: "+contentType) + "\n"
	}
	if len(body) > 0 {
		config += "data-raw = " + curlQuote(string(body)) + "\n"
	}
	return config, nil
}

// variablePrefix makes the beginning of a variable's name out of a provider's id.
func variablePrefix(id string) string {
	prefix := strings.ToUpper(strings.ReplaceAll(id, "-", "_")) + "_"
	if prefix[0] >= '0' && prefix[0] <= '9' {
		return "_" + prefix // no shell takes a name that begins with a digit
	}
	return prefix
}
