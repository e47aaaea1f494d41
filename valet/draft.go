package valet

import (
	"context"
	"errors"
	"io/fs"

	"valetkey/oauth"
)

// Draft is a provider file that was read, checked and, where it leaves that to its issuer, completed by what the issuer says.
// Nothing of it is kept before [Draft.Keep]: what is shown and agreed to is what is kept then. It is for one goroutine.
type Draft struct {
	Market Market
	Old    *Market // what stands under its id now and would be replaced; nil: nothing
	Same   bool    // just this is kept already

	shelf *shelf
	data  []byte
	found *oauth.Metadata
}

// Draft reads the text of a provider file, picked, dropped or pasted. It asks the issuer where the file leaves endpoints to it;
// one that cannot be reached now is no matter for a file that is kept already.
//
// Errors: those of [Providers.Decode]; [NoMetadata], [BadMetadata], [EndpointsDiffer], [Unreachable], [Cancelled].
func (p *Providers) Draft(ctx context.Context, data []byte) (*Draft, error) {
	data = trimmed(data)
	market, err := p.Decode(data)
	if err != nil {
		return nil, err
	}
	old, err := p.kept(market.ID)
	if err != nil {
		return nil, err
	}
	d := &Draft{Market: market, Old: old, shelf: &p.shelf, data: data}
	same := old != nil && p.holds(market.ID, data)
	if !market.complete() {
		completed, metadata, err := ask(ctx, p.network, market)
		if KindOf(err) == Unreachable && same && old.complete() {
			d.Market, d.Same = *old, true
			return d, nil
		}
		if err != nil {
			return nil, err
		}
		d.Market, d.found = completed, &metadata
	}
	if same && !old.complete() {
		d.Old = nil // only what its issuer said was lost
	}
	d.Same = same && old.same(d.Market)
	return d, nil
}

// DraftFile is [Providers.Draft] with the content of the file at path. Error besides: [BadProviderFile] where it cannot be read.
func (p *Providers) DraftFile(ctx context.Context, path string) (*Draft, error) {
	data, err := readProviderFile(path)
	if err != nil {
		return nil, err
	}
	return p.Draft(ctx, data)
}

// kept gives the market that stands under id, with endpoints or without; unreadable content counts as a market that is empty.
func (p *Providers) kept(id string) (*Market, error) {
	data, err := readProviderFile(p.file(id))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil
	case err != nil:
		return nil, err
	}
	market, _ := p.Decode(data)
	market = p.recall(market)
	return &market, nil
}

// same reports whether keys go to the same places by the same rules in both.
func (m Market) same(other Market) bool {
	return m.fingerprint(AppKey{}) == other.fingerprint(AppKey{}) && m.AuthMethod == other.AuthMethod &&
		m.RequiresIssuer == other.RequiresIssuer
}

// Keep writes the draft into the folder of provider files, and the market can be connected to. Errors: [BadProviderFile] where
// the folder does not take it, [ProviderLimit].
func (d *Draft) Keep() error {
	if d.Same && d.found == nil {
		d.shelf.remember(d.Market)
		return nil
	}
	return d.shelf.put(d.Market, d.data, d.found)
}
