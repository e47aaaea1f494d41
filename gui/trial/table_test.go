//go:build !nogui

package trial

import (
	"slices"
	"strings"
	"testing"

	"valetkey/valet"
)

func TestRoomForColumns(t *testing.T) {
	for _, row := range []struct {
		total       float32
		likes, want []float32
	}{
		{400, []float32{100, 50}, []float32{334, 50}},
		{216, []float32{150, 50}, []float32{150, 50}},
		{166, []float32{150, 50}, []float32{100, 50}},
		{60, []float32{150, 50}, []float32{48, 48}},
		{100, []float32{30}, []float32{100}},
	} {
		if got := share(row.total, row.likes); !slices.Equal(got, row.want) {
			t.Errorf("%v of %v: %v", row.likes, row.total, got)
		}
	}
	for total, want := range map[float32]int{1000: 4, 400: 3, 300: 2, 10: 2} {
		if got := fitting(total, []float32{200, 80, 80, 90}); got != want {
			t.Errorf("%v: %d columns", total, got)
		}
	}
	if fitting(10, []float32{200}) != 1 {
		t.Error("one column is one")
	}
}

func TestForms(t *testing.T) {
	fields, bad := formOf("title=a=b \r\n\n tags = x\nempty=\n")
	want := []valet.Field{{Name: "title", Value: "a=b "}, {Name: "tags", Value: " x"}, {Name: "empty", Value: ""}}
	if bad != "" || !slices.Equal(fields, want) {
		t.Errorf("%q %q", fields, bad)
	}
	for _, text := range []string{"title", "=x", "a=b\n x"} {
		if _, bad := formOf(text); bad == "" {
			t.Errorf("%q is taken for a form", text)
		}
	}
}

func TestWhatIsLeft(t *testing.T) {
	for _, row := range []struct {
		left, day int
		said      string
		share     float32
		known     bool
	}{
		{-1, -1, "", 0, false}, {1, -1, "1 request left today", 0, false}, {4986, 0, "4,986 requests left today", 0, false},
		{2500, 5000, "2,500 of 5,000 requests left today", 0.5, true}, {9, 5, "9 of 5 requests left today", 1, true},
	} {
		said, share, known := callsLeft(valet.Reply{CallsLeft: row.left, CallsADay: row.day})
		if said != row.said || share != row.share || known != row.known {
			t.Errorf("%+v: %q %v %v", row, said, share, known)
		}
	}
}

func TestStatusInWords(t *testing.T) {
	for status, want := range map[int]string{200: "It worked", 206: "It worked", 302: "It points elsewhere", 404: "Not found", 418: "Refused", 502: "Trouble at Etsy"} {
		if got, _ := statusWords(status, "Etsy"); got != want {
			t.Errorf("%d: %q", status, got)
		}
	}
}

func TestCurlForATerminal(t *testing.T) {
	const config = "header = \"Authorization: Bearer 7.x'y\"\nurl = \"https://x.example\"\n"
	if got := Curl(config, "linux"); got != `printf %s '`+strings.ReplaceAll(config, "'", `'"'"'`)+"' | curl --config -\n" {
		t.Error(got)
	}
	if got := Curl(config, "windows"); !strings.HasPrefix(got, "@'\r\n"+config+"'@ | curl.exe") {
		t.Error(got)
	}
}
