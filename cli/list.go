package cli

import (
	"iter"

	"github.com/spf13/cobra"

	"valetkey/valet"
	"valetkey/valet/words"
)

// listVerb is "valetkey list".
func listVerb(s *session) *cobra.Command {
	var asJSON bool
	cmd := verb("list", "cli.list.about", "cli.list.long", arguments(0, 0), func(cmd *cobra.Command, _ []string) error {
		v, err := s.rack(cmd.Context())
		if err != nil {
			return err
		}
		return writeList(s, v.All(), asJSON)
	})
	cmd.Flags().BoolVar(&asJSON, "json", false, "cli.flag.json")
	return cmd
}

// writeList writes one line a key, from the index alone.
func writeList(s *session, connections iter.Seq[valet.Connection], asJSON bool) error {
	if asJSON {
		all := []keyJSON{}
		for c := range connections {
			all = append(all, inJSON(c))
		}
		return s.dataJSON(all)
	}
	rows, now := [][]string{{words.T("cli.list.name"), words.T("cli.list.account"), words.T("cli.list.provider"), words.T("cli.list.store"), words.T("cli.list.status")}}, s.now()
	for c := range connections {
		rows = append(rows, []string{c.Name, accountName(c.Account), c.Provider, storeWord(held(c)), words.Status(c, now)})
	}
	if len(rows) == 1 {
		s.say("cli.list.empty")
		return nil
	}
	return s.table(rows)
}

// accountName is how a person calls the account.
func accountName(a valet.Account) string {
	switch {
	case a.ShopName != "":
		return a.ShopName
	case a.Person != "":
		return a.Person
	case a.UserID != "":
		return words.T("cli.account.number", "Number", a.UserID)
	}
	return ""
}

// held is where the key is kept; one that was given back is nowhere.
func held(c valet.Connection) valet.StoreKind {
	if c.Status == valet.Returned {
		return ""
	}
	return c.Store
}

// storeWord is the store's name in a table.
func storeWord(kind valet.StoreKind) string {
	switch kind {
	case valet.InKeyring:
		return words.T("cli.list.keyring")
	case valet.InFile:
		return words.T("cli.list.file")
	case valet.InSession:
		return words.T("cli.list.session")
	}
	return ""
}
