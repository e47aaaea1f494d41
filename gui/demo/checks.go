//go:build linux

package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"regexp"
	"strings"
	"time"
)

// verbLimit ends one verb of the command line.
const verbLimit = 30 * time.Second

// key is what "valetkey list --json" tells of one key, as far as the walk wants to know.
type key struct {
	Name      string    `json:"name"`
	Provider  string    `json:"provider"`
	Status    string    `json:"status"`
	Practice  bool      `json:"practice"`
	Store     string    `json:"store"`
	Connected time.Time `json:"connected"`
	Refreshed time.Time `json:"refreshed"`
}

// console is the same program by command line, beside the window.
type console struct{ world *world }

// verb runs one verb and returns what it prints.
func (c console) verb(ctx context.Context, args ...string) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, verbLimit)
	defer cancel()
	out, err := c.world.command(ctx, c.world.program, args...).Output()
	if err != nil {
		var exit *exec.ExitError
		if errors.As(err, &exit) {
			err = fmt.Errorf("%w: %s", err, bytes.TrimSpace(exit.Stderr))
		}
		return "", fmt.Errorf("valetkey %s: %w", strings.Join(args, " "), err)
	}
	return strings.TrimSuffix(string(out), "\n"), nil
}

// keys returns the keys in the rack.
func (c console) keys(ctx context.Context) ([]key, error) {
	out, err := c.verb(ctx, "list", "--json")
	if err != nil {
		return nil, err
	}
	var keys []key
	if err := json.Unmarshal([]byte(out), &keys); err != nil {
		return nil, fmt.Errorf("valetkey list --json: %w", err)
	}
	return keys, nil
}

// onlyKey returns the one key in the rack, and an error where there are none or more.
func (c console) onlyKey(ctx context.Context) (key, error) {
	keys, err := c.keys(ctx)
	if err != nil {
		return key{}, err
	}
	if len(keys) != 1 {
		return key{}, fmt.Errorf("%d keys hang in the rack, want 1", len(keys))
	}
	return keys[0], nil
}

// connected waits for a key that is connected, practice's, in the keyring, and won after that moment.
func (c console) connected(ctx context.Context, after time.Time) (key, error) {
	var k key
	var last error
	err := until(ctx, "the key in the rack", verbLimit, func() bool {
		k, last = c.onlyKey(ctx)
		return last == nil && k.Status == "connected" && k.Refreshed.After(after)
	})
	switch {
	case err != nil && last != nil:
		return k, fmt.Errorf("%w: %w", err, last)
	case err != nil:
		return k, fmt.Errorf("%w: it is %s, of %v", err, k.Status, k.Refreshed)
	case !k.Practice || k.Store != "keyring":
		return k, fmt.Errorf("the key is not the practice shop's, or not in the keyring: %+v", k)
	}
	return k, nil
}

// tokenForm is how Etsy's tokens look, and the practice shop's: the user's number, a point, and the rest.
var tokenForm = regexp.MustCompile(`\b[0-9]+\.[A-Za-z0-9_-]{16,}`)

// inKeyring returns what the system's keyring holds for the program, as any other program of this person would find it.
func inKeyring(ctx context.Context, w *world) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, verbLimit)
	defer cancel()
	out, err := w.command(ctx, "secret-tool", "search", "--all", "service", "valetkey").Output()
	if err != nil {
		return "", fmt.Errorf("secret-tool: %w", err)
	}
	return string(out), nil
}

// checkKept: the token is in the keyring, and neither it nor any other token that was ever seen there is in a file.
func checkKept(ctx context.Context, w *world, token string) error {
	held, err := inKeyring(ctx, w)
	if err != nil {
		return err
	}
	if !strings.Contains(held, token) {
		return errors.New("the keyring holds no item with the access token")
	}
	secrets := tokenForm.FindAllString(held, -1)
	if len(secrets) < 2 {
		return fmt.Errorf("the keyring holds %d tokens, want an access and a refresh token", len(secrets))
	}
	w.secrets = append(w.secrets, secrets...)
	// Locks lie where the environment cannot move them, below the real home.
	places := []string{w.dir}
	if person, err := user.Current(); err == nil {
		places = append(places, filepath.Join(person.HomeDir, ".local", "state", "valetkey"))
	}
	for _, place := range places {
		if err := noFileHolds(place, w.secrets); err != nil {
			return err
		}
	}
	return nil
}

// noFileHolds reads every file below dir.
func noFileHolds(dir string, secrets []string) error {
	return filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) {
			return nil // gone meanwhile, or never there
		}
		if err != nil || !entry.Type().IsRegular() {
			return err
		}
		text, err := os.ReadFile(path)
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		for _, secret := range secrets {
			if bytes.Contains(text, []byte(secret)) {
				return fmt.Errorf("a token stands in a file: %s", path)
			}
		}
		return err
	})
}

// openPractice serves the practice shop's API to outsiders, as "valetkey practice" does, and returns its address.
func (c console) openPractice(ctx context.Context) (string, error) {
	if err := c.world.start("practice", exec.Command(c.world.program, "practice", "--addr", "127.0.0.1:0")); err != nil {
		return "", err
	}
	var base string
	err := until(ctx, "the practice shop to open", startLimit, func() bool {
		log, err := os.Open(c.world.path("log", "practice"))
		if err != nil {
			return false
		}
		defer log.Close()
		for lines := bufio.NewScanner(log); lines.Scan(); {
			if strings.HasPrefix(lines.Text(), "http://") {
				base = strings.TrimSuffix(strings.TrimSpace(lines.Text()), "/")
			}
		}
		return base != ""
	})
	return base, err
}

// checkAccepted: the shop's API takes the token, and says whose it is.
func (c console) checkAccepted(ctx context.Context, base, name, token string) error {
	headers, err := c.verb(ctx, "header", name)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, verbLimit)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, base+"/v3/application/users/me", nil)
	if err != nil {
		return err
	}
	for line := range strings.Lines(headers) {
		field, value, _ := strings.Cut(strings.TrimSpace(line), ": ")
		request.Header.Set(field, value)
	}
	request.Header.Set("Authorization", "Bearer "+token)
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	var me struct {
		UserID json.Number `json:"user_id"`
	}
	if err := json.NewDecoder(response.Body).Decode(&me); err != nil {
		return fmt.Errorf("the practice shop's answer: %w", err)
	}
	if owner, _, _ := strings.Cut(token, "."); response.StatusCode != http.StatusOK || me.UserID.String() != owner {
		return fmt.Errorf("the practice shop answers %s for the copied token", response.Status)
	}
	return nil
}
