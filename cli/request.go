package cli

import (
	"bytes"
	"cmp"
	"context"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"valetkey/valet"
	"valetkey/valet/words"
)

// methods are what a request can be; small letters are taken for the same.
var methods = []string{http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete}

// usualPatience is how long a request waits for a provider that asks for a pause, if nobody says otherwise.
const usualPatience = time.Minute

// wish is what was typed of a request.
type wish struct {
	form     []string
	json     string
	patience time.Duration
}

// requestVerb is "valetkey request NAME METHOD PATH". It asks nobody before it changes something: it is for scripts.
func requestVerb(s *session) *cobra.Command {
	var w wish
	cmd := verb("request NAME METHOD PATH", "cli.request.about", "cli.request.long", arguments(3, 3), func(cmd *cobra.Command, args []string) error {
		method, err := w.check(args[1])
		if err != nil {
			return err
		}
		v, c, err := s.find(cmd.Context(), args[0])
		if err == nil {
			err = v.Requests.Check(c.ID, args[2])
		}
		if err != nil {
			return err
		}
		r := valet.Request{Method: method, Path: args[2], Patience: w.patience, Waiting: s.sayPause}
		if r.Body, r.ContentType, err = w.body(s, cmd.Context()); err != nil {
			return err
		}
		return s.using(cmd.Context(), args[0], func(v *valet.Valet, c valet.Connection) error {
			reply, err := v.Requests.Send(cmd.Context(), c.ID, r)
			return cmp.Or(s.give(reply), otherShop(err, c, args[2]))
		})
	})
	cmd.Flags().StringArrayVar(&w.form, "form", nil, "cli.flag.form")
	cmd.Flags().StringVar(&w.json, "json", "", "cli.flag.json-file")
	cmd.Flags().DurationVar(&w.patience, "wait", usualPatience, "cli.flag.wait")
	return cmd
}

// otherShop says so where the path asks for another shop than the key's: then it is the path that is wrong, and not the key.
func otherShop(err error, c valet.Connection, path string) error {
	_, rest, found := strings.Cut(path, "/shops/")
	asked := rest[:len(rest)-len(strings.TrimLeft(rest, "0123456789"))]
	if !found || asked == "" || asked == c.Account.ShopID || c.Account.ShopID == "" || !valet.OtherOwner(err) {
		return err
	}
	return &usageError{words.Trouble{
		What: words.T("cli.request.other-shop", "Asked", asked, "Shop", clean(c.Account.ShopID)),
		Next: words.T("cli.request.other-shop-next", "Shop", clean(c.Account.ShopID)),
	}, StatusOf(err)}
}

// check gives the method, if what was typed fits together.
func (w wish) check(typed string) (string, error) {
	method := strings.ToUpper(typed)
	for _, field := range w.form {
		if name, _, paired := strings.Cut(field, "="); !paired || name == "" {
			return "", misuse(words.T("cli.request.field"), "")
		}
	}
	bodiless := method == http.MethodGet || method == http.MethodHead
	switch {
	case !slices.Contains(methods, method):
		return "", misuse(words.T("cli.request.method", "Method", clean(typed), "Methods", strings.Join(methods, ", ")), "")
	case len(w.form) > 0 && w.json != "":
		return "", misuse(words.T("cli.request.two-bodies"), "")
	case bodiless && (len(w.form) > 0 || w.json != ""):
		return "", misuse(words.T("cli.request.no-body", "Method", method), words.T("cli.request.no-body-next"))
	}
	return method, positive("wait", w.patience)
}

// body gives what is sent, and its content type.
func (w wish) body(s *session, ctx context.Context) ([]byte, string, error) {
	switch {
	case w.json != "":
		text, err := s.document(ctx, w.json)
		return text, valet.ContentTypeJSON, err
	case len(w.form) == 0:
		return nil, "", nil
	}
	var fields []valet.Field
	for _, field := range w.form {
		name, value, _ := strings.Cut(field, "=")
		fields = append(fields, valet.Field{Name: name, Value: value})
	}
	body, contentType := valet.Form(fields)
	return body, contentType, nil
}

// give writes an answer: its status among the words, its body as it came to standard output.
func (s *session) give(reply valet.Reply) error {
	if reply.Status == 0 {
		return nil
	}
	s.say("cli.request.status", "Status", strings.TrimSpace(strconv.Itoa(reply.Status)+" "+http.StatusText(reply.Status)))
	if to := reply.Location(); to != "" {
		s.say("cli.request.location", "Address", to)
	}
	_, err := s.out.Write(reply.Body)
	if _, terminal := terminalOf(s.out); terminal && err == nil && !bytes.HasSuffix(reply.Body, []byte("\n")) {
		_, err = s.out.Write([]byte("\n")) // or what a person reads next stands on the same line
	}
	return err
}

// sayPause tells why nothing happens for a while.
func (s *session) sayPause(pause time.Duration) {
	s.say("cli.request.pause", "Time", words.Left(pause))
}
