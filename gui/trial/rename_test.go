//go:build !nogui

package trial

import (
	"strings"
	"testing"

	"valetkey/valet"
	"valetkey/valet/words"
)

const fourListings = `{"count":2,"results":[{"listing_id":1101,"shop_id":42,"title":"Mug","state":"active"},` +
	`{"listing_id":1102,"shop_id":42,"title":"Fern plate","state":"active"},{"listing_id":9,"shop_id":43,"title":"Of another","state":"active"}]}`

// What is meant is the listing that was opened, not the first of the list.
func TestTheListingThatIsOpenIsRenamed(t *testing.T) {
	r := newRoom(t, large)
	r.ask("listings")
	r.answer(200, fourListings, nil)
	for _, step := range []struct {
		row  int
		path string
	}{{-1, "1101"}, {1, "1102"}, {2, "1102"}, {0, "1101"}} {
		if step.row >= 0 {
			r.pane.reply.reveal(r.pane.shown.Answer.Table.Rows[step.row])
		}
		r.ask("rename")
		if want := "/v3/application/shops/42/listings/" + step.path; r.line.path.Text != want {
			t.Errorf("row %d: %s", step.row, r.line.path.Text)
		}
	}
	for at, row := range r.pane.reply.rows { // a member of a listing is of that listing
		if row.Name == "title" && row.Text == "Mug" {
			r.pane.reply.reveal(r.pane.shown.Answer.Table.Rows[1])
			r.pane.reply.press(at)
		}
	}
	r.ask("rename")
	if r.state.known["listing_id"] != "1101" || !strings.Contains(written(r.Notice.Container), "“Mug”") {
		t.Errorf("%v, said %q", r.state.known, written(r.Notice.Container))
	}
}

func TestARenameIsSaidInWords(t *testing.T) {
	r := newRoom(t, large)
	r.ask("listings")
	r.answer(200, fourListings, nil)
	r.pane.reply.reveal(r.pane.shown.Answer.Table.Rows[1])
	r.ask("rename")
	r.line.body.SetText("title=Fern plate & bowl")
	r.Enter()
	if shown := written(r.pane.Container); !strings.Contains(shown, words.T("trial.confirm.becomes", "Old", "Fern plate", "New", "Fern plate & bowl")) {
		t.Errorf("shown:\n%s", shown)
	}
	path := "/v3/application/shops/42/listings/"
	const form = "application/x-www-form-urlencoded"
	for _, row := range []struct {
		request valet.Request
		said    string
	}{
		{valet.Request{Method: "PATCH", Path: path + "7", Body: []byte("title=x"), ContentType: form}, words.T("trial.confirm.becomes.unseen", "Number", "7", "New", "x")},
		{valet.Request{Method: "PATCH", Path: path + "1102", Body: []byte("title=x&price=1"), ContentType: form}, ""},
		{valet.Request{Method: "PATCH", Path: path + "1102", Body: []byte("title=x&title=y"), ContentType: form}, ""},
		{valet.Request{Method: "PATCH", Path: path + "1102", Body: []byte(`{"title":"x"}`), ContentType: valet.ContentTypeJSON}, ""},
		{valet.Request{Method: "PUT", Path: path + "1102", Body: []byte("title=x"), ContentType: form}, ""},
		{valet.Request{Method: "PATCH", Path: path + "1102/images", Body: []byte("title=x"), ContentType: form}, ""},
		{valet.Request{Method: "PATCH", Path: path, Body: []byte("title=x"), ContentType: form}, ""},
	} {
		if got := r.state.becomes(row.request); got != row.said {
			t.Errorf("%+v: %q", row.request, got)
		}
	}
}
