//go:build !nogui

package parts

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// viewport scrolls one fluid object down, at exactly the width it has.
type viewport struct {
	scroll *container.Scroll
	inner  *column
}

// spill is how far a scroller reaches over the margins of its view: room for the rings of what has the focus, and for the bar.
const spill = 2 * Unit

// Scrolled shows o at the full width and scrolls it where it is too tall.
func Scrolled(o fyne.CanvasObject) *fyne.Container {
	inner := &column{}
	scroll := container.NewVScroll(container.New(inner, InsetEach(spill, Unit/2, spill, Unit/2, o)))
	return container.New(&viewport{scroll, inner}, scroll)
}

func (l *viewport) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(64, 64) }

// Layout tells the content its width before the scroller asks how tall it is.
func (l *viewport) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.inner.last = size.Width
	place(l.scroll, 0, 0, size.Width, size.Height)
	content := l.scroll.Content
	content.Resize(fyne.NewSize(size.Width, max(size.Height, HeightOf(content, size.Width))))
	l.scroll.Refresh()
}

// above has a head that scrolls where it would leave its body too little.
type above struct {
	head  fyne.CanvasObject
	least float32
}

// Above puts head on top and gives body the height that is left; where that is less than least, head scrolls.
func Above(least float32, head, body fyne.CanvasObject) *fyne.Container {
	return container.New(above{head, least}, Scrolled(head), body)
}

func (l above) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(max(leastWidth(l.head), leastWidth(objects[1])), l.least)
}

func (l above) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	top := min(HeightOf(l.head, size.Width), max(0, size.Height-l.least))
	place(objects[0], -spill, -Unit/2, size.Width+2*spill, top+Unit)
	place(objects[1], 0, top, size.Width, size.Height-top)
}

// pageLayout is a head and a foot that stay, and a body that scrolls between them. In a low window the head scrolls with the body.
type pageLayout struct {
	gap        float32
	head, body fyne.CanvasObject
	above      *fyne.Container   // holds the head while it stays
	within     *fyne.Container   // holds what scrolls
	slip       *fyne.Container   // lies over the end of the body while it is visible; nil: there is none
	form       fyne.CanvasObject // stands right below the body; nil: there is none
}

// least is the room below which a body does not have to do with less: the head joins it.
const least float32 = 152

// Page keeps head and foot in place and scrolls body between them.
func Page(head, body, foot fyne.CanvasObject) *fyne.Container {
	l := &pageLayout{gap: 2 * Unit, head: head, body: body, above: Layered(head), within: Column(2*Unit, body)}
	return container.New(l, l.above, Scrolled(l.within), foot)
}

// PageWithSlip is [Page] with a slip that lies over the end of the body, right above the foot, while it is visible. What it lies
// on can be scrolled out from under it; nothing moves when it comes.
func PageWithSlip(head, body fyne.CanvasObject, slip *fyne.Container, foot fyne.CanvasObject) *fyne.Container {
	page := Page(head, body, foot)
	page.Layout.(*pageLayout).slip = slip
	page.Objects = []fyne.CanvasObject{page.Objects[0], page.Objects[1], slip, foot} // in reading order
	return page
}

// PageWithForm is [Page] with something to fill in right below the body, which never scrolls out of sight.
func PageWithForm(head, body, form, foot fyne.CanvasObject) *fyne.Container {
	page := Page(head, body, foot)
	page.Layout.(*pageLayout).form = form
	page.Objects = []fyne.CanvasObject{page.Objects[0], page.Objects[1], form, foot} // in reading order
	return page
}

// covered is how much of the end of what scrolls lies under the slip.
func (l *pageLayout) covered() float32 {
	if l.slip == nil || !l.slip.Visible() {
		return 0
	}
	return l.slip.Size().Height - Unit/2
}

func (l *pageLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(widest(objects), 200)
}

func (l *pageLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	above, scroller, foot := objects[0], objects[1], objects[len(objects)-1]
	for _, o := range []fyne.CanvasObject{l.head, l.body, foot} {
		Lower(o, size.Height < lowPage)
	}
	top, below := HeightOf(l.head, size.Width)+l.gap, HeightOf(foot, size.Width)
	bottom := below + l.gap
	if l.form != nil {
		Lower(l.form, size.Height < lowPage)
		bottom += HeightOf(l.form, size.Width) + l.gap
	}
	l.above.Objects, l.within.Objects = []fyne.CanvasObject{l.head}, []fyne.CanvasObject{l.body}
	if room := size.Height - top - bottom; room < least && HeightOf(l.body, size.Width) > room {
		l.above.Objects, l.within.Objects = nil, []fyne.CanvasObject{l.head, l.body}
		top = 0
	}
	if l.slip != nil && l.slip.Visible() {
		height := HeightOf(l.slip, size.Width)
		place(l.slip, 0, size.Height-bottom+l.gap-Unit-height, size.Width, height)
		l.within.Objects = append(l.within.Objects, Space(1, height-Unit))
	}
	place(above, 0, 0, size.Width, max(0, top-l.gap))
	place(foot, 0, size.Height-below, size.Width, below)
	room := max(0, size.Height-top-bottom)
	if l.form != nil {
		room = min(room, HeightOf(l.within, size.Width))
		place(l.form, 0, top+room+l.gap, size.Width, HeightOf(l.form, size.Width))
	}
	place(scroller, -spill, top-Unit/2, size.Width+2*spill, room+Unit)
}
