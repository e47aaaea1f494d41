package keystore

import (
	"context"

	"github.com/godbus/dbus/v5"
)

// list searches the collection that go-keyring uses for the items of our service.
func (s *secretService) list(ctx context.Context) ([]string, error) {
	conn, err := sessionBus()
	if err != nil {
		return nil, err
	}
	collection, err := defaultCollection(ctx, conn)
	if err != nil {
		return nil, err
	}
	var items []dbus.ObjectPath
	wanted := map[string]string{"service": s.service}
	call := conn.Object(secretsName, collection).CallWithContext(ctx, "org.freedesktop.Secret.Collection.SearchItems", 0, wanted)
	if err := call.Store(&items); err != nil {
		return nil, err
	}
	var names []string
	for _, item := range items {
		var attributes map[string]string
		if err := property(ctx, conn, item, "org.freedesktop.Secret.Item", "Attributes", &attributes); err != nil {
			return nil, err
		}
		names = append(names, attributes["username"])
	}
	return names, nil
}
