package keystore

import (
	"errors"
	"io/fs"

	"github.com/godbus/dbus/v5"
	ss "github.com/zalando/go-keyring/secret_service"
)

// reader reads with those calls of go-keyring that a readable item needs: which item is it, and what is in it. Its Get makes
// seven, one after the other, to find out what the look before it has found out. Its methods run on the worker's goroutine.
type reader struct {
	library
	seen    *secretService
	conn    *dbus.Conn // that session belongs to, and ends with
	session dbus.ObjectPath
}

func openItems(service string, seen system) items {
	return &reader{library: library{service}, seen: seen.(*secretService)}
}

func (r *reader) get(name string) (string, error) {
	text, err := r.read(name)
	if err == nil || errors.Is(err, fs.ErrNotExist) {
		return text, err
	}
	r.conn = nil               // the keyring may have been started anew
	return r.library.get(name) // an item that is locked by itself, and whatever else a person has to be asked
}

func (r *reader) read(name string) (string, error) {
	service, err := ss.NewSecretService()
	if err != nil {
		return "", err
	}
	var opening *dbus.Call
	if r.conn != service.Conn { // answered while the item is looked for
		opening = service.Object(secretsName, secretsPath).Go(secretsService+".OpenSession", 0, nil, "plain", dbus.MakeVariant(""))
	}
	wanted := map[string]string{"service": r.service, "username": name}
	found, err := service.SearchItems(service.Object(secretsName, r.seen.collection), wanted)
	if opening != nil {
		<-opening.Done
		var nothing dbus.Variant
		if failed := opening.Store(&nothing, &r.session); failed != nil {
			return "", failed
		}
		r.conn = service.Conn
	}
	switch {
	case err != nil:
		return "", err
	case len(found) == 0:
		return "", fs.ErrNotExist
	}
	secret, err := service.GetSecret(found[0], r.session)
	if err != nil {
		return "", err
	}
	return string(secret.Value), nil
}
