package cli

import (
	"context"

	"github.com/spf13/cobra"

	"valetkey/valet"
	"valetkey/valet/words"
)

// moveVerb is "valetkey move NAME keyring|file".
func moveVerb(s *session) *cobra.Command {
	return verb("move NAME keyring|file", "cli.move.about", "cli.move.long", arguments(2, 2), func(cmd *cobra.Command, args []string) error {
		var target place
		if target.Set(args[1]) != nil {
			return misuse(words.T("cli.move.where", "Place", clean(args[1])), helpFor(cmd))
		}
		return s.using(cmd.Context(), args[0], func(v *valet.Valet, c valet.Connection) error {
			return move(s, cmd.Context(), v, c, valet.StoreKind(target))
		})
	})
}

// move brings the key to another place, and says where it and its app key are now.
func move(s *session, ctx context.Context, v *valet.Valet, c valet.Connection, target valet.StoreKind) error {
	if target == valet.InFile && c.Status != valet.Returned {
		if err := s.lock.ready(ctx); err != nil {
			return err
		}
	}
	before, _ := appKey(v, c.AppKey)
	moved, err := v.Stores.Move(ctx, c.ID, target)
	if err != nil {
		return err
	}
	key, _ := appKey(v, c.AppKey)
	if c.Store == target && keptIn(key) == keptIn(before) {
		s.say("cli.move.already", "Name", moved.Name, "Store", storeName(moved.Store))
	} else {
		s.say("cli.move.done", "Name", moved.Name, "Store", storeName(moved.Store))
	}
	if keptIn(key) != keptIn(before) {
		s.say("cli.move.app-key-too", "Label", key.Label)
	}
	sayAppKeyElsewhere(s, v, moved)
	return nil
}

// sayAppKeyElsewhere says that two places are needed to renew a key.
func sayAppKeyElsewhere(s *session, v *valet.Valet, c valet.Connection) {
	if key, _ := appKey(v, c.AppKey); keptIn(key) != "" && keptIn(key) != c.Store {
		s.say("cli.move.app-key-elsewhere", "Label", key.Label, "Store", storeName(keptIn(key)), "Name", c.Name)
	}
}
