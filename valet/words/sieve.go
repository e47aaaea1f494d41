package words

import (
	"encoding/json"
	"slices"
	"strings"
	"sync"
)

// jargon are the words that errors of the system, of Go and of the protocols are made of, besides those of our sentences.
const jargon = `dial tcp tcp4 tcp6 udp lookup host such read write timeout i/o eof unexpected connection connect refused reset peer broken pipe
network unreachable route handshake tls x509 certificate signed authority verified expired alert internal record deadline exceeded
context canceled http https get post head status proxy proxyconnect localhost bind listen address already permission denied file directory
open rename mkdir lstat stat syscall errno device space quota dbus bus owner reply nokeyring keystore oauth valet etsy cli gui probe set get
delete lock look create item value whole refresh authorization token tokens access error_description openapi api www com etsy.com index json
state config providers vault log settings practice valetkey local share msg error level connection store panic verb
failed pair aside err watching lines brought date note taken copy left watched window written noted name look-up opened answer unusable garbled
transport host body larger mib kib cut short invalid_grant invalid_client invalid_request invalid_scope invalid_token unauthorized_client unsupported_grant_type
refresh_token access_token legacy_token code_verifier grant_type redirect_uri x-api-key
access_denied server_error temporarily_unavailable insufficient_scope token_inactive unsupported_token_type signature_invalid
timestamp_refused nonce_used token_rejected token_expired token_revoked consumer_key_rejected consumer_key_unknown
xdg-open x-www-browser www-browser firefox chromium chrome gnome kde keyring secret service kwallet keepassxc macos keychain windows credential manager
key shop account app provider app-key`

// vocabulary holds, in lower case, every word that this program says itself: of its sentences, their ids, and jargon.
var vocabulary = sync.OnceValue(func() map[string]bool {
	known := map[string]bool{}
	learn := func(text string) {
		for _, word := range wordsOf(text) {
			known[strings.ToLower(word)] = true
		}
	}
	learn(jargon)
	entries, err := files.ReadDir(source)
	if err != nil {
		panic(err)
	}
	for _, entry := range entries {
		data, err := files.ReadFile(source + "/" + entry.Name())
		if err != nil {
			panic(err)
		}
		var said map[string]json.RawMessage
		if err := json.Unmarshal(data, &said); err != nil {
			panic(err)
		}
		for id, text := range said {
			learn(id)
			learn(string(text))
		}
	}
	return known
})

// run is what a word is made of: letters, digits and the underscore.
var run = pattern(`[\pL\pN_]+`)

func wordsOf(text string) []string { return run().FindAllString(text, -1) }

// here are the names of this computer, whose digits say nothing.
var here = strings.NewReplacer("127.0.0.1", "localhost", "[::1]", "localhost")

// digitsMost is how many digits one word may have: a port has five.
const digitsMost = 5

// sieve lets the known words of text through and replaces the others, those between white space as a whole: a word is known if
// all its runs are, or stand among named. Several unknown ones in a row are one.
func sieve(text string, named []string) string {
	var kept []string
	removed := T("doctor.report.removed")
	for word := range strings.FieldsSeq(text) {
		if !passes(word, named) {
			word = removed
		}
		if word != removed || len(kept) == 0 || kept[len(kept)-1] != removed {
			kept = append(kept, word)
		}
	}
	return strings.Join(kept, " ")
}

func passes(word string, named []string) bool {
	digits := 0
	for _, part := range wordsOf(here.Replace(word)) {
		switch {
		case slices.Contains(named, part):
		case strings.Trim(part, "0123456789") == "":
			digits += len(part)
		case !vocabulary()[strings.ToLower(part)]:
			return false
		}
	}
	return digits <= digitsMost && !strings.ContainsFunc(word, func(r rune) bool { return r < ' ' || r == 0x7f })
}
