package keystore

import (
	"context"
	"slices"

	"github.com/godbus/dbus/v5"
)

// glance is what a look learns in one round trip: its questions are sent together, because a script waits for every answer
// and most keyrings are ready. None of them starts anything. Of the keyring itself it asks one thing only: to be asked
// for "Locked" before it has answered a new client anything ends gnome-keyring-daemon (42.1) now and then, where dozens of
// programs begin at once.
type glance struct {
	keeper string // the connection of whatever keeps secrets, "" if nothing does
	gnome  string // the connection that is GNOME Keyring

	collections *dbus.Call // answered
}

func glanceAt(ctx context.Context, conn *dbus.Conn) glance {
	bus, service := conn.BusObject(), conn.Object(secretsName, secretsPath)
	answer := func(object dbus.BusObject, method string, args ...any) *dbus.Call {
		return object.GoWithContext(ctx, method, dbus.FlagNoAutoStart, nil, args...)
	}
	keeper := answer(bus, busName+".GetNameOwner", secretsName)
	gnome := answer(bus, busName+".GetNameOwner", gnomeName)
	seen := glance{collections: answer(service, propertiesGet, secretsService, "Collections")}
	for _, call := range []*dbus.Call{keeper, gnome, seen.collections} {
		<-call.Done
	}
	keeper.Store(&seen.keeper) // an error is the answer that nobody has that name
	gnome.Store(&seen.gnome)
	return seen
}

// glanceOrStart has the bus start what keeps secrets if nothing does yet and the bus knows how.
func glanceOrStart(ctx context.Context, conn *dbus.Conn) (glance, error) {
	seen := glanceAt(ctx, conn)
	if seen.keeper != "" {
		return seen, nil
	}
	var startable []string
	if err := busCall(ctx, conn, "ListActivatableNames").Store(&startable); err != nil {
		return seen, err
	}
	if !slices.Contains(startable, secretsName) {
		return seen, nil
	}
	if err := busCall(ctx, conn, "StartServiceByName", secretsName, uint32(0)).Err; err != nil {
		return seen, ctx.Err()
	}
	return glanceAt(ctx, conn), nil
}

// lock gives the collection that go-keyring will use, or noPath, and whether it is locked.
func (g glance) lock(ctx context.Context, conn *dbus.Conn) (collection dbus.ObjectPath, locked bool, err error) {
	collection, err = chooseCollection(ctx, conn, g.collections)
	if err == nil && collection != noPath {
		err = property(ctx, conn, collection, collectionType, "Locked", &locked)
	}
	return collection, locked, err
}

// defaultCollection is the collection that go-keyring will use, or noPath.
func defaultCollection(ctx context.Context, conn *dbus.Conn) (dbus.ObjectPath, error) {
	service := conn.Object(secretsName, secretsPath)
	return chooseCollection(ctx, conn, service.CallWithContext(ctx, propertiesGet, 0, secretsService, "Collections"))
}

// chooseCollection chooses from the service's answer about its collections.
func chooseCollection(ctx context.Context, conn *dbus.Conn, collections *dbus.Call) (dbus.ObjectPath, error) {
	var all []dbus.ObjectPath
	if err := storeProperty(collections, "Collections", &all); err != nil {
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
func productOf(ctx context.Context, conn *dbus.Conn, seen glance) string {
	if seen.gnome == seen.keeper {
		return gnomeKeyring
	}
	for _, known := range []struct{ name, product string }{
		{"org.kde.kwalletd6", "KWallet"},
		{"org.kde.secretservicecompat", "KWallet"},
		{"org.kde.kwalletd5", "KWallet"},
		{"org.keepassxc.KeePassXC.MainWindow", "KeePassXC"},
	} {
		var owner string
		if busCall(ctx, conn, "GetNameOwner", known.name).Store(&owner) == nil && owner == seen.keeper {
			return known.product
		}
	}
	return genericProduct
}
