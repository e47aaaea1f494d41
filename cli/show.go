package cli

import (
	"strings"
	"time"

	"github.com/spf13/cobra"

	"valetkey/oauth"
	"valetkey/valet"
	"valetkey/valet/words"
)

// showVerb is "valetkey show NAME".
func showVerb(s *session) *cobra.Command {
	var asJSON bool
	cmd := verb("show NAME", "cli.show.about", "cli.show.long", arguments(1, 1), func(cmd *cobra.Command, args []string) error {
		v, c, err := s.find(cmd.Context(), args[0])
		switch {
		case err != nil:
			return err
		case asJSON:
			return s.dataJSON(inJSON(c))
		}
		page, _ := takeBackPage(v, cmd.Context(), c, c.WithdrawPage)
		return writeKey(s, c, keyLabel(v, c.AppKey), page)
	})
	cmd.Flags().BoolVar(&asJSON, "json", false, "cli.flag.json")
	return cmd
}

// writeKey writes what the panel says: a fact a line, then the permissions.
func writeKey(s *session, c valet.Connection, appKey, page string) error {
	opens, fresh, renewable := permissions(valet.SideBySide(c.Asked, c.Granted, nil)), moment(c.AccessExpires), moment(c.RefreshExpires)
	if c.Status == valet.Returned { // that is over
		opens, fresh, renewable = nil, "", ""
	}
	rows := [][]string{
		{words.T("cli.show.name"), c.Name},
		{words.T("cli.show.account"), accountName(c.Account)},
		{words.T("cli.show.shop-number"), c.Account.ShopID},
		{words.T("cli.show.provider"), c.ProviderName},
		{words.T("cli.show.protocol"), protocol(c)},
		{words.T("cli.show.status"), words.Status(c, s.now())},
		{"", whatThen(s, c)},
		{words.T("cli.show.connected"), moment(c.Connected)},
		{words.T("cli.show.refreshed"), moment(renewed(c))},
		{words.T("cli.show.access-until"), fresh},
		{words.T("cli.show.refresh-until"), renewable},
		{words.T("cli.show.returned"), moment(c.Returned)},
		{words.T("cli.show.store"), storeName(held(c))},
		{words.T("cli.show.app-key"), appKey},
		{words.T("cli.show.withdraw"), page},
	}
	return s.table(known(append(rows, opens...)))
}

// protocol is what the provider speaks, where that is not the usual.
func protocol(c valet.Connection) string {
	if c.Protocol == valet.OAuth10 {
		return words.T("cli.show.signed")
	}
	return ""
}

// renewed is when the present token was won, where it can have been another before.
func renewed(c valet.Connection) time.Time {
	if c.Protocol == valet.OAuth10 {
		return time.Time{}
	}
	return c.Refreshed
}

// whatThen says what a status means that is not simply "it works".
func whatThen(s *session, c valet.Connection) string {
	if c.Status == valet.Connected && !c.Unsaved {
		return words.Warning(c, s.now())
	}
	return words.StatusMore(c, s.now(), false)
}

// known drops the lines that have nothing to say.
func known(rows [][]string) [][]string {
	kept := rows[:0]
	for _, row := range rows {
		if row[1] != "" {
			kept = append(kept, row)
		}
	}
	return kept
}

// scopeName is a permission in plain words, and its name.
func scopeName(scope oauth.Scope) string {
	text := words.ScopeTitle(scope)
	if !strings.EqualFold(text, string(scope)) {
		text += " (" + string(scope) + ")"
	}
	return text
}

// moment is a time as people at this machine read it; nothing if it is not known.
func moment(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Local().Format("2006-01-02 15:04")
}

// keyLabel is the label of an app key.
func keyLabel(v *valet.Valet, id string) string {
	for _, key := range v.Keys.List() {
		if key.ID == id {
			return key.Label
		}
	}
	return ""
}
