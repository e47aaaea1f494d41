package keystore

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
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
	loginPath      = secretsPath + "/collection/login"
	noPath         = dbus.ObjectPath("/")

	genericProduct = "Secret Service"
	gnomeKeyring   = "GNOME Keyring"
)

// secretService looks at the Secret Service over the connection that go-keyring uses too. Its methods run on the worker's
// goroutine.
type secretService struct {
	service         string // whose items we look for
	keeper, product string // the owner of secretsName that was seen last, and what it is
}

func openSystem(service string) system { return &secretService{service: service} }

// look asks, in this order: is there a bus, a service on it, a collection in that, is it locked, and is the item?
func (s *secretService) look(ctx context.Context, item string) (State, string, error) {
	conn, err := sessionBus()
	if err != nil {
		return Absent, "", nil
	}
	keeper, err := serviceOwner(ctx, conn)
	if err != nil || keeper == "" {
		return Absent, "", err
	}
	if keeper != s.keeper || s.product == genericProduct { // a name of its own may come a moment later
		s.keeper, s.product = keeper, productOf(ctx, conn, keeper)
	}
	collection, err := defaultCollection(ctx, conn)
	if err != nil {
		return Other, s.product, err
	}
	if collection == noPath {
		return NoCollection, s.product, nil
	}
	var locked bool
	if err := property(ctx, conn, collection, "org.freedesktop.Secret.Collection", "Locked", &locked); err != nil {
		return Other, s.product, err
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
// no address; so nothing of it is called before an address is known, and it is told where we found it.
func sessionBus() (*dbus.Conn, error) {
	if address := os.Getenv("DBUS_SESSION_BUS_ADDRESS"); address == "" || strings.HasPrefix(address, "autolaunch:") {
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

// serviceOwner is the connection of whatever keeps secrets, "" if nothing does. The bus starts it if it knows how.
func serviceOwner(ctx context.Context, conn *dbus.Conn) (string, error) {
	var owner string
	if busCall(ctx, conn, "GetNameOwner", secretsName).Store(&owner) == nil {
		return owner, nil
	}
	var startable []string
	if err := busCall(ctx, conn, "ListActivatableNames").Store(&startable); err != nil {
		return "", err
	}
	if !slices.Contains(startable, secretsName) {
		return "", nil
	}
	if err := busCall(ctx, conn, "StartServiceByName", secretsName, uint32(0)).Err; err != nil {
		return "", ctx.Err()
	}
	err := busCall(ctx, conn, "GetNameOwner", secretsName).Store(&owner)
	return owner, err
}

// defaultCollection is the collection that go-keyring will use, or noPath.
func defaultCollection(ctx context.Context, conn *dbus.Conn) (dbus.ObjectPath, error) {
	var all []dbus.ObjectPath
	if err := property(ctx, conn, secretsPath, secretsService, "Collections", &all); err != nil {
		return noPath, err
	}
	if slices.Contains(all, loginPath) {
		return loginPath, nil
	}
	var path dbus.ObjectPath
	err := serviceCall(ctx, conn, "ReadAlias", "default").Store(&path)
	return path, err
}

// productOf names the service by another name that its process has on the bus.
func productOf(ctx context.Context, conn *dbus.Conn, keeper string) string {
	for _, known := range []struct{ name, product string }{
		{"org.gnome.keyring", gnomeKeyring},
		{"org.kde.kwalletd6", "KWallet"},
		{"org.kde.secretservicecompat", "KWallet"},
		{"org.kde.kwalletd5", "KWallet"},
		{"org.keepassxc.KeePassXC.MainWindow", "KeePassXC"},
	} {
		var owner string
		if busCall(ctx, conn, "GetNameOwner", known.name).Store(&owner) == nil && owner == keeper {
			return known.product
		}
	}
	return genericProduct
}

func busCall(ctx context.Context, conn *dbus.Conn, method string, args ...any) *dbus.Call {
	return conn.BusObject().CallWithContext(ctx, "org.freedesktop.DBus."+method, 0, args...)
}

func serviceCall(ctx context.Context, conn *dbus.Conn, method string, args ...any) *dbus.Call {
	return conn.Object(secretsName, secretsPath).CallWithContext(ctx, secretsService+"."+method, 0, args...)
}

// property reads one property into value, and does not believe that it has the type it should.
func property(ctx context.Context, conn *dbus.Conn, path dbus.ObjectPath, iface, name string, value any) error {
	var found dbus.Variant
	err := conn.Object(secretsName, path).CallWithContext(ctx, "org.freedesktop.DBus.Properties.Get", 0, iface, name).Store(&found)
	if err != nil {
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
