package valet_test

import (
	"bytes"
	"encoding/json"
	"testing"

	"valetkey/valet"
)

// newer is what a newer version of this program adds, wherever it may: fields at the top, in a line, inside a line's account, in
// an app key and in a record.
func (w *wreck) newer(t *testing.T) {
	t.Helper()
	add := func(data []byte, at, more string) []byte {
		t.Helper()
		if !bytes.Contains(data, []byte(at)) {
			t.Fatalf("no %s in %s", at, data)
		}
		return bytes.ReplaceAll(data, []byte(at), []byte(at+more))
	}
	data := readFile(t, w.index)
	data = add(data, `"version":1,`, ` "groups": [{"name":"the shops of <Ada>"}],`)
	data = add(data, `"account":{`, ` "country": "PT", `)
	data = add(data, `"provider":"practice",`, ` "colour": {"tag": "blue"},`)
	writeFile(t, w.index, data)
	for _, c := range w.keys {
		w.set(t, string(c.ID), add(w.get(t, string(c.ID)), `"version":1,`, `"device_key":{"alg":"ES256","bits":[1,2,3]},`))
	}
}

// newerLives wants all of it to be there still.
func (w *wreck) newerLives(t *testing.T, lines int) {
	t.Helper()
	var read struct {
		Groups      []struct{ Name string }
		Connections []struct {
			Account struct{ Country string }
			Colour  struct{ Tag string }
		}
		AppKeys []struct{ Colour struct{ Tag string } } `json:"app_keys"`
	}
	data := readFile(t, w.index)
	if err := json.Unmarshal(data, &read); err != nil {
		t.Fatal(err)
	}
	if len(read.Groups) != 1 || read.Groups[0].Name != "the shops of <Ada>" || len(read.Connections) != lines || len(read.AppKeys) != 1 {
		t.Fatalf("the index says %s", data)
	}
	for _, c := range read.Connections {
		if c.Account.Country != "PT" || c.Colour.Tag != "blue" {
			t.Errorf("a line says %+v", c)
		}
	}
	if read.AppKeys[0].Colour.Tag != "blue" {
		t.Errorf("the app key says %+v", read.AppKeys[0])
	}
}

// TestTwoVersionsAtOnce: what a newer version of this program wrote survives whatever this one does beside it.
func TestTwoVersionsAtOnce(t *testing.T) {
	w := newWreck(t)
	key, err := w.valet.Keys.Set(t.Context(), valet.NewAppKey{Provider: "practice", Label: "mine", ClientID: "abc123", Secret: oauthSecret("s3cret")})
	if err != nil {
		t.Fatal(err)
	}
	w.newer(t)
	if _, err := w.reload(t); err != nil {
		t.Fatal(err)
	}
	w.alive(t) // tokens, uses, refreshes
	w.newerLives(t, 2)
	for _, c := range w.keys {
		var read struct {
			Device struct{ Bits []int } `json:"device_key"`
		}
		if err := json.Unmarshal(w.get(t, string(c.ID)), &read); err != nil || len(read.Device.Bits) != 3 {
			t.Errorf("a record says %+v, %v", read, err)
		}
	}
	if _, err := w.valet.Keys.Set(t.Context(), valet.NewAppKey{Provider: "practice", Label: "mine", ClientID: "abc123", Secret: oauthSecret("another")}); err != nil {
		t.Fatal(err)
	}
	if _, err := w.valet.Revoke(t.Context(), w.keys[0].ID); err != nil {
		t.Fatal(err)
	}
	w.newerLives(t, 2)
	if err := w.valet.Forget(t.Context(), w.keys[1].ID); err != nil {
		t.Fatal(err)
	}
	w.newerLives(t, 1)
	if found, err := w.valet.Keys.Pick("practice", "mine"); err != nil || found.ID != key.ID {
		t.Errorf("%+v, %v", found, err)
	}
}

// TestUnknownStore: a key that a newer version keeps in a place of its own is listed, says what ails it, and harms nobody.
func TestUnknownStore(t *testing.T) {
	w := newWreck(t)
	data := bytes.Replace(w.whole, []byte(`"store":"keyring"`), []byte(`"store":"smart-card"`), 1)
	writeFile(t, w.index, data)
	if _, err := w.reload(t); err != nil {
		t.Fatal(err)
	}
	if _, err := w.token(t, w.keys[0].ID, 0); valet.TroubleOf(err) != valet.TroubleVersion {
		t.Errorf("a token of it: %v", err)
	}
	if _, err := w.valet.Refresh(t.Context(), w.keys[1].ID); err != nil {
		t.Error(err)
	}
	if list := w.valet.Connections(); len(list) != 2 || !bytes.Contains(readFile(t, w.index), []byte(`"store":"smart-card"`)) {
		t.Errorf("listed: %+v", list)
	}
}

// TestAnyForm: an index that another program has laid out anew is read all the same; the next change writes it in our form, with
// all that is in it.
func TestAnyForm(t *testing.T) {
	w := newWreck(t)
	w.newer(t)
	var pretty bytes.Buffer
	if err := json.Indent(&pretty, readFile(t, w.index), "", "  "); err != nil {
		t.Fatal(err)
	}
	writeFile(t, w.index, pretty.Bytes())
	if told, err := w.reload(t); err != nil || len(told) != 0 {
		t.Fatal(told, err)
	}
	w.alive(t)
	var read struct {
		Connections []struct {
			Account struct{ Country string }
			Colour  struct{ Tag string }
		}
	}
	data := readFile(t, w.index)
	if err := json.Unmarshal(data, &read); err != nil || bytes.Count(data, []byte("\n{\"id\":")) != 2 {
		t.Fatalf("%v: %s", err, data)
	}
	for _, c := range read.Connections {
		if c.Account.Country != "PT" || c.Colour.Tag != "blue" {
			t.Errorf("a line says %+v", c)
		}
	}
}
