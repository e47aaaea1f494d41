package words

import (
	"context"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"valetkey/oauth"
	"valetkey/oauth/etsy"
	"valetkey/valet"
)

// constants reads the texts of the constants of a type out of a source file, so that a new one cannot be overlooked here.
func constants(t *testing.T, file, typeName string) (values []string) {
	t.Helper()
	tree, err := parser.ParseFile(token.NewFileSet(), filepath.FromSlash(file), nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	ast.Inspect(tree, func(node ast.Node) bool {
		spec, ok := node.(*ast.ValueSpec)
		if !ok {
			return true
		}
		if name, ok := spec.Type.(*ast.Ident); ok && name.Name == typeName {
			for _, value := range spec.Values {
				if text, ok := literal(value); ok {
					values = append(values, text)
				}
			}
		}
		return true
	})
	if len(values) == 0 {
		t.Fatalf("%s: no constant of type %s", file, typeName)
	}
	return values
}

func kinds(t *testing.T) (list []valet.Kind) {
	for _, name := range constants(t, "../errors.go", "Kind") {
		list = append(list, valet.Kind(name))
	}
	return list
}

// complete reports what a trouble lacks: each of the three is one or two whole sentences.
func complete(t *testing.T, name string, trouble Trouble) {
	t.Helper()
	for _, text := range []string{trouble.What, trouble.Means, trouble.Next} {
		first := strings.TrimLeft(text, "“")
		if text == "" || !strings.HasSuffix(text, ".") || strings.Contains(text, "no value") || strings.Contains(text, "{") ||
			strings.Contains(text, "errors.") || strings.ToUpper(first[:1]) != first[:1] && strings.HasPrefix(text, first) {
			t.Errorf("%s: %q in %+v", name, text, trouble)
		}
		if len(text) > 200 {
			t.Errorf("%s is long: %q", name, text)
		}
	}
}

func TestEveryKindHasItsOwnSentence(t *testing.T) {
	general, seen := Sentence(errors.New("x")), map[string]valet.Kind{}
	complete(t, "any other", general)
	for _, kind := range kinds(t) {
		for _, e := range []*valet.Error{
			{Kind: kind},
			{Kind: kind, Subject: "Subject", Other: "Other", Provider: "Provider", Life: time.Hour, RetryAfter: time.Minute},
		} {
			complete(t, string(kind), Sentence(e))
		}
		what := Sentence(&valet.Error{Kind: kind}).What
		if what == general.What {
			t.Errorf("%s has no sentence of its own", kind)
		}
		if other, twice := seen[what]; twice {
			t.Errorf("%s and %s both say %q", kind, other, what)
		}
		seen[what] = kind
	}
}

type ailing string

func (a ailing) Error() string   { return "keystore: secret detail" }
func (a ailing) Trouble() string { return string(a) }

func TestEveryStoreTroubleHasItsSentence(t *testing.T) {
	seen := map[string]bool{}
	for _, name := range constants(t, "../store.go", "Trouble") {
		if name == "" {
			continue
		}
		bare := Sentence(fmt.Errorf("wrapped: %w", ailing(name)))
		complete(t, name, bare)
		if seen[bare.What] {
			t.Errorf("%s says what another says: %q", name, bare.What)
		}
		seen[bare.What] = true
		if told := Sentence(&valet.Error{Kind: valet.StoreTrouble, Cause: ailing(name)}); told != bare {
			t.Errorf("%s: %+v, else %+v", name, told, bare)
		}
		for _, kind := range []valet.Kind{valet.NotKept, valet.Unsaved} {
			told := Sentence(&valet.Error{Kind: kind, Subject: "blue-fern", Cause: ailing(name)})
			if told.Next != bare.Next || told.What == bare.What {
				t.Errorf("%s for %s: %+v", kind, name, told)
			}
		}
	}
}

func TestEveryCauseHasItsSentence(t *testing.T) {
	for _, name := range constants(t, "../../oauth/etsy/refusal.go", "Cause") {
		if !known("errors.etsy." + name + ".what") {
			t.Errorf("no sentence for %s", name)
			continue
		}
		complete(t, name, Cause(name))
		refusal := &etsy.Refusal{Cause: etsy.Cause(name), Status: 403, Description: "secret detail"}
		for kind := range precise {
			if told := Sentence(&valet.Error{Kind: kind, Provider: "Etsy", Cause: refusal}); told != Cause(name) {
				t.Errorf("%s as %q: %+v", name, kind, told)
			}
		}
		if told := Sentence(refusal); told != Cause(name) {
			t.Errorf("%s by itself: %+v", name, told)
		}
	}
	for id := range sentences(t) {
		rest, is := strings.CutPrefix(id, "errors.etsy.")
		cause := strings.TrimSuffix(strings.TrimSuffix(strings.TrimSuffix(rest, ".what"), ".means"), ".next")
		if is && !strings.Contains(strings.Join(constants(t, "../../oauth/etsy/refusal.go", "Cause"), " ")+" ", cause+" ") {
			t.Errorf("%s is about no cause", id)
		}
	}
	complete(t, "unknown", Cause("nothing like it"))
}

func TestPrecision(t *testing.T) {
	answer := func(code oauth.ErrorCode, text string) error {
		return &oauth.ErrorResponse{Code: code, Description: text, Status: 400}
	}
	for _, c := range []struct {
		name string
		err  error
		want string
	}{
		{"a code with a sentence", &valet.Error{Kind: valet.ConsentError, Subject: "invalid_scope", Provider: "Acme"}, "Acme does not offer one of these permissions."},
		{"a code without", &valet.Error{Kind: valet.ConsentError, Subject: "zzz", Provider: "Acme"}, "Acme did not make a key."},
		{"Etsy's words at the token endpoint", &valet.Error{Kind: valet.ExchangeRefused, Subject: "invalid_grant", Provider: "Etsy", Cause: answer("invalid_grant", "code has been used previously")}, "The browser's answer had been used before."},
		{"the same words of another provider", &valet.Error{Kind: valet.ExchangeRefused, Subject: "invalid_grant", Provider: "Acme", Cause: answer("invalid_grant", "code has been used previously")}, "The browser's answer was no longer good."},
		{"the practice shop answers like Etsy", &valet.Error{Kind: valet.AppKeyRefused, Provider: "Practice", Cause: &etsy.Refusal{Cause: etsy.SecretMissing}}, "Practice received only half of the app key."},
		{"a kind that needs no cause", &valet.Error{Kind: valet.NeedsConsent, Subject: "blue-fern", Provider: "Etsy", Cause: answer("invalid_grant", "refresh_token is revoked")}, "Etsy ended the connection to “blue-fern”."},
		{"a field", &valet.Error{Kind: valet.BadAppKey, Subject: "client_secret", Provider: "Etsy"}, "The shared secret is missing."},
		{"cancelled", fmt.Errorf("x: %w", context.Canceled), "Stopped before it was finished."},
		{"out of time", context.DeadlineExceeded, "No answer came from the browser."},
		{"no file", &fs.PathError{Op: "open", Path: "x", Err: fs.ErrNotExist}, "A file that is needed is not there."},
		{"no right", fs.ErrPermission, "A file or folder cannot be opened."},
		{"transient", &oauth.ErrorResponse{Status: 503}, "The provider cannot be reached just now."},
		{"joined", errors.Join(errors.New("x"), &valet.Error{Kind: valet.Held, Subject: "valetkey"}), "Another program is busy with this key."},
	} {
		if got := Sentence(c.err); got.What != c.want {
			t.Errorf("%s: %+v", c.name, got)
		}
	}
	if (Sentence(nil) != Trouble{}) {
		t.Error("no error, but a trouble")
	}
}

// TestNotKeptWithoutAPage: where no page is known on which the key could be taken back, none is named.
func TestNotKeptWithoutAPage(t *testing.T) {
	with := Sentence(&valet.Error{Kind: valet.NotKept, Provider: "Acme", Other: "https://acme.example/apps"}).Means
	without := Sentence(&valet.Error{Kind: valet.NotKept, Provider: "Acme"}).Means
	if !strings.Contains(with, "https://acme.example/apps") || strings.Contains(without, T("errors.blank.other")) || !strings.Contains(without, "Acme") {
		t.Errorf("%q; %q", with, without)
	}
}

// TestForeignTextStaysOut: what an error of somebody else says is for the log.
func TestForeignTextStaysOut(t *testing.T) {
	foreign := errors.New("secret detail")
	for _, kind := range append(kinds(t), "never heard of") {
		for _, cause := range []error{foreign, ailing("locked"), &oauth.ErrorResponse{Code: "secret detail", Description: "secret detail"}} {
			if text := Sentence(&valet.Error{Kind: kind, Provider: "Etsy", Cause: cause}).String(); strings.Contains(text, "detail") {
				t.Errorf("%s: %s", kind, text)
			}
		}
	}
}

func TestWaits(t *testing.T) {
	for wait, want := range map[time.Duration]string{
		0: "in a few minutes", time.Second: "in 1 second", 1500 * time.Millisecond: "in 2 seconds", 90 * time.Second: "in 2 minutes",
		time.Minute: "in 1 minute", 61 * time.Minute: "in 61 minutes",
	} {
		next := Sentence(&valet.Error{Kind: valet.Unreachable, RetryAfter: wait}).Next
		if !strings.HasSuffix(next, " "+want+".") {
			t.Errorf("%s: %s", wait, next)
		}
	}
}
