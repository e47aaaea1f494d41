package cli

import (
	"context"
	"time"

	"github.com/spf13/cobra"

	"valetkey/oauth"
	"valetkey/valet"
	"valetkey/valet/words"
)

// checkVerb is "valetkey check NAME": it asks the provider who the key belongs to and what it opens.
func checkVerb(s *session) *cobra.Command {
	var asJSON bool
	cmd := oneName(s, "check NAME", "cli.check.about", "cli.check.long",
		func(ctx context.Context, v *valet.Valet, c valet.Connection) error {
			health, err := v.Check(ctx, c.ID)
			if err != nil {
				return err
			}
			s.say("cli.check.works", "Name", c.Name)
			if asJSON {
				return s.dataJSON(healthInJSON(c, health))
			}
			return writeHealth(s, c, health)
		})
	cmd.Flags().BoolVar(&asJSON, "json", false, "cli.flag.json")
	return cmd
}

// writeHealth writes what the provider answered, a fact a line, then the permissions.
func writeHealth(s *session, c valet.Connection, h valet.Health) error {
	rows := [][]string{
		{words.T("cli.check.account"), accountName(h.Account)},
		{words.T("cli.check.number"), h.Account.UserID},
		{words.T("cli.show.shop-number"), h.Account.ShopID},
		{words.T("cli.check.permissions"), unsaid(h.Reported)},
		{words.T("cli.check.took"), h.Took.Round(time.Millisecond).String()},
	}
	if h.CallsLeft >= 0 {
		rows = append(rows, []string{words.T("cli.check.calls-left"), words.Number(h.CallsLeft)})
	}
	return s.table(known(append(rows, permissions(valet.SideBySide(c.Asked, c.Granted, h.Reported))...)))
}

// unsaid tells that the provider does not say what a key opens; where it does, each permission has a line.
func unsaid(reported []oauth.Scope) string {
	if reported == nil {
		return words.T("cli.check.not-said")
	}
	return ""
}

// permissions are lines of a table: each permission in plain words, and where it was asked for, granted and reported
// differently.
func permissions(list []valet.Permission) [][]string {
	var rows [][]string
	for _, p := range list {
		rows = append(rows, []string{words.T("cli.show.opens"), permission(p)})
	}
	return rows
}

// permission is one permission in plain words, with its name, and what is different about it.
func permission(p valet.Permission) string {
	if different := words.ScopeDifference(p); different != "" {
		return words.T("cli.show.different", "Permission", scopeName(p.Name), "Difference", different)
	}
	return scopeName(p.Name)
}

// healthJSON is what check --json says. Fields are added, never renamed or taken away.
type healthJSON struct {
	Name      string        `json:"name"`
	ID        string        `json:"id"`
	Account   valet.Account `json:"account"`
	Asked     []oauth.Scope `json:"asked"`
	Granted   []oauth.Scope `json:"granted"`
	Reported  []oauth.Scope `json:"reported"` // null: not said
	CallsLeft *int          `json:"calls_left,omitempty"`
}

func healthInJSON(c valet.Connection, h valet.Health) healthJSON {
	told := healthJSON{
		Name: c.Name, ID: string(c.ID), Account: h.Account, Asked: some(c.Asked), Granted: some(c.Granted), Reported: h.Reported,
	}
	if h.CallsLeft >= 0 {
		told.CallsLeft = &h.CallsLeft
	}
	return told
}
