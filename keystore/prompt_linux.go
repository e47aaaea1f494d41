package keystore

import (
	"context"

	"github.com/godbus/dbus/v5"
)

// unlock has the service ask for the password of the collection, or whether item may be given out.
func (s *secretService) unlock(ctx context.Context, item string) error {
	conn, err := sessionBus()
	if err != nil {
		return &Error{State: Absent}
	}
	collection, err := defaultCollection(ctx, conn)
	if err != nil {
		return err
	}
	if err := s.ask(ctx, conn, collection); err != nil {
		return err
	}
	locked, err := s.lockedItems(ctx, conn, item)
	if err != nil || len(locked) == 0 {
		return err
	}
	return s.ask(ctx, conn, locked...)
}

func (s *secretService) ask(ctx context.Context, conn *dbus.Conn, paths ...dbus.ObjectPath) error {
	var unlocked []dbus.ObjectPath
	var prompt dbus.ObjectPath
	if err := serviceCall(ctx, conn, "Unlock", paths).Store(&unlocked, &prompt); err != nil {
		return err
	}
	return s.runPrompt(ctx, conn, prompt)
}

// create has the service ask for the password of a new default collection.
func (s *secretService) create(ctx context.Context) error {
	conn, err := sessionBus()
	if err != nil {
		return &Error{State: Absent}
	}
	properties := map[string]dbus.Variant{"org.freedesktop.Secret.Collection.Label": dbus.MakeVariant("Default keyring")}
	var collection, prompt dbus.ObjectPath
	if err := serviceCall(ctx, conn, "CreateCollection", properties, "default").Store(&collection, &prompt); err != nil {
		return err
	}
	return s.runPrompt(ctx, conn, prompt)
}

// runPrompt has the service show a prompt and waits for its end. When ctx ends first the prompt is taken down again.
func (s *secretService) runPrompt(ctx context.Context, conn *dbus.Conn, prompt dbus.ObjectPath) error {
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
	defer func() {
		if ctx.Err() != nil {
			object.Go(secretsPrompt+".Dismiss", dbus.FlagNoReplyExpected, nil)
		}
	}()
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
				return s.closed(ctx, conn)
			}
			return nil
		case <-ctx.Done():
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

// closed tells a prompt that a person closed from one that could not be shown: GNOME Keyring calls both dismissed, but
// without a display the program that shows its prompts is not there.
func (s *secretService) closed(ctx context.Context, conn *dbus.Conn) error {
	if s.product == gnomeKeyring {
		var there bool
		if busCall(ctx, conn, "NameHasOwner", "org.gnome.keyring.SystemPrompter").Store(&there) == nil && !there {
			return &Error{State: Locked, Err: errNobody}
		}
	}
	return &Error{State: Denied, Err: errClosed}
}

// watch listens in on the prompts that go-keyring raises, over the connection that it shares with us.
func (*secretService) watch() func() bool {
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
