package practice

import (
	"encoding/json"
	"strconv"
	"strings"
	"testing"
	"time"
)

// Nothing that opens anything can be read in the state file, nor be worked out from it.
func TestOlderStateHoldsNoSecret(t *testing.T) {
	s := newPractice(t)
	sg, login := newSigner().begin(t, s, "oob", "email_r")
	verifier := shownVerifier(t, allowOlder(t, s, login))
	before := stateOf(t, s)
	key := sg.finish(t, s, verifier)
	for name, secret := range map[string]string{
		"temporary token": sg.token, "temporary secret": sg.tokenSecret, "verifier": verifier, "verifier's hash": digest(verifier),
		"token": key.token, "token secret": key.tokenSecret, "client secret": OlderClientSecret,
	} {
		if strings.Contains(before+stateOf(t, s), secret) {
			t.Errorf("the %s stands in the state file", name)
		}
	}
	st, err := parseState([]byte(before))
	if err != nil {
		t.Fatal(err)
	}
	if st.Older.secretOf(digest(sg.token)) == sg.tokenSecret {
		t.Error("the secret follows from the file's key and the token's hash")
	}
}

// A state from before there was an older API is read, and begins one.
func TestStateFromBefore(t *testing.T) {
	st, err := parseState([]byte(`{"version":1}`))
	if err != nil || st.Older.Window != 300 || len(st.Older.Key) != 43 {
		t.Errorf("%+v, %v", st, err)
	}
	for _, damaged := range []string{
		`{"key":""}`, `{"window_seconds":0}`, `{"window_seconds":90000}`, `{"nonces":null}`, `{"temporary":null}`, `{"keys":null}`, `{"stock":null}`,
		`{"keys":{"a":null}}`, `{"keys":{"a":{"shop":1}}}`, `{"temporary":{"a":null}}`, `{"temporary":{"a":{"shop":1}}}`, `{"stock":{"x":[]}}`, `{"other":1}`,
	} {
		if _, err := parseState([]byte(`{"version":1,"older":` + damaged + `}`)); err == nil {
			t.Errorf("%s is taken", damaged)
		}
	}
}

// Two secrets of one token, and the tokens themselves, differ from state to state.
func TestSecretsBelongToTheState(t *testing.T) {
	one, two := newState(), newState()
	if one.Older.secretOf("a") == two.Older.secretOf("a") || one.Older.secretOf("a") == one.Older.secretOf("b") {
		t.Error("secrets can be foreseen")
	}
	text, err := json.Marshal(one)
	if err != nil {
		t.Fatal(err)
	}
	again, err := parseState(text)
	if err != nil || again.Older.secretOf("a") != one.Older.secretOf("a") {
		t.Errorf("a secret changes with a restart: %v", err)
	}
}

// The file stays small however long it is used, and what goes is the oldest.
func TestOlderStateDoesNotGrow(t *testing.T) {
	st, now := newState(), time.Now().UTC()
	at := func(i int) time.Time { return now.Add(-time.Duration(i) * time.Millisecond) }
	for i := range maxNonces + 10 {
		st.Older.Nonces["n"+strconv.Itoa(i)] = now.Unix() - int64(i/100)
	}
	for i := range maxTemporary + 10 {
		st.Older.Temporary["t"+strconv.Itoa(i)] = &temporary{Until: at(i)}
	}
	for i := range maxOlderKeys + 10 {
		st.Older.Keys["k"+strconv.Itoa(i)] = &olderKey{Shop: shops[0].ID, Since: at(i)}
	}
	st.Older.Keys["k0"].end(now.Add(-endedGrantsFor - time.Hour))
	st.Older.Keys["k1"].end(now)
	st.prune(now)
	if n, w, k := len(st.Older.Nonces), len(st.Older.Temporary), len(st.Older.Keys); n != maxNonces || w != maxTemporary || k != maxOlderKeys {
		t.Errorf("%d nonces, %d temporary, %d keys are left", n, w, k)
	}
	if st.Older.Keys["k0"] != nil || st.Older.Keys["k1"] == nil || st.Older.Keys["k2"] == nil || st.Older.Keys["k2009"] != nil {
		t.Error("the wrong keys went")
	}
	if _, kept := st.Older.Nonces["n0"]; !kept || st.Older.Temporary["t0"] == nil {
		t.Error("what is newest went")
	}
}
