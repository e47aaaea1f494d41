//go:build !nogui

package parts

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
)

func box(width, height float32) fyne.CanvasObject { return Space(width, height) }

func TestColumnIsAsTallAsItsTextsAtThatWidth(t *testing.T) {
	test.NewTempApp(t)
	text := NewText(Body, "A sentence that is much too long to stand on one line of a narrow column.")
	column := Column(10, text, box(5, 20))
	for _, width := range []float32{100, 200, 400} {
		column.Resize(fyne.NewSize(width, 500))
		if want := text.HeightFor(width); text.Size().Height != want {
			t.Errorf("at %v the text is %v tall, want %v", width, text.Size().Height, want)
		}
		if got, want := HeightOf(column, width), text.HeightFor(width)+30; got != want {
			t.Errorf("at %v the column is %v tall, want %v", width, got, want)
		}
	}
	text.Hide()
	if got := HeightOf(column, 100); got != 20 {
		t.Errorf("without the text: %v", got)
	}
}

func TestGridTakesFewerColumnsWhereTheyWouldBeNarrow(t *testing.T) {
	a, b, c := box(1, 10), box(1, 30), box(1, 20)
	grid := Grid(3, 100, 10, 5, a, b, c)
	for _, want := range []struct{ width, height float32 }{{320, 30}, {210, 55}, {100, 70}} {
		if got := HeightOf(grid, want.width); got != want.height {
			t.Errorf("at %v: %v, want %v", want.width, got, want.height)
		}
	}
	down := Columns(2, 100, 10, 5, a, b, c)
	down.Resize(fyne.NewSize(210, 100))
	if c.Position().X != 110 || b.Position().X != 0 {
		t.Errorf("read down the columns, b stands at %v and c at %v", b.Position(), c.Position())
	}
}

func TestRowPushesBehindASpringAndBreaks(t *testing.T) {
	a, b := box(50, 10), box(50, 10)
	row := Row(10, a, Spring(), b)
	row.Resize(fyne.NewSize(200, 10))
	if b.Position().X != 150 {
		t.Errorf("behind the spring: %v", b.Position())
	}
	if got := HeightOf(row, 100); got != 30 {
		t.Errorf("broken in two lines: %v", got)
	}
}

func TestAsideStandsBelowWhereThereIsNoRoom(t *testing.T) {
	left, right := box(10, 40), box(100, 30)
	aside := Aside(10, 200, left, right)
	if got := HeightOf(aside, 400); got != 40 {
		t.Errorf("wide: %v", got)
	}
	if got := HeightOf(aside, 250); got != 80 {
		t.Errorf("narrow: %v", got)
	}
}

func TestPageLetsTheHeadScrollInALowWindow(t *testing.T) {
	test.NewTempApp(t)
	head, body, foot := box(10, 150), box(10, 400), box(10, 50)
	page := Page(head, body, foot)
	page.Resize(fyne.NewSize(400, 800))
	if head.Size().Height != 150 {
		t.Errorf("high: head %v", head.Size())
	}
	layout := page.Layout.(*pageLayout)
	if len(layout.above.Objects) != 1 {
		t.Error("in a high window the head stays")
	}
	page.Resize(fyne.NewSize(400, 380))
	if len(layout.above.Objects) != 0 || len(layout.within.Objects) != 2 {
		t.Error("in a low window the head scrolls with the body")
	}
	if foot.Position().Y != 330 {
		t.Errorf("the foot stands at %v", foot.Position())
	}
}

func TestSlipLiesOverThePageAndCanBeScrolledFrom(t *testing.T) {
	test.NewTempApp(t)
	body, foot, slip := box(10, 700), box(10, 50), Layered(box(10, 60))
	page := PageWithSlip(box(10, 100), body, slip, foot)
	slip.Hide()
	page.Resize(fyne.NewSize(400, 600))
	scroll := page.Objects[1].(*fyne.Container).Objects[0].(*container.Scroll)
	at, view, whole := body.Position(), scroll.Size(), scroll.Content.Size().Height
	slip.Show()
	page.Refresh()
	if body.Position() != at || scroll.Size() != view {
		t.Errorf("something moved: body %v, %v before; view %v, %v before", body.Position(), at, scroll.Size(), view)
	}
	if end := slip.Position().Y + slip.Size().Height; slip.Size().Height != 60 || end != foot.Position().Y-Unit {
		t.Errorf("the slip is %v high and ends at %v, the foot begins at %v", slip.Size().Height, end, foot.Position().Y)
	}
	if more := scroll.Content.Size().Height - whole; more < slip.Size().Height-Unit {
		t.Errorf("%v more to scroll do not free what lies under the slip", more)
	}
}
