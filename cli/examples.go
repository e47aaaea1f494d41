package cli

import "valetkey/valet/words"

// example is one command line that help shows, and the id of what it does, where the line does not say so itself.
type example struct{ line, about string }

// lines are examples that say themselves what they do.
func lines(all ...string) []example {
	list := make([]example, len(all))
	for n, line := range all {
		list[n].line = line
	}
	return list
}

// examples stand in each verb's help, those that need no more than the practice shop first. They are commands and no prose, so
// they are not among the words; a test runs them.
var examples = map[string][]example{
	"": {
		{"valetkey connect practice", "cli.example.connect"},
		{`valetkey list`, "cli.example.list"},
		{`vars=$(valetkey env blue-fern-pottery --shell sh) || exit; eval "$vars"`, "cli.example.env"},
		{`valetkey request blue-fern-pottery GET "/v3/application/shops/$ETSY_SHOP_ID/listings?limit=25"`, "cli.example.request"},
		{"valetkey exec blue-fern-pottery -- python3 listings.py", "cli.example.exec"},
		{"valetkey revoke blue-fern-pottery", "cli.example.revoke"},
	},
	"connect": lines(
		"valetkey connect practice",
		`valetkey connect practice --scopes "shops_r listings_r"`,
		"valetkey connect etsy --name my-etsy-shop --store file",
		"valetkey connect acme.json --secret-stdin < client-secret"),
	"reconnect": lines(
		"valetkey reconnect blue-fern-pottery",
		`valetkey reconnect blue-fern-pottery --scopes "shops_r listings_r listings_w"`),
	"upgrade": lines("valetkey connect practice-v2 --name old-key", "valetkey upgrade old-key --yes"),
	"import":  lines("valetkey import tokens.json --provider etsy", "valetkey import .env --name my-shop --delete"),
	"list":    lines("valetkey list", "valetkey list --json"),
	"show":    lines("valetkey show blue-fern-pottery", "valetkey show blue --json"),
	"log":     lines("valetkey log", "valetkey log blue-fern-pottery --since 7d", "valetkey log --since 90d --json"),
	"token":   lines("valetkey token blue-fern-pottery", "token=$(valetkey token blue-fern-pottery --min 30m) || exit"),
	"header": lines(
		"valetkey header blue-fern-pottery",
		"valetkey header blue-fern-pottery | curl -H @- http://127.0.0.1:3004/v3/application/users/me"),
	"env": lines(
		`eval "$(valetkey env blue-fern-pottery --shell sh)"`,
		"valetkey env blue-fern-pottery --shell fish | source",
		"valetkey env blue-fern-pottery > .env"),
	"curl": lines(
		"valetkey curl blue-fern-pottery /v3/application/users/me | curl --config -",
		"valetkey curl my-etsy-shop | curl --config - -X DELETE https://openapi.etsy.com/v3/application/listings/123"),
	"exec": lines(
		`valetkey exec blue-fern-pottery -- sh -c 'echo "$ETSY_SHOP_ID"'`,
		"valetkey exec blue-fern-pottery --min 30m -- python3 listings.py"),
	"request": lines(
		"valetkey request blue-fern-pottery GET '/v3/application/shops/51730426/listings?limit=100'",
		"valetkey request my-etsy-shop PATCH /v3/application/shops/123/listings/456 --form title='Blue bowl' --form tags=bowl,blue",
		"valetkey request my-etsy-shop PUT /v3/application/listings/456/inventory --json inventory.json"),
	"refresh":         lines("valetkey refresh blue-fern-pottery"),
	"check":           lines("valetkey check blue-fern-pottery", "valetkey check blue-fern-pottery --json"),
	"doctor":          lines("valetkey doctor", "valetkey doctor practice", "valetkey doctor blue-fern-pottery --report > report.txt"),
	"move":            lines("valetkey move blue-fern-pottery file --passphrase-stdin < passphrase", "valetkey move blue-fern-pottery keyring --passphrase-stdin < passphrase"),
	"revoke":          lines("valetkey revoke blue-fern-pottery", "valetkey revoke old-key --yes"),
	"forget":          lines("valetkey forget blue-fern-pottery", "valetkey forget --all --yes"),
	"key set":         lines("valetkey key set practice < app-key", `valetkey key set etsy --key "My second app" < app-key`),
	"key list":        lines("valetkey key list", "valetkey key list --json"),
	"key check":       lines("valetkey key check practice", `valetkey key check etsy --key "My second app"`),
	"key remove":      lines(`valetkey key remove etsy --key "My second app"`),
	"provider list":   lines("valetkey provider list"),
	"provider add":    lines("valetkey provider add acme.json"),
	"provider show":   lines("valetkey provider show practice", "valetkey provider show acme --json"),
	"provider remove": lines("valetkey provider remove acme"),
	"practice": lines(
		"valetkey practice",
		"valetkey practice --access-ttl 90s --set",
		"valetkey practice --fault rate-limit:3 --set",
		"valetkey practice --fault none --set"),
	"completion": lines("valetkey completion bash > ~/.local/share/bash-completion/completions/valetkey", "valetkey completion fish | source"),
	"version":    lines("valetkey version"),
	"help":       lines("valetkey help connect", "valetkey help key set"),
}

// examples writes command lines, never broken, and above them what they do.
func (p *page) examples(all []example) {
	for _, e := range all {
		if e.about != "" {
			p.fill("  # ", "  # ", words.T(e.about))
		}
		p.text.WriteString("  " + e.line + "\n")
	}
}
