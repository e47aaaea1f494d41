package cli

import (
	"cmp"
	"context"
	"errors"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"valetkey/oauth"
	"valetkey/valet"
	"valetkey/valet/words"
)

// keyVerbs are "valetkey key ...": what a provider gave the seller to identify the app by.
func keyVerbs(s *session) *cobra.Command {
	return group("key", "cli.key.about", "cli.key.long",
		keySetVerb(s), keyListVerb(s), keyCheckVerb(s), keyRemoveVerb(s))
}

// keySetVerb is "valetkey key set PROVIDER": keystring, then secret, a line each on standard input.
func keySetVerb(s *session) *cobra.Command {
	var label, redirect string
	var store place
	cmd := verb("set PROVIDER", "cli.key.set.about", "cli.key.set.long", arguments(1, 1), func(cmd *cobra.Command, args []string) error {
		v, err := s.rack(cmd.Context())
		if err != nil {
			return err
		}
		market, err := v.Providers.Get(args[0])
		if err != nil {
			return err
		}
		kind, err := placeOfKey(v, market.ID, label, store).settle(s, cmd.Context(), v)
		if err != nil {
			return err
		}
		id, secret, err := readKey(s, cmd.Context(), market)
		if err != nil {
			return err
		}
		wish := valet.NewAppKey{Provider: market.ID, Label: label, ClientID: id, Secret: secret, Redirect: redirect, Store: kind}
		if err := displace(s, cmd.Context(), v, wish); err != nil {
			return err
		}
		key, err := v.Keys.Set(cmd.Context(), wish)
		if err != nil {
			return err
		}
		s.say("cli.key.set.done", "Label", key.Label, "Provider", market.Name, "Store", storeName(kind))
		s.say("cli.key.set.redirect", "Redirect", key.Redirect)
		return nil
	})
	cmd.Flags().StringVar(&label, "key", "", "cli.flag.key-label")
	cmd.Flags().StringVar(&redirect, "redirect", "", "cli.flag.redirect")
	store.add(cmd)
	return cmd
}

// displace asks before another app key of the same label is lost. A script, which may well be renewing a secret, is told alone.
func displace(s *session, ctx context.Context, v *valet.Valet, wish valet.NewAppKey) error {
	present, other := wish.Displaces(ctx, v.Keys)
	if !other {
		return nil
	}
	if !s.lock.person() {
		s.say("cli.key.set.other", "Label", clean(present.Label))
		return nil
	}
	return sure(s, ctx, false, words.T("cli.ask.replace-key", "Label", clean(present.Label)))
}

// placeOfKey is where an app key is to be kept if nobody says otherwise: in the locked file if it is there already.
func placeOfKey(v *valet.Valet, provider, label string, wish place) place {
	for _, key := range v.Keys.List() {
		if wish == "" && key.Provider == provider && key.Label == cmp.Or(label, provider) && keptIn(key) == valet.InFile {
			return place(valet.InFile)
		}
	}
	return wish
}

// readKey reads both halves. The second is asked for only where the provider's keys have one.
func readKey(s *session, ctx context.Context, market valet.Market) (id string, secret oauth.Secret, err error) {
	id, err = s.prompted(ctx, words.T("cli.ask.keystring"))
	if err == nil {
		err = plausible(s, ctx, market, strings.TrimSpace(id))
	}
	if err == nil && market.NeedsSecret() {
		secret, err = s.secret(ctx, words.T("cli.ask.secret"))
	}
	if errors.Is(err, io.EOF) {
		err = misuse(words.T("cli.key.set.missing"), words.T("cli.key.set.missing-next", "Provider", market.ID))
	}
	return strings.TrimSpace(id), secret, err
}

// plausible asks about a keystring that looks like none; it is not shown, as it may be the secret. A script is told alone.
func plausible(s *session, ctx context.Context, market valet.Market, id string) error {
	if id == "" || valet.LooksLikeKeystring(market, id) {
		return nil
	}
	s.say("cli.key.set.odd", "Provider", market.Name)
	return sure(s, ctx, false, words.T("cli.ask.odd-key"))
}

// keyListVerb is "valetkey key list".
func keyListVerb(s *session) *cobra.Command {
	var asJSON bool
	cmd := verb("list", "cli.key.list.about", "cli.key.list.long", arguments(0, 0), func(cmd *cobra.Command, _ []string) error {
		v, err := s.rack(cmd.Context())
		if err != nil {
			return err
		}
		if asJSON {
			all := []appKeyJSON{}
			for _, key := range v.Keys.List() {
				all = append(all, appKeyInJSON(key))
			}
			return s.dataJSON(all)
		}
		rows := [][]string{{words.T("cli.key.list.provider"), words.T("cli.key.list.label"), words.T("cli.key.list.keystring"), words.T("cli.key.list.redirect"), words.T("cli.list.store")}}
		for _, key := range v.Keys.List() {
			where := storeWord(keptIn(key))
			if key.BuiltIn {
				where = words.T("cli.provider.built-in")
			}
			rows = append(rows, []string{key.Provider, key.Label, key.ClientID, key.Redirect, where})
		}
		return s.table(rows)
	})
	cmd.Flags().BoolVar(&asJSON, "json", false, "cli.flag.json")
	return cmd
}

// keyCheckVerb is "valetkey key check PROVIDER": the provider is asked whether it knows the app key.
func keyCheckVerb(s *session) *cobra.Command {
	return oneKey(s, "check PROVIDER", "cli.key.check.about", "cli.key.check.long",
		func(ctx context.Context, v *valet.Valet, key valet.AppKey) error {
			if err := v.Keys.Check(ctx, key.ID); err != nil {
				return err
			}
			s.say("cli.key.check.works", "Label", key.Label)
			return nil
		})
}

// keyRemoveVerb is "valetkey key remove PROVIDER".
func keyRemoveVerb(s *session) *cobra.Command {
	return oneKey(s, "remove PROVIDER", "cli.key.remove.about", "cli.key.remove.long",
		func(ctx context.Context, v *valet.Valet, key valet.AppKey) error {
			if key.BuiltIn {
				return misuse(words.T("cli.key.remove.built-in", "Label", clean(key.Label)), "")
			}
			if err := v.Keys.Remove(ctx, key.ID); err != nil {
				return err
			}
			s.say("cli.key.remove.done", "Label", key.Label)
			return nil
		})
}

// oneKey makes a verb about one app key, picked by provider and, where there are several, by --key.
func oneKey(s *session, use, about, long string, do func(context.Context, *valet.Valet, valet.AppKey) error) *cobra.Command {
	var label string
	cmd := verb(use, about, long, arguments(1, 1), func(cmd *cobra.Command, args []string) error {
		v, err := s.rack(cmd.Context())
		if err != nil {
			return err
		}
		key, err := v.Keys.Pick(args[0], label)
		if err != nil {
			return err
		}
		if keptIn(key) == valet.InFile {
			if err := s.lock.unlock(cmd.Context()); err != nil {
				return err
			}
		}
		return do(cmd.Context(), v, key)
	})
	cmd.Flags().StringVar(&label, "key", "", "cli.flag.key")
	return cmd
}
