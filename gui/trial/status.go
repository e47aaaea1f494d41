//go:build !nogui

package trial

import (
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"valetkey/gui/parts"
	"valetkey/valet"
	"valetkey/valet/words"
)

// statusWords says in a few words what an HTTP status means, and in which colour.
func statusWords(status int, provider string) (string, fyne.ThemeColorName) {
	colour := parts.Red
	switch {
	case status >= 200 && status < 300:
		colour = parts.Green
	case status >= 300 && status < 400:
		colour = parts.BrassInk
	}
	switch status {
	case 200, 201, 204, 400, 401, 403, 404, 409, 422, 429:
		return words.T("trial.status." + strconv.Itoa(status)), colour
	}
	class := status / 100
	if class < 2 || class > 5 { // HTTP knows no such status in an answer
		class = 5
	}
	return words.T("trial.status."+strconv.Itoa(class)+"xx", "Provider", provider), colour
}

// callsLeft says how many calls are left today, and which share of all; "" where the API does not say.
func callsLeft(r valet.Reply) (said string, share float32, known bool) {
	switch {
	case r.CallsLeft < 0:
		return "", 0, false
	case r.CallsADay <= 0:
		return words.N("trial.left", r.CallsLeft, "Left", words.Number(r.CallsLeft)), 0, false
	}
	said = words.T("trial.left.of", "Left", words.Number(r.CallsLeft), "All", words.Number(r.CallsADay))
	return said, min(1, float32(r.CallsLeft)/float32(r.CallsADay)), true
}

// trouble is what went wrong in words. Something that is not there is the path's fault, whatever else an answer may say.
func trouble(r *Result, provider string) words.Trouble {
	if r.Reply.Status == 404 && valet.KindOf(r.Err) == valet.Declined {
		return words.Trouble{
			What: words.T("trial.notfound.what", "Provider", provider), Means: words.T("trial.notfound.means"), Next: words.T("trial.notfound.next"),
		}
	}
	return words.Sentence(r.Err)
}

// Curl writes what can be pasted into a terminal: config is a configuration of curl, which stands in no process's arguments: sh,
// bash, zsh and fish print without starting a program. goos is [runtime.GOOS].
func Curl(config, goos string) string {
	if goos == "windows" {
		return "@'\r\n" + config + "'@ | curl.exe --config -\r\n"
	}
	return "printf %s '" + shellQuotes.Replace(config) + "' | curl --config -\n"
}

// shellQuotes writes what fish reads otherwise than sh between single quotes in double ones, where both read the same.
var shellQuotes = strings.NewReplacer("'", `'"'"'`, `\`, `'"\\"'`)
