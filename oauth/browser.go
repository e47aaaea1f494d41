package oauth

import (
	"cmp"
	"context"
	"errors"
	"iter"
	"net/url"
	"os"
	"os/exec"
	"path"
	"runtime"
	"strings"
	"time"
)

// ErrNoBrowser says that this machine has nothing that opens an address, or that what it has gave up at once.
var ErrNoBrowser = errors.New("oauth: no browser could be started")

// launcher is one way to open an address: a program, and the arguments before the address.
type launcher struct {
	program string
	before  []string
}

// OpenBrowser opens an address in the system's browser (RFC 8252 5) and forgets it: the browser outlives this program, prints
// nothing here and gets no secret through its environment. No shell is involved, and the address is one argument that begins
// with http. Addresses other than https ones, or http ones of localhost, 127.0.0.1 and [::1], are refused.
//
// It returns when a launcher has started and not failed within half a second; ctx can only shorten that. The error is
// [ErrNoBrowser] where there is none: show the address then. Other errors are those of [CheckEndpoint].
func OpenBrowser(ctx context.Context, address string) error {
	safe, err := browserAddress(address)
	if err != nil {
		return err
	}
	for l, program := range launchers() {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if start(ctx, l.command(program, safe, os.Environ())) {
			return nil
		}
	}
	return cmp.Or(ctx.Err(), ErrNoBrowser)
}

// BrowserProgram gives the program that [OpenBrowser] would start first, and starts nothing. The error is [ErrNoBrowser].
func BrowserProgram() (string, error) {
	for _, program := range launchers() {
		return program, nil
	}
	return "", ErrNoBrowser
}

// launchers gives what can be started on this machine, best first, and where it is.
func launchers() iter.Seq2[launcher, string] {
	return func(yield func(launcher, string) bool) {
		for _, l := range launchersFor(runtime.GOOS, os.Getenv("BROWSER"), systemFolder()) {
			program, err := exec.LookPath(l.program)
			if err != nil { // exec.ErrDot too: a program in the current folder is nobody's browser
				continue
			}
			if !yield(l, program) {
				return
			}
		}
	}
}

// launchersFor lists what opens addresses on a system, best first. On Windows and macOS that is one program at a place which no
// PATH can change; elsewhere it is the person's own choice, then what desktops have.
func launchersFor(system, browsers, folder string) []launcher {
	switch system {
	case "windows": // never cmd.exe, which would read & and % in the address (CVE-2025-6514)
		return []launcher{{program: folder + `\rundll32.exe`, before: []string{"url.dll,FileProtocolHandler"}}}
	case "darwin":
		return []launcher{{program: "/usr/bin/open"}}
	}
	var list []launcher
	for _, program := range append(chosenBrowsers(browsers), "xdg-open", "x-www-browser", "www-browser", "wslview") {
		list = append(list, launcher{program: program})
	}
	return list
}

// chosenBrowsers reads $BROWSER, a list of programs. An entry with arguments or "%s" is meant for a shell, and left out; so is
// one that depends on the folder we are in.
func chosenBrowsers(list string) []string {
	var programs []string
	for _, program := range strings.Split(list, ":") {
		plain := program != "" && !strings.ContainsAny(program, " \t\n%\"'`$&|;<>()*?\\") && !strings.HasPrefix(program, "-")
		if plain && (path.IsAbs(program) || !strings.Contains(program, "/")) {
			programs = append(programs, program)
		}
	}
	return programs
}

// command is what would run.
func (l launcher) command(program, address string, environment []string) *exec.Cmd {
	return &exec.Cmd{
		Path:        program,
		Args:        append(append([]string{l.program}, l.before...), address),
		Env:         withoutSecrets(environment),
		Dir:         systemFolder(), // so that no folder of the person's is kept busy or searched
		SysProcAttr: apart(),
	}
}

// start reports whether the program runs, or has ended well, half a second later. It is waited for to its end, so that none
// stays behind as a zombie.
func start(ctx context.Context, command *exec.Cmd) bool {
	const enough = 500 * time.Millisecond
	if command.Start() != nil {
		return false
	}
	ended := make(chan error, 1)
	go func() { ended <- command.Wait() }()
	timer := time.NewTimer(enough)
	defer timer.Stop()
	select {
	case err := <-ended:
		return err == nil
	case <-timer.C:
	case <-ctx.Done():
	}
	return true
}

// browserAddress checks an address and writes it anew, so that what was checked is what is opened. In the query everything is
// escaped that a shell, a launcher script or a command line might take for its own.
func browserAddress(raw string) (string, error) {
	if len(raw) > longestAddress {
		return "", ErrOddAddress
	}
	u, err := webAddress(raw)
	if err != nil {
		return "", err
	}
	u.RawQuery = escapeQuery(u.RawQuery)
	u.RawPath = escapeQuery(u.EscapedPath())
	u.RawFragment = escapeQuery(u.EscapedFragment())
	return u.String(), nil
}

// escapeQuery percent-encodes what is neither unreserved nor one of the delimiters that an address needs, and every percent
// sign that begins no escape.
func escapeQuery(query string) string {
	const kept = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~=&+/?:@,;"
	const hex = "0123456789ABCDEF"
	var b strings.Builder
	for i := range len(query) {
		c := query[i]
		_, bad := url.QueryUnescape(query[i:min(i+3, len(query))])
		if strings.IndexByte(kept, c) >= 0 || c == '%' && bad == nil {
			b.WriteByte(c)
		} else {
			b.Write([]byte{'%', hex[c>>4], hex[c&15]})
		}
	}
	return b.String()
}

// withoutSecrets leaves out of an environment what by its name may be one. We put none there; the person may have.
func withoutSecrets(environment []string) []string {
	var kept []string
	for _, entry := range environment {
		name, value, _ := strings.Cut(entry, "=")
		ours := name == "DBUS_SESSION_BUS_ADDRESS" && value == "disabled:" // the window keeps its own libraries from starting a bus
		if !ours && !secretName(strings.ToUpper(name)) {
			kept = append(kept, entry)
		}
	}
	return kept
}

func secretName(name string) bool {
	if name == "XDG_ACTIVATION_TOKEN" { // how a browser's window comes to the front under Wayland
		return false
	}
	for _, part := range []string{"TOKEN", "SECRET", "PASSW", "PASSPHRASE", "CREDENTIAL", "API_KEY", "APIKEY", "PRIVATE_KEY", "VALETKEY"} {
		if strings.Contains(name, part) {
			return true
		}
	}
	return false
}
