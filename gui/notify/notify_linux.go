package notify

import (
	"context"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/godbus/dbus/v5"

	"valetkey/gui/bus"
)

// The names of the Desktop Notifications Specification 1.2.
const (
	service = "org.freedesktop.Notifications"
	path    = dbus.ObjectPath("/org/freedesktop/Notifications")
	pressed = service + ".ActionInvoked"
	closed  = service + ".NotificationClosed"
	byPress = "default" // the action of the note as a whole
)

// patience is how long the desktop may take for one note.
const patience = 5 * time.Second

// desktop is the connection to the bus, and what is shown there.
type desktop struct {
	mu     sync.Mutex // guards all below, and is held during a call: notes go out one by one
	conn   *dbus.Conn // nil before the first note, and after the bus has gone
	markup bool       // the desktop reads the body as markup
	shown  map[uint32]Note
}

func (d *desktop) show(ctx context.Context, name, icon string, n Note) error {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	d.mu.Lock()
	defer d.mu.Unlock()
	if err := d.connect(ctx); err != nil {
		return err
	}
	body := n.Body
	if d.markup {
		body = escape.Replace(body)
	}
	hints := map[string]dbus.Variant{"desktop-entry": dbus.MakeVariant(icon), "urgency": dbus.MakeVariant(byte(1))}
	var id uint32
	err := d.conn.Object(service, path).CallWithContext(ctx, service+".Notify", 0,
		name, d.older(n.About), icon, n.Title, body, []string{byPress, n.Action}, hints, int32(-1)).Store(&id)
	if err == nil {
		d.shown[id] = n
	}
	return err
}

// escape keeps a shop's name from being read as markup.
var escape = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")

// older gives the note about the same that is still shown, or 0; the new one takes its place.
func (d *desktop) older(about string) uint32 {
	for id, n := range d.shown {
		if n.About == about {
			delete(d.shown, id)
			return id
		}
	}
	return 0
}

// connect goes to the bus, once, and asks what the desktop can do. No bus is started for it.
func (d *desktop) connect(ctx context.Context) error {
	if d.conn != nil && d.conn.Connected() {
		return nil
	}
	address := bus.Address()
	if address == "" {
		return ErrNone
	}
	conn, err := dbus.Connect(address)
	if err != nil {
		return ErrNone
	}
	var can []string
	if err := conn.Object(service, path).CallWithContext(ctx, service+".GetCapabilities", 0).Store(&can); err != nil {
		conn.Close()
		return ErrNone
	}
	if err := conn.AddMatchSignalContext(ctx, dbus.WithMatchSender(service), dbus.WithMatchObjectPath(path), dbus.WithMatchInterface(service)); err != nil {
		conn.Close()
		return err
	}
	signals := make(chan *dbus.Signal, 16)
	conn.Signal(signals)
	d.conn, d.markup, d.shown = conn, slices.Contains(can, "body-markup"), make(map[uint32]Note)
	go d.listen(signals)
	return nil
}

// listen ends with the connection.
func (d *desktop) listen(signals <-chan *dbus.Signal) {
	for s := range signals {
		var id uint32
		var what any
		if len(s.Body) < 2 || dbus.Store(s.Body[:1], &id) != nil {
			continue
		}
		what = s.Body[1]
		d.mu.Lock()
		n, ours := d.shown[id]
		if s.Name == pressed && what == byPress || s.Name == closed {
			delete(d.shown, id)
		}
		d.mu.Unlock()
		if ours && s.Name == pressed && what == byPress && n.Do != nil {
			n.Do()
		}
	}
}

func (d *desktop) close() {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.conn != nil {
		d.conn.Close()
	}
}
