package cli

import (
	"context"
	"encoding/json"
	"io"
	"os"

	"valetkey/valet/words"
)

// documentLimit bounds a JSON document that is sent, in octets.
const documentLimit = 8 << 20

// document gives a JSON document from a file, octet for octet, or with - from standard input.
func (s *session) document(ctx context.Context, path string) ([]byte, error) {
	if path == "-" {
		return s.typedDocument(ctx)
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, noDocument(path)
	}
	defer file.Close()
	text, err := await(ctx, func() (string, error) { // a pipe may have nobody at its other end
		text, err := io.ReadAll(io.LimitReader(file, documentLimit+1))
		return string(text), err
	})
	switch {
	case ctx.Err() != nil:
		return nil, err
	case err != nil:
		return nil, noDocument(path)
	case len(text) > documentLimit:
		return nil, misuse(words.T("cli.request.too-large"), "")
	case !json.Valid([]byte(text)):
		return nil, misuse(words.T("cli.request.not-json", "File", clean(path)), "")
	}
	return []byte(text), nil
}

// typedDocument takes one JSON document from standard input, and not an octet beyond its last bracket: the rest is for a
// script's next command.
func (s *session) typedDocument(ctx context.Context) ([]byte, error) {
	text, err := await(ctx, func() (string, error) {
		var document json.RawMessage
		err := json.NewDecoder(&sips{io.LimitReader(s.in, documentLimit)}).Decode(&document)
		return string(document), err
	})
	switch {
	case ctx.Err() != nil:
		return nil, err
	case err != nil:
		return nil, misuse(words.T("cli.request.not-json", "File", "-"), "")
	}
	return []byte(text), nil
}

// sips reads one octet at a time.
type sips struct{ io.Reader }

// Read implements [io.Reader].
func (r *sips) Read(p []byte) (int, error) { return r.Reader.Read(p[:min(len(p), 1)]) }

// noDocument says that a file cannot be read.
func noDocument(path string) error {
	return misuse(words.T("cli.request.no-file", "File", clean(path)), "")
}
