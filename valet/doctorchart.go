package valet

import (
	"bytes"
	"io"
	"net"
	"os"
	"runtime"
	"slices"
	"strings"
)

// Chart is what a report says of this computer besides what was found, and what of it is personal.
type Chart struct {
	System   string // "linux/amd64, ubuntu 24.04"
	Go       string
	Language string // of the system, "de_DE.UTF-8"; "" where none is set
	Desktop  string // "GNOME, wayland"; "" where there is none

	Keys, AppKeys, Providers int // that were made, set and added here

	Home     string     // the person's folder
	State    string     // ours
	Log      []string   // its last lines, as they are: [Chart.Personal] is not taken out of them
	Personal []Personal // longest text first
	Markets  []string   // names of the providers that come with the program, which are nobody's secret
}

// Personal is a name that says whose computer this is.
type Personal struct {
	Text string
	Kind string // "key", "shop", "account", "app-key", "provider", "host"
	No   int    // counts from 1 within a kind
}

// logLines is how many lines of the log are shown, logTail how much of it is read for them, in octets.
const (
	logLines = 40
	logTail  = 32 << 10
)

// Chart reads memory, the environment and the end of the log.
func (d *Doctor) Chart() Chart {
	home, _ := os.UserHomeDir() // where there is none, no path begins with it
	c := Chart{
		System: strings.Join(filled(runtime.GOOS+"/"+runtime.GOARCH, distribution()), ", "), Go: runtime.Version(),
		Language: language(), Desktop: desktop(), Home: home, State: d.valet.options.Folders.State,
		Log: lastLines(d.valet.options.Folders.Log()),
	}
	for range d.valet.All() {
		c.Keys++
	}
	for _, k := range d.valet.Keys.List() {
		if !k.BuiltIn {
			c.AppKeys++
		}
	}
	for _, m := range d.valet.Providers.List() {
		if m.BuiltIn {
			c.Markets = append(c.Markets, m.Name)
		} else {
			c.Providers++
		}
	}
	c.Personal = d.personal()
	return c
}

// personal lists the names that this person's keys and providers have.
func (d *Doctor) personal() []Personal {
	var list []Personal
	count := make(map[string]int)
	add := func(kind, text string) {
		known := func(p Personal) bool { return p.Text == text }
		if _, builtIn := d.valet.Providers.find(text); text == "" || builtIn || slices.ContainsFunc(list, known) { // etsy stands in addresses too
			return
		}
		count[kind]++
		list = append(list, Personal{text, kind, count[kind]})
	}
	for _, m := range d.valet.Providers.List() {
		if m.BuiltIn {
			continue
		}
		add("provider", m.ID)
		add("provider", m.Name)
		for _, host := range m.Hosts() {
			add("host", host)
			if name, _, err := net.SplitHostPort(host); err == nil && net.ParseIP(name) == nil {
				add("host", name)
			}
		}
	}
	for c := range d.valet.All() {
		add("key", c.Name)
		add("shop", c.Account.ShopName)
		add("account", c.Account.UserID)
		add("account", c.Account.ShopID)
		add("account", c.Account.Person)
	}
	for _, k := range d.valet.Keys.List() {
		if !k.BuiltIn {
			add("app-key", k.Label)
		}
	}
	slices.SortStableFunc(list, func(a, b Personal) int { return len(b.Text) - len(a.Text) })
	return list
}

// lastLines gives the end of a file that may be large; nil where it cannot be read.
func lastLines(path string) []string {
	if info, err := os.Lstat(path); err != nil || !info.Mode().IsRegular() {
		return nil
	}
	file, err := os.Open(path)
	if err != nil {
		return nil
	}
	defer file.Close()
	cut := false
	if size, err := file.Seek(0, io.SeekEnd); err == nil {
		cut = size > logTail
		_, err = file.Seek(max(0, size-logTail), io.SeekStart)
		if err != nil {
			return nil
		}
	}
	text, err := io.ReadAll(io.LimitReader(file, logTail))
	if err != nil {
		return nil
	}
	lines := strings.Split(strings.TrimSuffix(string(bytes.ToValidUTF8(text, nil)), "\n"), "\n")
	if cut {
		lines = lines[1:] // it begins in the middle
	}
	return slices.Clip(lines[max(0, len(lines)-logLines):])
}

// What the environment may say in a report; anything else there could be anything.
var (
	languageForm = pattern(`^[A-Za-z]{1,3}(_[A-Za-z]{2})?(\.[A-Za-z0-9-]{1,8})?$`)
	releaseForm  = pattern(`(?m)^(ID|VERSION_ID)="?([a-z][a-z-]{1,15}|[0-9.]{1,8})"?$`)
	desktops     = []string{"GNOME", "KDE", "XFCE", "X-Cinnamon", "MATE", "LXQt", "LXDE", "Unity", "Budgie", "Pantheon", "sway", "Hyprland", "ubuntu"}
	sessions     = []string{"x11", "wayland", "tty"}
)

func language() string {
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if value := os.Getenv(name); value != "" {
			return languageForm().FindString(value)
		}
	}
	return ""
}

func desktop() string {
	var said []string
	for part := range strings.SplitSeq(os.Getenv("XDG_CURRENT_DESKTOP"), ":") {
		if slices.Contains(desktops, part) {
			said = append(said, part)
		}
	}
	if session := os.Getenv("XDG_SESSION_TYPE"); slices.Contains(sessions, session) {
		said = append(said, session)
	}
	return strings.Join(said, ", ")
}

// distribution names a Linux system: "ubuntu 24.04".
func distribution() string {
	text, err := os.ReadFile("/etc/os-release")
	if err != nil {
		return ""
	}
	said := make(map[string]string)
	for _, field := range releaseForm().FindAllStringSubmatch(string(text), -1) {
		said[field[1]] = field[2]
	}
	return strings.Join(filled(said["ID"], said["VERSION_ID"]), " ")
}

// filled leaves out what is empty.
func filled(texts ...string) []string {
	return slices.DeleteFunc(texts, func(text string) bool { return text == "" })
}
