package keystore

import (
	"context"

	"github.com/godbus/dbus/v5"
)

// unlock has the service ask for the password of the collection.
func (secretService) unlock(ctx context.Context) error {
	conn, err := sessionBus()
	if err != nil {
		return &Error{State: Absent}
	}
	collection, err := defaultCollection(ctx, conn)
	if err != nil {
		return err
	}
	var unlocked []dbus.ObjectPath
	var prompt dbus.ObjectPath
	if err := serviceCall(ctx, conn, "Unlock", []dbus.ObjectPath{collection}).Store(&unlocked, &prompt); err != nil {
		return err
	}
	return runPrompt(ctx, conn, prompt)
}

// create has the service ask for the password of a new default collection.
func (secretService) create(ctx context.Context) error {
	conn, err := sessionBus()
	if err != nil {
		return &Error{State: Absent}
	}
	properties := map[string]dbus.Variant{"org.freedesktop.Secret.Collection.Label": dbus.MakeVariant("Default keyring")}
	var collection, prompt dbus.ObjectPath
	if err := serviceCall(ctx, conn, "CreateCollection", properties, "default").Store(&collection, &prompt); err != nil {
		return err
	}
	return runPrompt(ctx, conn, prompt)
}

// runPrompt has the service show a prompt and waits for its end. When ctx ends first the prompt is taken down again.
func runPrompt(ctx context.Context, conn *dbus.Conn, prompt dbus.ObjectPath) error {
	if prompt == noPath {
		return nil
	}
	match := []dbus.MatchOption{dbus.WithMatchObjectPath(prompt), dbus.WithMatchInterface(secretsPrompt)}
	if err := conn.AddMatchSignalContext(ctx, match...); err != nil {
		return err
	}
	defer conn.RemoveMatchSignal(match...)
	signals := make(chan *dbus.Signal, 16)
	conn.Signal(signals)
	defer conn.RemoveSignal(signals)
	object := conn.Object(secretsName, prompt)
	if err := object.CallWithContext(ctx, secretsPrompt+".Prompt", 0, "").Err; err != nil {
		return err
	}
	for {
		select {
		case signal, open := <-signals:
			if !open {
				return &Error{State: Absent, Err: dbus.ErrClosed}
			}
			if signal.Path != prompt || signal.Name != secretsPrompt+".Completed" {
				continue
			}
			if isDismissal(signal) {
				return closedBy(ctx, conn)
			}
			return nil
		case <-ctx.Done():
			object.Go(secretsPrompt+".Dismiss", dbus.FlagNoReplyExpected, nil)
			return ctx.Err()
		}
	}
}

// isDismissal reports whether a prompt ended without a yes.
func isDismissal(signal *dbus.Signal) bool {
	if signal.Name != secretsPrompt+".Completed" || len(signal.Body) == 0 {
		return false
	}
	dismissed, ok := signal.Body[0].(bool)
	return !ok || dismissed
}

// closedBy tells a prompt that a person closed from one that could not be shown: GNOME Keyring calls both dismissed, but
// without a display the program that shows its prompts is not there.
func closedBy(ctx context.Context, conn *dbus.Conn) error {
	if productOf(ctx, conn) == gnomeKeyring {
		var there bool
		if busCall(ctx, conn, "NameHasOwner", "org.gnome.keyring.SystemPrompter").Store(&there) == nil && !there {
			return &Error{State: Locked, Err: errNobody}
		}
	}
	return &Error{State: Denied, Err: errClosed}
}

// watch listens in on the prompts that go-keyring raises, over the connection that it shares with us.
func (secretService) watch() func() bool {
	conn, err := sessionBus()
	if err != nil {
		return func() bool { return false }
	}
	signals := make(chan *dbus.Signal, 16)
	conn.Signal(signals)
	return func() (dismissed bool) {
		conn.RemoveSignal(signals)
		for {
			select {
			case signal, open := <-signals:
				if !open {
					return dismissed
				}
				dismissed = dismissed || isDismissal(signal)
			default:
				return dismissed
			}
		}
	}
}
