package cli_test

import (
	"maps"
	"strings"

	"valetkey/cli"
)

// alone gives the desk a strict market whose file leaves its endpoints to its issuer, which is changed by spoil.
func alone(spoil func(*strict)) func(*desk) {
	return func(d *desk) {
		market(0, "3600")(d)
		spoil(d.strict)
		err := d.strict.file(d.home+"/strict.json", func(content map[string]any) {
			maps.DeleteFunc(content, func(field string, _ any) bool { return strings.HasSuffix(field, "_endpoint") })
		})
		if err != nil {
			d.t.Fatal(err)
		}
	}
}

const notFrom = "The answer did not come from Strict Market.\nIt does not carry the name that Strict Market puts into its answers. " +
	"It was not used, and nothing was changed.\nConnect again, and use only the page that opens then.\n"

// issuerFaults are those of whoever answers in a market's place.
var issuerFaults = []fault{
	{
		name: "wrong iss", before: alone(func(s *strict) { s.names = "https://evil.example" }), args: strictly, act: allow,
		says: notFrom, status: cli.Failed,
	},
	{
		name: "no iss where it is always sent", before: alone(func(s *strict) { s.names = "-" }), args: strictly, act: allow,
		says: notFrom, status: cli.Failed,
	},
	{
		name: "an issuer whose document names another issuer", args: strictly,
		before: alone(func(s *strict) { s.says = map[string]any{"issuer": "https://evil.example"} }),
		says: "The issuer of Strict Market gives another name for itself.\n" +
			"It has to be the same to the letter, or somebody else could answer in its place. Nothing was added.\n" +
			"Copy the issuer into the file again, with or without the slash at its end as the provider writes it.\n", status: cli.Failed,
	},
}
