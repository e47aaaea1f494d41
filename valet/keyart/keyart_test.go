package keyart

import (
	"encoding/xml"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"valetkey/oauth"
)

var update = flag.Bool("update", false, "write the golden pictures anew")

// twelve is a provider's list with all three risks in six groups.
var twelve = []oauth.ScopeInfo{
	{Name: "shops_r", Risk: oauth.RiskRead}, {Name: "shops_w", Risk: oauth.RiskChange},
	{Name: "listings_r", Risk: oauth.RiskRead}, {Name: "listings_w", Risk: oauth.RiskChange}, {Name: "listings_d", Risk: oauth.RiskDelete},
	{Name: "transactions_r", Risk: oauth.RiskRead}, {Name: "transactions_w", Risk: oauth.RiskChange},
	{Name: "profile_r", Risk: oauth.RiskRead}, {Name: "profile_w", Risk: oauth.RiskChange},
	{Name: "email_r", Risk: oauth.RiskRead},
	{Name: "address_r", Risk: oauth.RiskRead}, {Name: "address_w", Risk: oauth.RiskDelete},
}

func all(list []oauth.ScopeInfo) (names []oauth.Scope) {
	for _, info := range list {
		names = append(names, info.Name)
	}
	return names
}

func pictures() map[string]string {
	few := []oauth.Scope{"shops_r", "listings_r", "listings_w", "listings_d"}
	return map[string]string{
		"plain":     Draw(Key{Palette: Light}),
		"few":       Draw(Key{Initial: "Blue Fern Pottery", Teeth: Teeth(twelve, few), Palette: Light, Label: "A key with 4 permissions"}),
		"all-dark":  Draw(Key{Initial: "4 Winds", Teeth: Teeth(twelve, all(twelve)), Palette: Dark}),
		"withdrawn": Draw(Key{Initial: "Öko & Söhne", Teeth: Teeth(twelve, few), Palette: Dark, Grey: true, Label: `"<&>'`}),
		"script":    Draw(Key{Initial: "店", Teeth: Teeth(twelve, few), Palette: Light}),
		"icon":      Icon(Dark),
	}
}

func TestGolden(t *testing.T) {
	for name, got := range pictures() {
		file := filepath.Join("testdata", name+".svg")
		if *update {
			if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if got != string(want) {
			t.Errorf("%s is drawn otherwise than in testdata; look at it, then go test ./valet/keyart -update", name)
		}
	}
}

// TestPlainSVG holds what both rasterisers draw alike: filled paths in groups with a matrix.
func TestPlainSVG(t *testing.T) {
	allowed := map[string][]string{
		"svg": {"xmlns", "viewBox", "width", "height", "role", "aria-label", "aria-hidden"}, "title": {}, "g": {"transform"}, "path": {"fill", "d"},
	}
	for name, picture := range pictures() {
		decoder := xml.NewDecoder(strings.NewReader(picture))
		for {
			token, err := decoder.Token()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			element, ok := token.(xml.StartElement)
			if !ok {
				continue
			}
			attributes, known := allowed[element.Name.Local]
			if !known {
				t.Errorf("%s: <%s>", name, element.Name.Local)
			}
			for _, a := range element.Attr {
				if !slices.Contains(attributes, a.Name.Local) {
					t.Errorf("%s: <%s %s>", name, element.Name.Local, a.Name.Local)
				}
			}
		}
		if strings.Contains(picture, "NaN") || strings.Contains(picture, "Inf") {
			t.Errorf("%s: a number is none", name)
		}
	}
}

// TestPlaces: a permission's tooth is where it is, whatever else the key opens.
func TestPlaces(t *testing.T) {
	full := map[oauth.Scope]placed{}
	for _, p := range places(Teeth(twelve, all(twelve))) {
		full[p.Scope] = p
	}
	for set := range 1 << len(twelve) {
		var held []oauth.Scope
		for i, info := range twelve {
			if set&(1<<i) != 0 {
				held = append(held, info.Name)
			}
		}
		teeth := places(Teeth(twelve, held))
		if len(teeth) != len(held) {
			t.Fatalf("%v: %d teeth", held, len(teeth))
		}
		for _, p := range teeth {
			if p != full[p.Scope] {
				t.Fatalf("%v: %s stands at %v, else at %v", held, p.Scope, p, full[p.Scope])
			}
		}
	}
}

func TestGroupsStandApart(t *testing.T) {
	teeth := places(Teeth(twelve, all(twelve)))
	for i := 1; i < len(teeth); i++ {
		gap := teeth[i].x - teeth[i-1].x - teeth[i-1].width
		together := group(teeth[i].Scope) == group(teeth[i-1].Scope)
		if together && gap > 7 || !together && gap < 12 {
			t.Errorf("%s and %s are %.1f apart", teeth[i-1].Scope, teeth[i].Scope, gap)
		}
	}
}

// TestAnyNumber: however many permissions a provider has, the teeth stay on the blade and apart.
func TestAnyNumber(t *testing.T) {
	for n := range 200 {
		var list []oauth.ScopeInfo
		for i := range n {
			list = append(list, oauth.ScopeInfo{Name: oauth.Scope(fmt.Sprintf("group%d_%d", i/3, i)), Risk: oauth.RiskChange})
		}
		end := float64(firstTooth)
		for _, p := range places(Teeth(list, all(list))) {
			if p.x < end || p.x+p.width > lastTooth+0.01 {
				t.Fatalf("%d permissions: a tooth at %.2f to %.2f, after %.2f", n, p.x, p.x+p.width, end)
			}
			end = p.x + p.width
		}
	}
}

func TestTeeth(t *testing.T) {
	got := Teeth(twelve[:2], []oauth.Scope{"shops_w", "new_w", "new_w"})
	want := []Tooth{{"shops_r", oauth.RiskRead, false}, {"shops_w", oauth.RiskChange, true}, {"new_w", oauth.RiskChange, true}}
	if !slices.Equal(got, want) {
		t.Errorf("got %v", got)
	}
	if toothLength(oauth.RiskRead) >= toothLength(oauth.RiskChange) || toothLength("?") >= toothLength(oauth.RiskDelete) {
		t.Error("what does more harm is not longer")
	}
}

func TestLabelIsEscaped(t *testing.T) {
	label := "a\"b<script>'&\x00\xff\u202e"
	picture := Draw(Key{Label: label, Initial: "<"})
	if strings.Contains(picture, "<script") || strings.Contains(picture, `a"b`) {
		t.Error("the label is not escaped")
	}
	var read struct {
		Label string `xml:"aria-label,attr"`
		Title string `xml:"title"`
	}
	if err := xml.Unmarshal([]byte(picture), &read); err != nil || read.Label != read.Title {
		t.Errorf("%v: %q, %q", err, read.Label, read.Title)
	}
	if strings.Contains(Draw(Key{}), "aria-label") {
		t.Error("decoration has a label")
	}
}
