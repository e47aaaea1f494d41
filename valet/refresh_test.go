package valet_test

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httptrace"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"valetkey/oauth/practice"
	"valetkey/valet"
)

func contains(data []byte, text string) bool { return bytes.Contains(data, []byte(text)) }

// TestTwentyCallersOneRefresh: a stale token and twenty callers make one request, and all get the same new token.
func TestTwentyCallersOneRefresh(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		k := newKit(t)
		c := k.mustConnect(t)
		old := k.mustToken(t, c.ID)
		time.Sleep(time.Hour)
		before := k.wire.tokens.get()
		k.wire.before = func(*http.Request) error { time.Sleep(5 * time.Second); return nil } // all are waiting by then
		tokens := make([]string, 20)
		var all sync.WaitGroup
		for n := range tokens {
			all.Go(func() { tokens[n], _ = k.token(t, c.ID, 0) })
		}
		all.Wait()
		if sent := k.wire.tokens.get() - before; sent != 1 {
			t.Errorf("%d requests, want 1", sent)
		}
		for n, token := range tokens {
			if token == "" || token == old || token != tokens[0] {
				t.Errorf("caller %d got a token that is none, old or another's", n)
			}
		}
	})
}

// TestTwoProcessesOneRefresh: two Valets on one store, as two programs are; the second takes what the first won.
func TestTwoProcessesOneRefresh(t *testing.T) {
	k := newKit(t)
	c := k.mustConnect(t)
	other := valet.New(k.options)
	if err := other.Load(t.Context()); err != nil {
		t.Fatal(err)
	}
	before := k.wire.tokens.get()
	sending, go2 := make(chan struct{}), make(chan struct{})
	k.wire.before = func(*http.Request) error {
		close(sending)
		<-go2
		return nil
	}
	var both sync.WaitGroup
	var errs [2]error
	both.Go(func() { _, errs[0] = k.valet.Refresh(t.Context(), c.ID) })
	<-sending
	both.Go(func() { _, errs[1] = other.Refresh(t.Context(), c.ID) })
	close(go2)
	both.Wait()
	if errs[0] != nil || errs[1] != nil {
		t.Fatal(errs)
	}
	// The second may have read before or after the first saved; it may ask once more, but never with a spent token.
	if sent := k.wire.tokens.get() - before; sent > 2 {
		t.Errorf("%d requests", sent)
	}
	if k.valet.Connections()[0].Status != valet.Connected {
		t.Error("a spent refresh token was shown to the provider")
	}
	k.mustToken(t, c.ID)
}

// TestStale holds law 3: what is handed on lives for the time that was asked.
func TestStale(t *testing.T) {
	rows := []struct {
		name    string
		life    time.Duration // 0: an hour
		after   time.Duration
		least   time.Duration
		renewed bool
		want    valet.Kind
	}{
		{"fresh", 0, 30 * time.Minute, 0, false, ""},
		{"61 s left", 0, 59*time.Minute - time.Second, 0, false, ""},
		{"59 s left", 0, 59*time.Minute + time.Second, 0, true, ""},
		{"expired", 0, 2 * time.Hour, 0, true, ""},
		{"ten minutes asked, eleven left", 0, 49 * time.Minute, 10 * time.Minute, false, ""},
		{"ten minutes asked, nine left", 0, 51 * time.Minute, 10 * time.Minute, true, ""},
		{"more than the provider gives", 0, time.Minute, 2 * time.Hour, false, valet.BeyondLife},
		{"short life, a fifth left", 20 * time.Second, 16 * time.Second, 0, false, ""},
		{"short life, a twentieth left", 20 * time.Second, 19 * time.Second, 0, true, ""},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				k := newKit(t)
				if err := k.practice.Configure(practice.Switches{AccessTTL: row.life}); err != nil {
					t.Fatal(err)
				}
				c := k.mustConnect(t)
				old := k.mustToken(t, c.ID)
				before := k.wire.tokens.get()
				time.Sleep(row.after)
				token, err := k.token(t, c.ID, row.least)
				if valet.KindOf(err) != row.want {
					t.Fatalf("got %v, want %q", err, row.want)
				}
				if sent := k.wire.tokens.get() > before; sent != row.renewed {
					t.Errorf("asked the provider: %v, want %v", sent, row.renewed)
				}
				if err == nil && (token != old) != row.renewed {
					t.Errorf("another token: %v, want %v", token != old, row.renewed)
				}
			})
		})
	}
}

// TestRefreshOutcomes: what each answer means for the connection. Only invalid_grant asks the seller for anything.
func TestRefreshOutcomes(t *testing.T) {
	broken := errors.New("the line is dead")
	rows := []struct {
		name   string
		fault  string
		wire   func(*kit)
		store  func(*kit)
		want   valet.Kind
		status valet.Status
		asked  int64
	}{
		{name: "refreshed", status: valet.Connected, asked: 1},
		{name: "rejected", fault: "revoked", want: valet.NeedsConsent, status: valet.NeedsAuthorization, asked: 1},
		{name: "server error", fault: "server-error", want: valet.Unreachable, status: valet.Connected, asked: 1},
		{name: "too many requests", fault: "rate-limit", want: valet.Unreachable, status: valet.Connected, asked: 1},
		{name: "network", wire: func(k *kit) { k.wire.before = func(*http.Request) error { return broken } }, want: valet.Unreachable, status: valet.Connected, asked: 1},
		{name: "store not writable: nothing is spent", store: func(k *kit) { k.store.fail(storeFault{"locked"}, nil) }, want: valet.StoreTrouble, status: valet.Connected},
		{name: "note refused: nothing is spent", store: func(k *kit) { k.store.fail(nil, storeFault{"other"}) }, want: valet.StoreTrouble, status: valet.Connected},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			k := newKit(t)
			c := k.mustConnect(t)
			token := k.mustToken(t, c.ID)
			if row.fault != "" {
				if err := k.practice.Configure(practice.Switches{Fault: row.fault}); err != nil {
					t.Fatal(err)
				}
			}
			if row.wire != nil {
				row.wire(k)
			}
			if row.store != nil {
				row.store(k)
			}
			before := k.wire.tokens.get()
			now, err := k.valet.Refresh(t.Context(), c.ID)
			if valet.KindOf(err) != row.want || now.Status != row.status || k.wire.tokens.get()-before != row.asked {
				t.Fatalf("got %v, status %s, %d requests", err, now.Status, k.wire.tokens.get()-before)
			}
			if row.want != "" && row.status == valet.Connected {
				k.store.fail(nil, nil)
				if k.mustToken(t, c.ID) != token {
					t.Error("the token that is still good is gone")
				}
				k.wire.before = nil
				if _, err := k.valet.Refresh(t.Context(), c.ID); err != nil {
					t.Errorf("afterwards a refresh gave %v", err)
				}
			}
		})
	}
}

