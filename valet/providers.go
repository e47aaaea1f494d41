package valet

import (
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
)

// providerFileLimit and providerLimit bound what a folder of provider files may make us read.
const (
	providerFileLimit = 256 << 10
	providerLimit     = 100
)

// Providers are the markets that this app can connect to. Its methods are safe for many goroutines.
type Providers struct {
	folder  string
	builtin []Builtin

	mu    sync.Mutex
	added []Market
	bad   []error // files that could not be used, each told by its field
}

// List gives the built-in markets, then the added ones by id.
func (p *Providers) List() []Market {
	var list []Market
	for _, b := range p.builtin {
		list = append(list, b.Market)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	return append(list, p.added...)
}

// Get gives the market with id. Error: [UnknownProvider].
func (p *Providers) Get(id string) (Market, error) {
	for _, m := range p.List() {
		if m.ID == id {
			return m, nil
		}
	}
	return Market{}, &Error{Kind: UnknownProvider, Subject: printable(id)}
}

// Unusable tells which provider files in the folder were passed over, and why.
func (p *Providers) Unusable() []error {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.bad)
}

// ReadFile checks the provider file at path without adding it. Errors: [BadProviderFile], whose Subject is the field;
// never its value.
func (p *Providers) ReadFile(path string) (Market, error) {
	data, err := readProviderFile(path)
	if err != nil {
		return Market{}, err
	}
	return p.decode(data)
}

// Add copies the checked content of the provider file at path to the folder. The same content again is no error and adds
// nothing. Other content under the same id asks replace, which may be nil for no.
func (p *Providers) Add(_ context.Context, path string, replace func(old, new Market) bool) (Market, bool, error) {
	data, err := readProviderFile(path)
	if err != nil {
		return Market{}, false, err
	}
	market, err := p.decode(data)
	if err != nil {
		return Market{}, false, err
	}
	target := filepath.Join(p.folder, market.ID+".json")
	present, err := os.ReadFile(target)
	switch {
	case err == nil && bytes.Equal(present, data):
		p.remember(market)
		return market, false, nil
	case err == nil:
		old, _ := p.decode(present) // unreadable content is replaced like any other
		if replace == nil || !replace(old, market) {
			return market, false, &Error{Kind: NameTaken, Subject: market.ID}
		}
	case !errors.Is(err, fs.ErrNotExist):
		return Market{}, false, &Error{Kind: BadProviderFile, Subject: market.ID, Cause: err}
	}
	if err := writePrivate(target, data); err != nil {
		return Market{}, false, &Error{Kind: BadProviderFile, Subject: market.ID, Cause: err}
	}
	p.remember(market)
	return market, true, nil
}

// Remove takes an added market out of the folder. Its keys stay, and say that the provider is gone.
func (p *Providers) Remove(id string) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	at := slices.IndexFunc(p.added, func(m Market) bool { return m.ID == id })
	if at < 0 {
		return &Error{Kind: UnknownProvider, Subject: printable(id)}
	}
	if err := os.Remove(filepath.Join(p.folder, id+".json")); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	p.added = slices.Delete(p.added, at, at+1)
	return nil
}

// load reads the folder. A file that cannot be used is passed over and told by Unusable.
func (p *Providers) load() error {
	files, err := filepath.Glob(filepath.Join(p.folder, "*.json"))
	if err != nil {
		return err
	}
	var added []Market
	var bad []error
	for _, file := range files[:min(len(files), providerLimit)] {
		market, err := p.ReadFile(file)
		if err == nil && market.ID+".json" != filepath.Base(file) {
			err = &Error{Kind: BadProviderFile, Subject: "id"}
		}
		if err != nil {
			bad = append(bad, err)
			continue
		}
		added = append(added, market)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.added, p.bad = added, bad
	return nil
}

func (p *Providers) remember(market Market) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.added = slices.DeleteFunc(p.added, func(m Market) bool { return m.ID == market.ID })
	p.added = append(p.added, market)
	slices.SortFunc(p.added, func(a, b Market) int { return strings.Compare(a.ID, b.ID) })
}

// describe fills an index entry with what the provider's data says.
func (p *Providers) describe(e entry) Connection {
	c := e.connection()
	if market, err := p.Get(c.Provider); err == nil {
		c.ProviderName, c.Practice, c.WithdrawPage = market.Name, market.Practice, market.WithdrawPage
	} else {
		c.ProviderName = c.Provider
	}
	return c
}

// find gives the built-in market with id, whose back channel and pages may be its own.
func (p *Providers) find(id string) (Builtin, bool) {
	for _, b := range p.builtin {
		if b.ID == id {
			return b, true
		}
	}
	return Builtin{}, false
}

// readProviderFile opens path once; only a regular file is read, so that a pipe cannot hang the program.
func readProviderFile(path string) ([]byte, error) {
	if info, err := os.Stat(path); err != nil || !info.Mode().IsRegular() {
		if err == nil {
			err = errors.New("not a regular file")
		}
		return nil, &Error{Kind: BadProviderFile, Subject: filepath.Base(path), Cause: err}
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, &Error{Kind: BadProviderFile, Subject: filepath.Base(path), Cause: err}
	}
	defer file.Close()
	data, err := io.ReadAll(io.LimitReader(file, providerFileLimit+1))
	if err == nil && len(data) > providerFileLimit {
		err = errors.New("larger than 256 KiB")
	}
	if err != nil {
		return nil, &Error{Kind: BadProviderFile, Subject: filepath.Base(path), Cause: err}
	}
	return data, nil
}
