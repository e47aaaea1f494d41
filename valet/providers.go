package valet

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
)

// providerFileLimit and providerLimit bound what a folder of provider files may make us read.
const (
	providerFileLimit = 256 << 10
	providerLimit     = 100
)

// Providers are the markets that this app can connect to: those that come with it, and those of the folder of provider files.
// Its methods are safe for many goroutines.
type Providers struct {
	shelf
	builtin []Builtin
	network http.RoundTripper // issuers are asked over it
}

// List gives the built-in markets, then the added ones by id.
func (p *Providers) List() []Market {
	var list []Market
	for _, b := range p.builtin {
		list = append(list, b.Market)
	}
	return append(list, p.list()...)
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

// Add is [Providers.AddData] with the content of the file at path.
func (p *Providers) Add(ctx context.Context, path string, replace func(old, new Market) bool) (Market, bool, error) {
	data, err := readProviderFile(path)
	if err != nil {
		return Market{}, false, err
	}
	return p.AddData(ctx, data, replace)
}

// AddData keeps the text of a provider file, and reports whether that changed anything: the same content again, with the same
// answer of its issuer, is no error and adds nothing. Anything else under the same id asks replace, which may be nil for no; then
// the error is [NameTaken]. Other errors: those of [Providers.Draft] and [Draft.Keep].
func (p *Providers) AddData(ctx context.Context, data []byte, replace func(old, new Market) bool) (Market, bool, error) {
	d, err := p.Draft(ctx, data)
	if err != nil {
		return Market{}, false, err
	}
	if !d.Same && d.Old != nil && (replace == nil || !replace(*d.Old, d.Market)) {
		return d.Market, false, &Error{Kind: NameTaken, Subject: d.Market.ID}
	}
	if err := d.Keep(); err != nil {
		return Market{}, false, err
	}
	return d.Market, !d.Same, nil
}

// Complete gives the market with id with its endpoints. It asks the issuer, and keeps the answer, only where the file leaves
// them to it and what it said is not at hand: the file was put into the folder by hand, or the answer was lost. The errors are
// those of [Providers.Get], [Providers.Draft] and [Draft.Keep].
func (p *Providers) Complete(ctx context.Context, id string) (Market, error) {
	market, err := p.Get(id)
	if err != nil || market.complete() {
		return market, err
	}
	data, err := readProviderFile(p.file(id))
	if err != nil {
		return Market{}, err
	}
	d, err := p.Draft(ctx, data)
	if err != nil {
		return Market{}, err
	}
	return d.Market, d.Keep()
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
		data, err := readProviderFile(file)
		var market Market
		if err == nil {
			market, err = p.Decode(data)
		}
		if err == nil && market.ID+".json" != filepath.Base(file) {
			err = badField("id", whyFileName)
		}
		if err != nil {
			bad = append(bad, err)
			continue
		}
		added = append(added, p.recall(market))
	}
	p.take(added, bad)
	return nil
}

// describe fills an index entry with what the provider's data says.
func (p *Providers) describe(e entry) Connection {
	c := e.connection()
	if market, err := p.Get(c.Provider); err == nil {
		return c.at(market)
	}
	c.ProviderName = c.Provider
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

// WhereServed is where other programs find a built-in market that lives in this program; known is false for any other.
func WhereServed(ctx context.Context, p *Providers, id string) (w Whereabouts, known bool) {
	builtin, ok := p.find(id)
	if !ok || builtin.Where == nil {
		return Whereabouts{}, false
	}
	return builtin.Where(ctx), true
}

// readProviderFile opens path once; only a regular file is read, so that a pipe cannot hang the program.
func readProviderFile(path string) ([]byte, error) {
	if info, err := os.Stat(path); err != nil || !info.Mode().IsRegular() {
		if err == nil {
			err = errors.New("not a regular file")
		}
		if errors.Is(err, fs.ErrNotExist) {
			return nil, &Error{Kind: NoProviderFile, Subject: filepath.Base(path), Cause: err}
		}
		return nil, &Error{Kind: BadProviderFile, Subject: filepath.Base(path), Other: whyFile, Cause: err}
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, &Error{Kind: BadProviderFile, Subject: filepath.Base(path), Other: whyFile, Cause: err}
	}
	defer file.Close()
	data, err := io.ReadAll(io.LimitReader(file, providerFileLimit+1))
	if err == nil && len(data) > providerFileLimit {
		err = errors.New("larger than 256 KiB")
	}
	if err != nil {
		return nil, &Error{Kind: BadProviderFile, Subject: filepath.Base(path), Other: whyFile, Cause: err}
	}
	return data, nil
}
