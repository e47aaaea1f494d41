package valet

import "strings"

// Shell is a syntax for setting variables.
type Shell string

// The shells. Dotenv is what .env files are written in; sh reads its lines too.
const (
	Dotenv     Shell = "dotenv"
	Posix      Shell = "sh" // bash and zsh too
	Fish       Shell = "fish"
	PowerShell Shell = "powershell"
)

// assign writes one variable. Any text without a zero octet comes back as it was.
func (s Shell) assign(name, value string) string {
	switch s {
	case Posix:
		return "export " + name + "='" + strings.ReplaceAll(value, "'", `'\''`) + "'"
	case Fish:
		return "set -gx " + name + " '" + strings.NewReplacer(`\`, `\\`, "'", `\'`).Replace(value) + "'"
	case PowerShell:
		return "$env:" + name + " = '" + powerShellQuotes.Replace(value) + "'"
	}
	return name + "=" + dotenvQuote(value)
}

// powerShellQuotes doubles every mark that PowerShell takes for a single quote.
var powerShellQuotes = strings.NewReplacer("'", "''", "‘", "‘‘", "’", "’’", "‚", "‚‚", "‛", "‛‛")

// dotenvQuote writes a value so that sh and those who read .env files find the same in it. Readers of .env files agree on bare
// words and on single quotes with nothing to escape in them; only what has a single quote itself stands in double quotes, where
// some of them do not take every backslash away as sh does.
func dotenvQuote(value string) string {
	switch {
	case value != "" && strings.Trim(value, bareLetters) == "":
		return value
	case !strings.Contains(value, "'"):
		return "'" + value + "'"
	}
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "$", `\$`, "`", "\\`").Replace(value) + `"`
}

// bareLetters mean nothing but themselves to any shell, wherever they stand in a value.
const bareLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_./:,@%+-"

// curlQuote writes a text for a configuration of curl.
func curlQuote(text string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\t", `\t`, "\n", `\n`, "\r", `\r`, "\v", `\v`).Replace(text) + `"`
}
