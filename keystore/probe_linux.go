package keystore

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/godbus/dbus/v5"
)

// The names of the Secret Service API, and the collections that go-keyring uses: "login", and where there is none the one
// that the alias "default" stands for.
const (
	secretsName    = "org.freedesktop.secrets"
	secretsPath    = dbus.ObjectPath("/org/freedesktop/secrets")
	secretsService = "org.freedesktop.Secret.Service"
	secretsPrompt  = "org.freedesktop.Secret.Prompt"
	collectionType = "org.freedesktop.Secret.Collection"
	propertiesGet  = "org.freedesktop.DBus.Properties.Get"
	loginPath      = secretsPath + "/collection/login"
	noPath         = dbus.ObjectPath("/")

	busName   = "org.freedesktop.DBus"
	gnomeName = "org.gnome.keyring"

	genericProduct = "Secret Service"
	gnomeKeyring   = "GNOME Keyring"
)

// secretService looks at the Secret Service over the connection that go-keyring uses too. Its methods run on the worker's
// goroutine.
type secretService struct {
	service         string          // whose items we look for
	keeper, product string          // the owner of secretsName that was seen last, and what it is
	collection      dbus.ObjectPath // that was seen last
}

func openSystem(service string) system { return &secretService{service: service} }

// look asks: is there a bus, a service on it, a collection in that, is it locked, and is the item?
func (s *secretService) look(ctx context.Context, item string) (State, string, error) {
	conn, err := sessionBus()
	if err != nil {
		return Absent, "", nil
	}
	seen, err := glanceOrStart(ctx, conn)
	if err != nil || seen.keeper == "" {
		return Absent, "", err
	}
	if seen.keeper != s.keeper || s.product == genericProduct { // a name of its own may come a moment later
		s.keeper, s.product = seen.keeper, productOf(ctx, conn, seen)
	}
	collection, locked, err := seen.lock(ctx, conn)
	if err != nil {
		return Other, s.product, err
	}
	if s.collection = collection; collection == noPath {
		return NoCollection, s.product, nil
	}
	if !locked {
		paths, err := s.lockedItems(ctx, conn, item)
		if err != nil {
			return Other, s.product, err
		}
		locked = len(paths) > 0
	}
	if locked {
		return Locked, s.product, nil
	}
	return Ready, s.product, nil
}

// lockedItems finds item where it is locked by itself: KeePassXC can ask before it gives one out. GNOME Keyring, the most
// common, locks collections only.
func (s *secretService) lockedItems(ctx context.Context, conn *dbus.Conn, item string) ([]dbus.ObjectPath, error) {
	if item == "" || s.product == gnomeKeyring {
		return nil, nil
	}
	var unlocked, locked []dbus.ObjectPath
	wanted := map[string]string{"service": s.service, "username": item}
	err := serviceCall(ctx, conn, "SearchItems", wanted).Store(&unlocked, &locked)
	return locked, err
}

// sessionBus connects to the bus that is there and starts none. go-keyring's D-Bus library would start one where it knows
// no address; so nothing of it is called before an address is known, and it is told where we found it. "disabled:" is what the window tells it while there is none.
func sessionBus() (*dbus.Conn, error) {
	address := os.Getenv("DBUS_SESSION_BUS_ADDRESS")
	if address == "" || address == "disabled:" || strings.HasPrefix(address, "autolaunch:") {
		socket := filepath.Join(runtimeFolder(), "bus")
		if info, err := os.Stat(socket); err != nil || info.Mode()&os.ModeSocket == 0 {
			return nil, errors.New("there is no session bus")
		}
		os.Setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path="+dbus.EscapeBusAddressValue(socket))
	}
	return dbus.SessionBus()
}

// runtimeFolder is where the user's bus has its socket if nobody says otherwise.
func runtimeFolder() string {
	if folder := os.Getenv("XDG_RUNTIME_DIR"); folder != "" && filepath.IsAbs(folder) {
		return folder
	}
	return "/run/user/" + strconv.Itoa(os.Getuid())
}

func busCall(ctx context.Context, conn *dbus.Conn, method string, args ...any) *dbus.Call {
	return conn.BusObject().CallWithContext(ctx, busName+"."+method, 0, args...)
}

func serviceCall(ctx context.Context, conn *dbus.Conn, method string, args ...any) *dbus.Call {
	return conn.Object(secretsName, secretsPath).CallWithContext(ctx, secretsService+"."+method, 0, args...)
}

// property reads one property into value, and does not believe that it has the type it should.
func property(ctx context.Context, conn *dbus.Conn, path dbus.ObjectPath, iface, name string, value any) error {
	call := conn.Object(secretsName, path).CallWithContext(ctx, propertiesGet, 0, iface, name)
	return storeProperty(call, name, value)
}

func storeProperty(call *dbus.Call, name string, value any) error {
	var found dbus.Variant
	if err := call.Store(&found); err != nil {
		return err
	}
	if err := found.Store(value); err != nil {
		return fmt.Errorf("the keyring's %s is not as it should be", name)
	}
	return nil
}

// stateOf reads the errors of the bus and the service.
func stateOf(err error) State {
	if errors.Is(err, dbus.ErrClosed) {
		return Absent
	}
	var reply dbus.Error
	if pointer, ok := errors.AsType[*dbus.Error](err); ok {
		reply = *pointer
	} else if !errors.As(err, &reply) {
		return Other
	}
	switch reply.Name {
	case "org.freedesktop.DBus.Error.ServiceUnknown", "org.freedesktop.DBus.Error.NameHasNoOwner":
		return Absent
	case "org.freedesktop.Secret.Error.IsLocked":
		return Locked
	case "org.freedesktop.DBus.Error.NoReply", "org.freedesktop.DBus.Error.Timeout", "org.freedesktop.DBus.Error.TimedOut":
		return Timeout
	case "org.freedesktop.DBus.Error.AccessDenied":
		return Denied
	}
	return Other
}
