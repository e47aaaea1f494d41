package valet

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"testing"
	"testing/synctest"
	"time"

	"valetkey/keystore"
	"valetkey/oauth"
)

// rack of the weather tests: keys on a sky of their own, with no socket and no person.
type station struct {
	*Valet
	sky  *sky
	ids  []ID
	ages []time.Duration // of the keys, when it began
}

// spread is how long a resting key rests at least: thirty days, less what keeps a thousand keys from coming together.
const spread = restMost - restMost/30

// newStation hangs up keys that were won in the last month, as in a rack that has been in use for long.
func newStation(t *testing.T, seed uint64, keys int, w weather) *station {
	t.Helper()
	provider := oauth.Provider{ID: "sky", Name: "Sky", AuthorizationEndpoint: "https://sky.example/authorize", TokenEndpoint: "https://sky.example/token"}
	sky := newSky(seed, keys, w)
	store := keystore.NewMemory(nil)
	folder := quickFolder(t)
	v := New(Options{
		Folders: Folders{Config: filepath.Join(folder, "config"), State: filepath.Join(folder, "state")}, Keyring: store,
		Builtin: []Builtin{{
			Market:    Market{Provider: provider, BuiltIn: true, RefreshDays: 90},
			Key:       &NewAppKey{Provider: "sky", Label: "sky", ClientID: "station", Redirect: "http://localhost:3003/oauth/redirect"},
			Transport: sky,
		}},
	})
	s := &station{Valet: v, sky: sky}
	ages := rand.New(rand.NewPCG(seed, uint64(keys)))
	err := v.ledger.catalog.update(t.Context(), func(i *index) error {
		for n := range keys {
			s.ages = append(s.ages, time.Duration(ages.Int64N(int64(spread))))
			won := time.Now().UTC().Round(0).Add(-s.ages[n])
			r := record{ID: ID(fmt.Sprintf("%032x", ages.Uint64())), Name: fmt.Sprintf("shop-%d", n), Provider: "sky", AppKey: "builtin-sky",
				Endpoints: endpointsOf(provider, AppKey{ClientID: "station", BuiltIn: true}), Account: Account{UserID: strconv.Itoa(n)}, Connected: won}
			r = r.take(oauth.Token{Access: oauth.NewSecret(fmt.Sprintf("%d.access.0", n)), Refresh: oauth.NewSecret(fmt.Sprintf("%d.refresh.0", n)),
				Received: won, Life: time.Hour, Expires: won.Add(time.Hour)}, habits{refreshLife: 90 * 24 * time.Hour})
			if err := (item{r.ID, store}).write(t.Context(), r); err != nil {
				return err
			}
			i.put(entryOf(r.connection(), r.Generation))
			s.ids = append(s.ids, r.ID)
		}
		return nil
	})
	if err == nil {
		err = v.Load(t.Context())
	}
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// quickFolder is in memory where the system has such a place: months of index files need no disk.
func quickFolder(t *testing.T) string {
	t.Helper()
	folder, err := os.MkdirTemp("/dev/shm", "valetkey")
	if err != nil {
		return t.TempDir()
	}
	t.Cleanup(func() { os.RemoveAll(folder) })
	return folder
}

// use is a script that takes a token, and takes it as it comes if the provider has trouble.
func (s *station) use(t *testing.T, n int) (token string, err error) {
	ctx := context.WithValue(t.Context(), personal{}, true)
	err = s.UseAccessToken(ctx, s.ids[n], 0, func(plain string) error { token = plain; return nil })
	return token, err
}

// seedOf prints the seed; VALETKEY_SEED brings a run's weather back.
func seedOf(t *testing.T) uint64 {
	seed := rand.Uint64()
	if again, err := strconv.ParseUint(os.Getenv("VALETKEY_SEED"), 10, 64); err == nil {
		seed = again
	}
	t.Logf("VALETKEY_SEED=%d", seed)
	return seed
}

// pass lets days go by, while the first keys are used by a script that comes by that often.
func (s *station) pass(t *testing.T, span, every time.Duration, used int) {
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() { defer close(ended); tend(ctx, s.Valet) }()
	for end := time.Now().Add(span); time.Now().Before(end); {
		for n := range used {
			s.use(t, n)
		}
		time.Sleep(min(every, time.Until(end)))
	}
	cancel()
	<-ended
}

var weathers = []struct {
	name        string
	keys, used  int
	span, every time.Duration
	lives       int // renewals that each used key needs
	weather     weather
}{
	{"a thousand keys for a day", 1000, 10, 24 * time.Hour, 4 * time.Hour, 24, weather{failing: .03, busy: .01, silent: .01, cut: .03}},
	{"twenty keys for ninety days", 20, 2, 90 * 24 * time.Hour, 7 * 24 * time.Hour, 13 * 25, weather{failing: .03, busy: .01, silent: .01, cut: .03}},
	{"answers are lost", 100, 20, 24 * time.Hour, 4 * time.Hour, 24, weather{failing: .02, lost: .01}},
}

// TestWeather: whatever the provider does, no key is lost, no request is made in vain, and none before the provider wants it.
// The one loss that nobody can help, an answer that is lost after the provider rotated, is told, and ends that key alone.
func TestWeather(t *testing.T) {
	for _, row := range weathers {
		t.Run(row.name, func(t *testing.T) {
			seed := seedOf(t)
			synctest.Test(t, func(t *testing.T) {
				s := newStation(t, seed, row.keys, row.weather)
				s.pass(t, row.span, row.every, row.used)
				s.Wait()
				least, sent := 0, 0
				for n, a := range s.sky.accounts {
					lives := int((s.ages[n] + row.span) / spread) // a key that rests
					if n < row.used {
						lives = row.lives
					}
					if most := (lives + a.faults) * 12 / 10; a.requests > most && a.lost == 0 {
						t.Errorf("key %d: %d requests, %d faults; at most %d", n, a.requests, a.faults, most)
					}
					if n < row.used {
						least += lives + a.faults
						sent += a.requests
					}
				}
				if s.sky.early > 0 {
					t.Errorf("%d requests before Retry-After", s.sky.early)
				}
				t.Logf("keys in use: %d requests, %d needed: %.2f", sent, least, float64(sent)/float64(least))
				s.judge(t)
			})
		})
	}
}

// judge tries every key under a clear sky.
func (s *station) judge(t *testing.T) {
	s.sky.weather = weather{}
	alive, lost, faults, requests := 0, 0, 0, 0
	for n, a := range s.sky.accounts {
		faults += a.faults
		requests += a.requests
		r, err := s.renewer.fresh(t.Context(), s.ids[n], 0)
		switch {
		case a.lost > 0 && a.lost < 2 && KindOf(err) == AnswerLost:
			lost++
		case a.lost > 0:
			t.Errorf("key %d: its answer was lost %d times, and it says %v", n, a.lost, err)
		case err != nil || !s.sky.good(n, r.Access.Reveal()):
			t.Errorf("key %d: %v; good: %v", n, err, s.sky.good(n, r.Access.Reveal()))
		default:
			alive++
		}
	}
	t.Logf("%d keys alive, %d losses told, %d requests, %d faults", alive, lost, requests, faults)
}
