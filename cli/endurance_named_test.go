package cli_test

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// A market of whoever runs the tests: crowd and kills then meet its server too. Its tokens have to live for an hour, and to
// rotate; its redirect has to lead to this machine, to a port that is free.
var (
	marketFile  = flag.String("market", "", "provider `file` of one more market for the crowd and the kills")
	secretFile  = flag.String("secret", "", "`file` whose first line is that market's client secret")
	consentWith = flag.String("consent", "", "shell `command` that gives consent at that market; the address is its argument")
)

// kinds are the markets of a test: its own, and the one that was named.
func kinds(own map[string]func(*desk) rotating) map[string]func(*desk) rotating {
	if *marketFile != "" {
		own["named"] = named
	}
	return own
}

// named gives the desk the market of -market, behind a gate. What its server ends cannot be seen from here; a refresh token
// that it refuses is counted in its place.
func named(d *desk) rotating {
	text, err := os.ReadFile(*marketFile)
	var content map[string]any
	if err == nil {
		err = json.Unmarshal(text, &content)
	}
	endpoint, _ := content["token_endpoint"].(string)
	if err != nil || endpoint == "" {
		d.t.Fatalf("%s, which has to name a token_endpoint: %v", *marketFile, err)
	}
	m := &guarded{behind: forward(endpoint), file: "./named.json", press: pressWith(*consentWith)}
	m.ended = m.refusals
	if *secretFile != "" {
		text, err := os.ReadFile(*secretFile)
		if err != nil {
			d.t.Fatal(err)
		}
		m.client, _, _ = strings.Cut(string(text), "\n")
	}
	m.open(d)
	content["token_endpoint"] = m.gate.URL + "/token"
	if text, err = json.Marshal(content); err == nil {
		err = os.WriteFile(filepath.Join(d.home, m.file), text, 0o600)
	}
	if err != nil {
		d.t.Fatal(err)
	}
	return m
}

// forward hands a token request on as it came, and sees it through to its end even if who sent it is gone.
func forward(endpoint string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		on, err := http.NewRequestWithContext(context.WithoutCancel(r.Context()), http.MethodPost, endpoint, r.Body)
		var answer *http.Response
		if err == nil {
			on.Header, on.ContentLength = r.Header.Clone(), r.ContentLength
			answer, err = http.DefaultClient.Do(on)
		}
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadGateway)
			return
		}
		defer answer.Body.Close()
		for name, values := range answer.Header {
			w.Header()[name] = values
		}
		w.WriteHeader(answer.StatusCode)
		io.Copy(w, answer.Body)
	})
}

// pressWith gives consent by a command.
func pressWith(command string) func(consent string) error {
	return func(consent string) error {
		cmd := exec.Command("sh", "-c", command+` "$1"`, "sh", consent)
		if said, err := cmd.CombinedOutput(); err != nil {
			return fmt.Errorf("%s: %w: %s", command, err, bytes.TrimSpace(said))
		}
		return nil
	}
}
