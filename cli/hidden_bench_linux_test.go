package cli_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"valetkey/keystore/keyringtest"
)

// hiddenFor is how long the hidden window is watched; the aim is for ten minutes.
var hiddenFor = flag.Duration("hidden", time.Minute, "how `long` BenchmarkWindowHidden watches a window in the tray")

// What BenchmarkWindowHidden may see at most, and what it does.
const (
	growth  = 5 << 20 // bytes
	brief   = 10 * time.Second
	between = 2 * time.Second // two looks
	atHome  = 3               // keys of the practice market, which is in the program; one a shop
	abroad  = 7               // keys of a market that is reached over HTTP
)

// briefKeys gives a home with ten keys whose tokens live for ten seconds, all of them used just now.
func briefKeys(b *testing.B) (*bench, *strict) {
	b.Helper()
	bn := &bench{b: b}
	folder, err := program()
	if err != nil {
		b.Fatal(err)
	}
	session := keyringtest.Start(b, keyringtest.Ready)
	bn.home, bn.env = session.Home, append(session.Env, "PATH="+folder+":"+os.Getenv("PATH"))
	market := newStrict(fmt.Sprintf("http://localhost:%d/oauth/redirect", freePort(b)), "none")
	b.Cleanup(market.Close)
	market.expires = fmt.Sprint(brief.Seconds())
	file := filepath.Join(bn.home, "strict.json")
	if err := market.file(file, func(content map[string]any) { delete(content, "account") }); err != nil {
		b.Fatal(err)
	}
	bn.run("practice", "--set", "--access-ttl", brief.String())
	for _, shop := range []string{"51730426", "52284917", "53961840"} {
		bn.connect("practice", func(consent string) error { return newBrowser().consent(consent, shop, "allow") })
	}
	for range abroad {
		bn.connect(file, func(consent string) error {
			seller := newBrowser()
			if err := seller.open(consent); err != nil {
				return err
			}
			return seller.submit("decision", "allow", nil)
		})
	}
	return bn, market
}

// connect wins a key and uses it.
func (bn *bench) connect(provider string, allow func(consent string) error) {
	bn.b.Helper()
	p, err := start(bn.home, bn.env, filepath.Join(built, "valetkey"), "connect", provider, "--no-browser")
	if err != nil {
		bn.b.Fatal(err)
	}
	consent, err := p.line(1)
	if err == nil {
		err = allow(consent)
	}
	var name string
	if err == nil {
		name, err = p.line(2)
	}
	if status, _, words, waited := p.wait(); err != nil || waited != nil || status != 0 {
		bn.b.Fatalf("%v, %v, exit status %d: %s", err, waited, status, words)
	}
	bn.name = name
	bn.run("token", name)
}

// BenchmarkWindowHidden watches a window in the tray while it renews ten keys whose tokens live for ten seconds: what its memory
// has grown by, in parts of what it may, from the first fifth of the time to the last.
func BenchmarkWindowHidden(b *testing.B) {
	bn, market := briefKeys(b)
	windows(b)
	icons := bn.tray()
	p := newDisplay(b).open(bn, ourWindow)
	defer p.close()
	come(b, icons)
	<-time.After(settled)
	p.hide()
	tick := time.NewTicker(between)
	defer tick.Stop()
	for b.Loop() {
		began, asked := p.cpu(), market.asked()
		var held []float64
		for range int(*hiddenFor / between) {
			<-tick.C
			resident, _ := p.memory()
			held = append(held, resident)
		}
		renewed := market.asked() - asked
		if least := abroad * int(*hiddenFor/brief); renewed < least {
			b.Fatalf("%d renewals are not what this is about, %d are", renewed, least)
		}
		fifth := max(1, len(held)/5)
		first, last := middle(held[:fifth]), middle(held[len(held)-fifth:])
		b.ReportMetric(max(0, last-first)/growth, "ratio")
		b.ReportMetric(first/(1<<20), "first-MiB")
		b.ReportMetric(last/(1<<20), "last-MiB")
		b.ReportMetric(slices.Max(held)/(1<<20), "most-MiB")
		b.ReportMetric(float64(renewed), "renewals")
		b.ReportMetric(float64((p.cpu()-began).Milliseconds())/float64(renewed), "cpu-ms/renewal")
		b.ReportMetric(1, "aim")
		b.ReportMetric(0, "ns/op")
	}
}

// tray puts a tray onto the bench's bus, and has closing the window hide it there.
func (bn *bench) tray() (icons <-chan struct{}) {
	bn.b.Helper()
	settings := filepath.Join(bn.home, ".local/state/valetkey/settings.json")
	if err := os.WriteFile(settings, []byte(`{"close_to_tray": true}`), 0o600); err != nil {
		bn.b.Fatal(err)
	}
	return keyringtest.Tray(bn.b, busOf(bn.env))
}

// come waits for an icon.
func come(b *testing.B, icons <-chan struct{}) {
	b.Helper()
	select {
	case <-icons:
	case <-time.After(patience):
		b.Fatal("no icon came into the tray")
	}
}

// middle is the median.
func middle(figures []float64) float64 {
	return slices.Sorted(slices.Values(figures))[len(figures)/2]
}
