package cli

import (
	"context"
	"errors"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"valetkey/valet"
	"valetkey/valet/words"
)

// importFlags are what import was told.
type importFlags struct {
	name, key, provider string
	store               place
	remove              bool
}

// importVerb is "valetkey import FILE": keys out of a file that a guide told to write.
func importVerb(s *session) *cobra.Command {
	var flags importFlags
	cmd := verb("import FILE", "cli.import.about", "cli.import.long", arguments(1, 1),
		func(cmd *cobra.Command, args []string) error { return rescue(s, cmd.Context(), flags, args[0]) })
	cmd.Flags().StringVar(&flags.name, "name", "", "cli.flag.name")
	cmd.Flags().StringVar(&flags.key, "key", "", "cli.flag.key-import")
	cmd.Flags().StringVar(&flags.provider, "provider", "", "cli.flag.provider")
	flags.store.add(cmd)
	cmd.Flags().BoolVar(&flags.remove, "delete", false, "cli.flag.delete")
	return cmd
}

// rescue reads the file, keeps what is in it, and lets go of the file only once all of it is kept.
func rescue(s *session, ctx context.Context, flags importFlags, path string) error {
	v, err := s.rack(ctx)
	if err != nil {
		return err
	}
	file, err := v.Rescues.Read(path)
	if err != nil {
		return err
	}
	tellFile(s, file)
	if flags.name != "" && len(file.Keys) > 1 {
		return misuse(words.T("cli.import.one-name"), "")
	}
	if valet.StoreKind(flags.store) == valet.InFile {
		if err := s.lock.ready(ctx); err != nil {
			return err
		}
	}
	var failed error
	for n := range file.Keys {
		if failed != nil {
			s.complain(failed)
		}
		failed = errors.Join(keepFound(s, ctx, v, flags, file, n), failed)
	}
	if failed != nil {
		s.say("cli.import.stays")
		return failed
	}
	return letGo(s, ctx, file, flags.remove)
}

// tellFile says what was found, and of a token no more than its end.
func tellFile(s *session, file *valet.Rescue) {
	for _, key := range file.Keys {
		var parts []string
		for _, part := range []struct {
			there    bool
			id, more string
		}{
			{key.AccessEnd != "" && !key.Older, "cli.import.access", key.AccessEnd},
			{key.RefreshEnd != "", "cli.import.refresh", key.RefreshEnd},
			{key.Older, "cli.import.older", key.AccessEnd},
			{key.HasKeystring, "cli.import.keystring", ""},
			{key.HasSecret, "cli.import.secret", ""},
		} {
			if part.there {
				parts = append(parts, words.T(part.id, "End", part.more))
			}
		}
		if key.Label == "" {
			s.say("cli.import.found", "Parts", strings.Join(parts, ", "))
		} else {
			s.say("cli.import.found-for", "Label", key.Label, "Parts", strings.Join(parts, ", "))
		}
	}
	if len(file.Unusable) > 0 {
		s.say("cli.import.unusable", "Names", strings.Join(file.Unusable, ", "))
	}
}

// keepFound keeps one key, and asks a person for what the file lacks.
func keepFound(s *session, ctx context.Context, v *valet.Valet, flags importFlags, file *valet.Rescue, n int) error {
	request := valet.RescueRequest{
		Key: n, Provider: flags.provider, AppKey: flags.key, Name: flags.name, Store: valet.StoreKind(flags.store),
	}
	plan, err := completed(s, ctx, file, &request)
	if err != nil {
		return err
	}
	if plan.AppKey.ID != "" {
		if err := openAppKey(s, ctx, v, plan.Provider.ID, plan.AppKey.ID); err != nil {
			return err
		}
	}
	s.say("cli.import.trying", "Provider", plan.Provider.Name)
	request.Host = valet.Host{
		Step:   (&guide{session: s, market: plan.Provider}).step,
		Unlock: func(ctx context.Context, _ error) error { return s.lock.unlock(ctx) },
	}
	if request.Store == "" {
		request.Host.ChooseStore = chooser(s)
	}
	c, err := file.Keep(ctx, request)
	if valet.KindOf(err) == valet.APIEnded && plan.Provider.SucceededBy != "" {
		s.say("cli.import.exchange", "Provider", plan.Provider.SucceededBy)
	}
	if c.ID == "" {
		return err
	}
	if err != nil {
		s.say("cli.import.kept-untried", "Name", c.Name)
		return err
	}
	if c.Protocol == valet.OAuth10 {
		s.say("cli.import.upgrade", "Name", c.Name)
	}
	s.say("cli.walk.done", "Name", c.Name)
	return s.data(c.Name)
}

// completed asks for the keystring, or for the secret alone, where the file and the app keys that are here do not give them.
func completed(s *session, ctx context.Context, file *valet.Rescue, request *valet.RescueRequest) (valet.RescuePlan, error) {
	plan, err := file.Plan(*request)
	kind := valet.KindOf(err)
	if kind != valet.NoAppKey && kind != valet.BadAppKey || !s.lock.person() {
		return plan, err
	}
	s.say("cli.import.lacks", "Provider", plan.Provider.Name)
	if kind == valet.NoAppKey {
		if request.Keystring, err = s.prompted(ctx, words.T("cli.ask.keystring")); err != nil {
			return plan, err
		}
		request.Keystring = strings.TrimSpace(request.Keystring)
	}
	request.Secret, err = s.secret(ctx, words.T("cli.ask.secret"))
	if errors.Is(err, io.EOF) {
		return plan, left()
	} else if err != nil {
		return plan, err
	}
	return file.Plan(*request)
}

// letGo deletes the file where that was asked for, and says what that does not do.
func letGo(s *session, ctx context.Context, file *valet.Rescue, remove bool) error {
	err := file.Removable()
	if _, person := s.terminal(); !remove && (!person || err != nil || !s.agreed(ctx, words.T("cli.ask.delete", "File", clean(file.Path)))) {
		s.say("cli.import.left", "File", file.Path)
		return nil
	}
	if len(file.Others) > 0 {
		s.say("cli.import.others", "Names", strings.Join(file.Others, ", "))
	}
	if err == nil {
		err = file.Remove()
	}
	if err == nil {
		s.say("cli.import.deleted", "File", file.Path)
	}
	return err
}
