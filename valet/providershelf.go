package valet

import (
	"bytes"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"valetkey/oauth"
)

// shelf is the folder of provider files and what was read of it. ID.json is a provider file as it was added, byte for byte;
// ID.found beside it is what its issuer said when it was added, so that no verb after that has to ask.
type shelf struct {
	folder string

	mu    sync.Mutex // guards both
	added []Market
	bad   []error // files that could not be used, each told by its field
}

func (s *shelf) file(id string) string  { return filepath.Join(s.folder, id+".json") }
func (s *shelf) found(id string) string { return filepath.Join(s.folder, id+".found") }

func (s *shelf) list() []Market {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.added)
}

// Unusable tells which provider files in the folder were passed over, and why.
func (s *shelf) Unusable() []error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.bad)
}

// take replaces all that is remembered.
func (s *shelf) take(added []Market, bad []error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.added, s.bad = added, bad
}

// put writes a provider file and what was found for it, nil for nothing, and remembers the market. What was found goes first:
// with the file alone the issuer would have to be asked again.
func (s *shelf) put(market Market, data []byte, found *oauth.Metadata) error {
	others := slices.DeleteFunc(s.list(), func(m Market) bool { return m.ID == market.ID })
	if len(others) >= providerLimit {
		return &Error{Kind: ProviderLimit, Subject: market.Name}
	}
	err := s.putFound(market.ID, found)
	if err == nil && !s.holds(market.ID, data) {
		err = writePrivate(s.file(market.ID), data)
	}
	if err != nil {
		return &Error{Kind: BadProviderFile, Subject: market.ID, Cause: err}
	}
	s.remember(market)
	return nil
}

func (s *shelf) remember(market Market) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.added = slices.DeleteFunc(s.added, func(m Market) bool { return m.ID == market.ID })
	s.added = append(s.added, market)
	slices.SortFunc(s.added, func(a, b Market) int { return strings.Compare(a.ID, b.ID) })
}

func (s *shelf) putFound(id string, found *oauth.Metadata) error {
	if found == nil {
		return removed(s.found(id))
	}
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false) // six octets for one: it has to be small enough to be read back
	if err := encoder.Encode(found); err != nil {
		return err
	}
	return writePrivate(s.found(id), text.Bytes())
}

// holds reports whether the file of id is there with just this content.
func (s *shelf) holds(id string, data []byte) bool {
	present, err := readProviderFile(s.file(id))
	return err == nil && bytes.Equal(present, data)
}

// Remove takes an added market out of the folder. Its keys stay, and say that the provider is gone. Error: [UnknownProvider].
func (s *shelf) Remove(id string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	at := slices.IndexFunc(s.added, func(m Market) bool { return m.ID == id })
	if at < 0 {
		return &Error{Kind: UnknownProvider, Subject: printable(id)}
	}
	if err := errors.Join(removed(s.file(id)), removed(s.found(id))); err != nil {
		return err
	}
	s.added = slices.Delete(s.added, at, at+1)
	return nil
}

func removed(path string) error {
	if err := os.Remove(path); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// recall completes a market by what its issuer said when it was added. Where nothing fits, it stays as it is: it is asked again
// before the next walk.
func (s *shelf) recall(m Market) Market {
	if m.complete() {
		return m
	}
	data, err := readProviderFile(s.found(m.ID))
	if err != nil {
		return m
	}
	metadata, err := oauth.ParseMetadata(data, m.Issuer) // another issuer's, from another file of that name, does not fit
	if err != nil {
		return m
	}
	if completed, err := m.found(metadata); err == nil {
		return completed
	}
	return m
}
