//go:build !nogui

package panel

import (
	"image"
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"valetkey/gui/kit"
	"valetkey/gui/parts"
	"valetkey/valet"
	"valetkey/valet/words"
)

// Rack is the list of keys at the left.
type Rack struct {
	*fyne.Container
	OnSelect   func(valet.ID)
	OnSettings func()
	Picture    func(valet.Connection) image.Image // of a key's shop; nil where there is none, or it has not come yet

	list  *keyList
	empty *parts.Text
	keys  []valet.Connection
	now   time.Time
	quiet bool // a selection made by us is not a wish
	at    int  // the row that is selected; -1: none
}

// NewRack makes an empty rack.
func NewRack() *Rack {
	r := &Rack{at: -1, Picture: func(valet.Connection) image.Image { return nil }, empty: kit.Small(words.T("window.rack.empty"))}
	r.list = newKeyList(func() int { return len(r.keys) }, func() fyne.CanvasObject { return newTag() }, r.fill)
	r.list.OnSelected = r.selected
	title := parts.NewText(parts.Lead, "**"+words.T("window.title")+"**")
	settings := parts.NewButton(parts.Link, words.T("window.settings"), func() { r.OnSettings() })
	head := parts.InsetEach(3*parts.Unit, 3*parts.Unit, 2*parts.Unit, 2*parts.Unit, parts.Row(parts.Unit, title.Whole(), parts.Spring(), settings))
	r.Container = parts.Rest(head, parts.Layered(
		parts.InsetEach(3*parts.Unit, 0, 2*parts.Unit, 0, r.empty),
		parts.InsetEach(2*parts.Unit, 0, parts.Unit, parts.Unit, r.list),
		parts.LeftEdge(3, r.list.focus)))
	return r
}

// Show shows the keys as they are now.
func (r *Rack) Show(keys []valet.Connection, now time.Time) {
	r.keys, r.now = keys, now
	kit.ShowIf(r.empty, len(keys) == 0)
	kit.ShowIf(r.list, len(keys) > 0)
	r.list.Refresh()
}

// Unread has the empty rack say that its list cannot be read, or that nothing hangs there yet.
func (r *Rack) Unread(unread bool) {
	if unread {
		r.empty.Set(words.T("window.rack.unread"))
		return
	}
	r.empty.Set(words.T("window.rack.empty"))
}

// Select marks the key with that id, or none, without telling. It moves the list only when another row is to be marked: the
// seller may have scrolled away.
func (r *Rack) Select(id valet.ID) {
	r.quiet = true
	defer func() { r.quiet = false }()
	at := slices.IndexFunc(r.keys, func(c valet.Connection) bool { return c.ID == id })
	if at == r.at {
		return
	}
	r.at = at
	if at < 0 {
		r.list.UnselectAll()
		return
	}
	if r.list.Size().IsZero() { // not laid out yet: the list would scroll by the height of nothing
		r.list.Resize(fyne.NewSize(272, 480))
	}
	r.list.Select(at)
}

func (r *Rack) selected(at widget.ListItemID) {
	r.at = at
	if !r.quiet && r.OnSelect != nil && at < len(r.keys) {
		r.OnSelect(r.keys[at].ID)
	}
}

func (r *Rack) fill(at widget.ListItemID, o fyne.CanvasObject) {
	if at < len(r.keys) {
		o.(*tag).show(r.keys[at], r.Picture(r.keys[at]), r.now)
	}
}

// tag is one key on the rack: initial, shop, one line of status, and the fuel line of the token in use.
type tag struct {
	widget.BaseWidget
	avatar *parts.Avatar
	name   *parts.Text
	status *parts.Text
	fuel   *parts.Bar
	all    *fyne.Container
}

func newTag() *tag {
	t := &tag{
		avatar: parts.NewAvatar(44),
		name:   parts.NewText(parts.Body, "").Cut(),
		status: parts.NewText(parts.Small, "").Cut(),
		fuel:   parts.NewBar(3),
	}
	lines := parts.Column(0, t.name, t.status, parts.Space(0, 6), t.fuel)
	t.all = parts.Inset(parts.Unit, 1.5*parts.Unit, parts.Beside(1.5*parts.Unit, 0, parts.Fixed(t.avatar), lines))
	t.ExtendBaseWidget(t)
	return t
}

func (t *tag) show(c valet.Connection, picture image.Image, now time.Time) {
	gone := c.Status == valet.Returned || c.Status == valet.Missing
	name := words.ShopName(c)
	t.avatar.Set(name, picture, gone)
	ink, voice := parts.Ink, parts.Muted
	if gone {
		ink = parts.Muted
	}
	if c.Status == valet.NeedsAuthorization {
		voice = parts.Red
	}
	t.name.SetRuns(parts.Run{Text: name, Bold: true, Colour: ink})
	runs := []parts.Run{{Text: words.StatusShort(c, now), Colour: voice}}
	if c.Protocol == valet.OAuth10 { // a shop may have a key of each
		runs = append([]parts.Run{{Text: words.T("window.older"), Colour: parts.BrassInk}, {Text: " · "}}, runs...)
	}
	t.status.SetRuns(runs...)
	t.fuel.Set(fuel(c, now))
	kit.ShowIf(t.fuel, !gone)
	t.all.Refresh()
}

// CreateRenderer implements [fyne.Widget].
func (t *tag) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(t.all) }

// AccessibilityLabel implements [fyne.Accessible].
func (t *tag) AccessibilityLabel() string {
	return t.name.String() + ", " + t.status.String()
}

// AccessibilityRole implements [fyne.Accessible].
func (t *tag) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }
