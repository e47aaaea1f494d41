package cli_test

import (
	"errors"
	"fmt"
	"html"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"regexp"
	"strings"
)

// browser is a plain browser: cookies, redirects and forms, nothing more.
type browser struct {
	client *http.Client
	page   *http.Response
	body   string
}

func newBrowser() *browser {
	jar, _ := cookiejar.New(nil)
	return &browser{client: &http.Client{Jar: jar, Timeout: patience}}
}

// stopAt keeps the browser from following a redirect to an address that begins so; location tells where it would have gone.
func (b *browser) stopAt(prefix string) {
	b.client.CheckRedirect = func(r *http.Request, _ []*http.Request) error {
		if strings.HasPrefix(r.URL.String(), prefix) {
			return http.ErrUseLastResponse
		}
		return nil
	}
}

func (b *browser) show(r *http.Response, err error) error {
	if err != nil {
		return err
	}
	defer r.Body.Close()
	body, err := io.ReadAll(r.Body)
	b.page, b.body = r, string(body)
	return err
}

func (b *browser) open(address string) error { return b.show(b.client.Get(address)) }

// request is one that a browser, or a page in it, could send.
func (b *browser) request(method, address string) (*http.Request, error) {
	return http.NewRequest(method, address, nil)
}

// location is where a redirect that was not followed leads.
func (b *browser) location() string { return b.page.Header.Get("Location") }

var (
	formTag   = regexp.MustCompile(`(?s)<form[^>]*>.*?</form>`)
	inputTag  = regexp.MustCompile(`<(?:input|button)\b[^>]*>`)
	attribute = regexp.MustCompile(`([a-z]+)="([^"]*)"`)
)

func attributes(tag string) map[string]string {
	found := map[string]string{}
	for _, pair := range attribute.FindAllStringSubmatch(tag, -1) {
		found[pair[1]] = html.UnescapeString(pair[2])
	}
	if strings.Contains(tag, " checked") {
		found["checked"] = "checked"
	}
	return found
}

// submit presses a button of the page's forms as a person would: the form that has a button or field with that name and
// value is sent, with its hidden fields and with more. An empty value leaves what the page has chosen.
func (b *browser) submit(name, value string, more url.Values) error {
	for _, form := range formTag.FindAllString(b.body, -1) {
		fields, has := fill(form, name, value)
		if !has {
			continue
		}
		for key, values := range more {
			fields[key] = values
		}
		head := attributes(form[:strings.Index(form, ">")+1])
		target, err := b.page.Request.URL.Parse(head["action"])
		if err != nil {
			return err
		}
		return b.show(b.client.PostForm(target.String(), fields))
	}
	return fmt.Errorf("no form with %s=%s on %s:\n%s", name, value, b.page.Request.URL, b.body)
}

var (
	unread = regexp.MustCompile(`(?s)<(style|svg|script|title)\b.*?</(style|svg|script|title)>`)
	tag    = regexp.MustCompile(`<[^>]*>`)
)

// text is what a person reads on the page.
func (b *browser) text() string {
	return strings.Join(strings.Fields(html.UnescapeString(tag.ReplaceAllString(unread.ReplaceAllString(b.body, " "), " "))), " ")
}

// fill collects what a form would send if the control called name with that value were pressed or chosen.
func fill(form, name, value string) (url.Values, bool) {
	fields, has := url.Values{}, false
	for _, tag := range inputTag.FindAllString(form, -1) {
		a := attributes(tag)
		has = has || a["name"] == name && (value == "" || a["value"] == value)
		button := strings.HasPrefix(tag, "<button") || a["type"] == "submit"
		chosen := a["name"] == name && (a["value"] == value || button && value == "")
		choice := button || a["type"] == "radio"
		kept := a["checked"] != "" && (a["name"] != name || value == "")
		if a["name"] != "" && (chosen || !choice || kept) {
			fields.Set(a["name"], a["value"])
		}
	}
	return fields, has
}

// consent walks the practice provider's pages: sign in for shop (a number, or any), then press allow or deny.
func (b *browser) consent(address, shop, decision string) error {
	if err := b.open(address); err != nil {
		return err
	}
	if !strings.Contains(b.body, `name="decision"`) {
		if err := b.submit("shop", shop, url.Values{"name": {"A tester"}}); err != nil {
			return err
		}
	}
	return b.submit("decision", decision, nil)
}

// consentOnly presses Allow in a browser of its own and gives the callback address, without going there.
func consentOnly(address string) (string, error) {
	callback, err := queryOf(address, "redirect_uri")
	if err != nil {
		return "", err
	}
	b := newBrowser()
	b.stopAt(callback)
	if err := b.consent(address, "", "allow"); err != nil {
		return "", err
	}
	if b.location() == "" {
		return "", errors.New("the provider answered " + b.page.Status + ": " + b.text())
	}
	return b.location(), nil
}

// queryOf gives one value of an address's query.
func queryOf(address, name string) (string, error) {
	parsed, err := url.Parse(address)
	if err != nil {
		return "", err
	}
	if !parsed.Query().Has(name) {
		return "", errors.New("no " + name + " in " + address)
	}
	return parsed.Query().Get(name), nil
}
