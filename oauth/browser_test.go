package oauth

import (
	"context"
	"errors"
	"os"
	"runtime"
	"slices"
	"strings"
	"testing"
)

// Requirements C43 to C47, as far as they can be seen without starting anything.

func TestC43OnlyWebAddressesAreOpened(t *testing.T) {
	t.Setenv("PATH", "") // nothing could be started: what is refused is refused before that
	t.Setenv("BROWSER", "")
	for _, address := range []string{
		"javascript:alert(1)", "file:///etc/passwd", "file:///C:/Windows/System32/calc.exe", "data:text/html,x", "smb://host/share", "search-ms:query=x",
		"ms-msdt:/id", "vbscript:x", `\\host\share`, "//host", `C:\x`, "C:/x", " https://h/", "https://h/\n", "HTTPS:/x", "http:host", "https:///x", "https://", "",
		"http://example.com/", "http://localhost.evil.example/", "http://127.0.0.1.evil.example/", "https://etsy.com@evil.example/", "-https://h/", "--help",
		"https://h\\@evil.example/", "https://" + strings.Repeat("a", 9<<10) + "/", "mailto:x@y", "https://h:x/", "https://b\u00fccher.example/",
	} {
		if err := OpenBrowser(t.Context(), address); err == nil || errors.Is(err, ErrNoBrowser) {
			t.Errorf("%q: %v", address, err)
		} else if len(address) > 8 && strings.Contains(err.Error(), address) {
			t.Errorf("the error quotes %q", address)
		}
	}
}

func TestC44AddressIsWrittenAnew(t *testing.T) {
	for address, want := range map[string]string{
		"https://www.etsy.com/oauth/connect?a=b&scope=x%20y&c=d_-.~": "https://www.etsy.com/oauth/connect?a=b&scope=x%20y&c=d_-.~",
		"HTTPS://h/x":                         "https://h/x",
		"http://127.0.0.1:3004/x?y=1":         "http://127.0.0.1:3004/x?y=1",
		"https://h/?redirect_uri=http://l:1/": "https://h/?redirect_uri=http://l:1/",
		"https://h/?a=%PATH%":                 "https://h/?a=%25PATH%25",
		"https://h/?a=b|c^d&e":                "https://h/?a=b%7Cc%5Ed&e",
		"https://h/?a=\"b\" `c` $(d) 'e'":     "https://h/?a=%22b%22%20%60c%60%20%24%28d%29%20%27e%27",
		"https://h/a b\"|^`$(c)'?d":           "https://h/a%20b%22%7C%5E%60%24%28c%29%27?d",
		"https://h/?a=\u00e9\u202e":           "https://h/?a=%C3%A9%E2%80%AE",
		"https://h/?a=%":                      "https://h/?a=%25",
		"https://h/?a=%2":                     "https://h/?a=%252",
		"https://h/%2F?a=%2f":                 "https://h/%2F?a=%2f",
		"https://h/?a=b\\c;d":                 "https://h/?a=b%5Cc;d",
		"https://h/x#part $(y)":               "https://h/x#part%20%24%28y%29",
	} {
		got, err := browserAddress(address)
		if err != nil || got != want {
			t.Errorf("%s: %s, %v", address, got, err)
		}
		if again, err := browserAddress(got); err != nil || again != got {
			t.Errorf("%s, again: %s, %v", got, again, err)
		}
	}
}

func TestC44CommandPerSystem(t *testing.T) {
	const address = "https://h/?a=b&c=d"
	for system, want := range map[string][]string{
		"windows": {`C:\Windows\System32\rundll32.exe`, "url.dll,FileProtocolHandler", address},
		"darwin":  {"/usr/bin/open", address},
		"linux":   {"xdg-open", address},
		"freebsd": {"xdg-open", address},
	} {
		first := launchersFor(system, "", `C:\Windows\System32`)[0]
		command := first.command("/found/by/lookpath", address, []string{"A=b"})
		if !slices.Equal(command.Args, want) {
			t.Errorf("%s: %q", system, command.Args)
		}
		links := 0
		for _, argument := range command.Args {
			if strings.HasPrefix(argument, "http") {
				links++
			}
		}
		if links != 1 || command.Path != "/found/by/lookpath" || command.Dir == "" || command.SysProcAttr == nil {
			t.Errorf("%s: %+v", system, command)
		}
		if command.Stdin != nil || command.Stdout != nil || command.Stderr != nil || command.ExtraFiles != nil { // nil is the null device
			t.Errorf("%s: the child is connected to us", system)
		}
	}
}

func TestC44ChosenBrowser(t *testing.T) {
	for browsers, want := range map[string][]string{
		"":                              nil,
		"firefox":                       {"firefox"},
		"/opt/x/browser:firefox":        {"/opt/x/browser", "firefox"},
		"firefox %s:chromium":           {"chromium"},
		"./firefox:bin/firefox::../x":   nil,
		"sh -c:$(x):a;b:a&b:`a`:a|b:-x": nil,
	} {
		if got := chosenBrowsers(browsers); !slices.Equal(got, want) {
			t.Errorf("%q: %q", browsers, got)
		}
		for _, system := range []string{"windows", "darwin"} {
			if got := launchersFor(system, browsers, ""); len(got) != 1 {
				t.Errorf("%s takes %q", system, browsers)
			}
		}
	}
}

func TestC45NoBrowserIsSaid(t *testing.T) {
	t.Setenv("PATH", "")
	t.Setenv("BROWSER", "")
	if absent(launchersFor(runtime.GOOS, "", systemFolder())) {
		if err := OpenBrowser(t.Context(), "https://h/"); !errors.Is(err, ErrNoBrowser) {
			t.Errorf("%v", err)
		}
		if program, err := BrowserProgram(); !errors.Is(err, ErrNoBrowser) {
			t.Errorf("%q, %v", program, err)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := OpenBrowser(ctx, "https://h/"); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
}

// absent reports whether none of the programs is at a fixed place.
func absent(list []launcher) bool {
	return !slices.ContainsFunc(list, func(l launcher) bool {
		_, err := os.Stat(l.program)
		return err == nil
	})
}

func TestC46SecretsStayOutOfTheEnvironment(t *testing.T) {
	keep := []string{"HOME=/h", "PATH=/p", "DISPLAY=:0", "WAYLAND_DISPLAY=w", "XAUTHORITY=/x", "DBUS_SESSION_BUS_ADDRESS=unix:", "XDG_RUNTIME_DIR=/r", "XDG_ACTIVATION_TOKEN=t", "LANG=de", "=C:=C:\\"}
	drop := []string{"ACCESS_TOKEN=t", "GITHUB_TOKEN=t", "my_secret=s", "PGPASSWORD=p", "SSH_PASSPHRASE=p", "AWS_CREDENTIALS=c", "X_API_KEY=k", "APIKEY=k", "VALETKEY_HOME=/v", "TLS_PRIVATE_KEY=k"}
	if got := withoutSecrets(slices.Concat(keep, drop)); !slices.Equal(got, keep) {
		t.Errorf("%q", got)
	}
}