// TestUnsaved: a pair in hand that the store refuses is kept in memory and saved later; the spent token is never sent again.
func TestUnsaved(t *testing.T) {
	k := newKit(t)
	c := k.mustConnect(t)
	old := k.mustToken(t, c.ID)
	k.wire.after = func(*http.Request) error { k.store.fail(nil, storeFault{"other"}); return nil }
	now, err := k.valet.Refresh(t.Context(), c.ID)
	if valet.KindOf(err) != valet.Unsaved || !now.Unsaved {
		t.Fatalf("got %v, unsaved %v", err, now.Unsaved)
	}
	asked := k.wire.tokens.get()
	held := k.mustToken(t, c.ID)
	if held == old {
		t.Error("the old token is handed on")
	}
	k.wire.after = nil
	k.store.fail(nil, nil)
	if now, err = k.valet.Refresh(t.Context(), c.ID); err != nil || now.Unsaved {
		t.Fatalf("after the store came back: %v, unsaved %v", err, now.Unsaved)
	}
	if k.wire.tokens.get() != asked {
		t.Error("the provider was asked while a pair waited to be saved")
	}
	k.start(t)
	if k.mustToken(t, c.ID) != held {
		t.Error("the pair was not saved")
	}
}

// TestAnswerLost: the provider has rotated and its answer never came. One more try is made, and then the seller is told.
func TestAnswerLost(t *testing.T) {
	k := newKit(t)
	c := k.mustConnect(t)
	k.wire.after = func(*http.Request) error { return errors.New("connection reset") }
	if _, err := k.valet.Refresh(t.Context(), c.ID); valet.KindOf(err) != valet.Unreachable {
		t.Fatalf("got %v", err)
	}
	k.wire.after = nil
	k.start(t)
	before := k.wire.tokens.get()
	for _, try := range []string{"second", "third"} {
		if _, err := k.valet.Refresh(t.Context(), c.ID); valet.KindOf(err) != valet.AnswerLost {
			t.Fatalf("the %s try gave %v", try, err)
		}
	}
	if sent := k.wire.tokens.get() - before; sent != 1 {
		t.Errorf("%d requests with a spent token, want 1", sent)
	}
}

// TestNothingLost: a provider that was not reached, or that refused the app, has not rotated. What it says of the key later is
// not blamed on a lost answer.
func TestNothingLost(t *testing.T) {
	for name, fail := range map[string]func(*http.Request) (*http.Response, error){
		"not reached": func(r *http.Request) (*http.Response, error) {
			httptrace.ContextClientTrace(r.Context()).GetConn(r.Host)
			return nil, errors.New("connection refused")
		},
		"app refused": func(r *http.Request) (*http.Response, error) {
			answer := httptest.NewRecorder()
			answer.Header().Set("Content-Type", "application/json")
			answer.WriteHeader(http.StatusUnauthorized)
			io.WriteString(answer, `{"error":"invalid_client"}`)
			return answer.Result(), nil
		},
	} {
		t.Run(name, func(t *testing.T) {
			k := newKit(t)
			c := k.mustConnect(t)
			provider := k.wire.next
			k.wire.next = roundTripper(fail)
			if _, err := k.valet.Refresh(t.Context(), c.ID); err == nil {
				t.Fatal("no error")
			}
			k.wire.next = provider
			k.start(t)
			if err := k.practice.Configure(practice.Switches{Fault: "revoked"}); err != nil {
				t.Fatal(err)
			}
			if _, err := k.valet.Refresh(t.Context(), c.ID); valet.KindOf(err) != valet.NeedsConsent {
				t.Errorf("a key that the provider ended gave %v", err)
			}
		})
	}
}

// roundTripper is a function that answers requests.
type roundTripper func(*http.Request) (*http.Response, error)

func (f roundTripper) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

// TestRefreshOutlivesItsCaller: who gives up waiting does not take the answer down with it.
func TestRefreshOutlivesItsCaller(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		k := newKit(t)
		c := k.mustConnect(t)
		old := k.mustToken(t, c.ID)
		k.wire.before = func(*http.Request) error { time.Sleep(10 * time.Second); return nil }
		ctx, cancel := contextWithTimeout(t, time.Second)
		defer cancel()
		if _, err := k.valet.Refresh(ctx, c.ID); valet.KindOf(err) != valet.Cancelled {
			t.Fatalf("got %v", err)
		}
		k.valet.Wait()
		k.start(t)
		if k.mustToken(t, c.ID) == old {
			t.Error("the new pair was not kept")
		}
	})
}
