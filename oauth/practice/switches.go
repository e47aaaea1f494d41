package practice

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

const (
	maxTTL       = 10 * 365 * 24 * time.Hour
	maxWindow    = 24 * time.Hour
	maxRedirects = 20
)

// Switches changes how the practice provider behaves, for this and every later process on the same state file.
// A zero field leaves that matter as it is.
type Switches struct {
	AccessTTL  time.Duration // of access tokens won from now on; at least one second, whole seconds count
	RefreshTTL time.Duration // of refresh tokens won from now on; likewise
	// TimestampWindow is how far the timestamp of a signed request of the older API may be from the market's clock, either
	// way: one second to one day, whole seconds count; five minutes unless it is set.
	TimestampWindow time.Duration
	Fault           string // NAME or NAME:N, the next N times (1 if left out); "none" clears all; see Faults
	Redirect        string // one more registered redirect, compared letter for letter
}

// Configure puts switches into effect at once. An error names the switch that is wrong; nothing is changed then.
func (s *Server) Configure(sw Switches) error { return configure(context.Background(), s.store, sw) }

func configure(ctx context.Context, store *store, sw Switches) error {
	if err := sw.check(); err != nil {
		return err
	}
	var full error
	err := store.update(ctx, func(st *state, _ time.Time) { full = st.apply(sw) })
	return errors.Join(err, full)
}

// Switched is what is set now. Fault lists NAME:N, with commas between, or is "none"; Redirect is empty.
func (s *Server) Switched(ctx context.Context) (now Switches, err error) {
	err = s.store.update(ctx, func(st *state, _ time.Time) {
		now = Switches{AccessTTL: st.AccessTTL.duration(), RefreshTTL: st.RefreshTTL.duration(), TimestampWindow: st.Older.Window.duration(), Fault: noFault}
		var armed []string
		for _, fault := range Faults() {
			if left := st.Faults[fault.Name]; left > 0 {
				armed = append(armed, fault.Name+":"+strconv.Itoa(left))
			}
		}
		if armed != nil {
			now.Fault = strings.Join(armed, ", ")
		}
	})
	return now, err
}

func (sw Switches) check() error {
	for name, ttl := range map[string]time.Duration{"access": sw.AccessTTL, "refresh": sw.RefreshTTL} {
		if ttl != 0 && (ttl < time.Second || ttl > maxTTL) {
			return fmt.Errorf("practice: %s lifetime %s: must be between one second and ten years", name, ttl)
		}
	}
	if sw.TimestampWindow != 0 && (sw.TimestampWindow < time.Second || sw.TimestampWindow > maxWindow) {
		return fmt.Errorf("practice: timestamp window %s: must be between one second and one day", sw.TimestampWindow)
	}
	if sw.Fault != "" {
		if _, _, err := parseFault(sw.Fault); err != nil {
			return err
		}
	}
	if sw.Redirect != "" {
		return checkRegistration(sw.Redirect)
	}
	return nil
}

// checkRegistration takes what can be redirected to with a query added: http or https, a host, no fragment, no user.
func checkRegistration(redirect string) error {
	u, err := url.Parse(redirect)
	switch {
	case err != nil || strings.ContainsAny(redirect, "\"'<>\\; \t\r\n,") || len(redirect) > 500:
		return errors.New("practice: the redirect is not a URL")
	case u.Scheme != "http" && u.Scheme != "https", u.Hostname() == "":
		return errors.New("practice: the redirect must begin with http:// or https:// and name a host")
	case u.User != nil, strings.Contains(redirect, "#"):
		return errors.New("practice: the redirect must have no user name and no fragment")
	}
	return nil
}

// apply takes switches that have been checked.
func (st *state) apply(sw Switches) error {
	if sw.Redirect != "" && sw.Redirect != defaultRedirect && !slices.Contains(st.Redirects, sw.Redirect) {
		if len(st.Redirects) >= maxRedirects {
			return fmt.Errorf("practice: %d redirects are registered already", maxRedirects)
		}
		st.Redirects = append(st.Redirects, sw.Redirect)
	}
	if sw.AccessTTL != 0 {
		st.AccessTTL = seconds(sw.AccessTTL / time.Second)
	}
	if sw.RefreshTTL != 0 {
		st.RefreshTTL = seconds(sw.RefreshTTL / time.Second)
	}
	if sw.TimestampWindow != 0 {
		st.Older.Window = seconds(sw.TimestampWindow / time.Second)
	}
	if sw.Fault != "" {
		name, times, err := parseFault(sw.Fault)
		if err != nil {
			return err
		}
		st.arm(name, times)
	}
	return nil
}

// armed is one fault as the page shows it.
type armed struct {
	Fault
	Left int
}

// switches shows what is set.
func (f front) switches(v visit) { f.showSwitches(v, http.StatusOK, "") }

func (f front) showSwitches(v visit, status int, problem string) {
	page := switchesPage{Problem: problem, Saved: v.r.URL.Query().Get("saved") != "", Token: v.formToken()}
	err := f.store.update(v.r.Context(), func(st *state, _ time.Time) {
		page.Access, page.Refresh = st.AccessTTL.String(), st.RefreshTTL.String()
		page.Window = st.Older.Window.String()
		page.Redirects = append([]string{defaultRedirect}, st.Redirects...)
		for _, fault := range Faults() {
			page.Faults = append(page.Faults, armed{fault, st.Faults[fault.Name]})
		}
	})
	if err != nil {
		v.failed(err)
		return
	}
	v.show(status, "switches", page)
}

// flip takes the switches page's form: either of its buttons.
func (f front) flip(v visit) {
	sw, err := readSwitches(v.r.PostForm)
	if err == nil {
		err = configure(v.r.Context(), f.store, sw)
	}
	if err != nil {
		f.showSwitches(v, http.StatusBadRequest, strings.TrimPrefix(err.Error(), "practice: "))
		return
	}
	v.see(pathSwitches + "?saved=1")
}

func readSwitches(form url.Values) (sw Switches, err error) {
	sw.Redirect = strings.TrimSpace(form.Get("redirect"))
	if sw.AccessTTL, err = readTTL(form.Get("access_ttl")); err != nil {
		return sw, err
	}
	if sw.RefreshTTL, err = readTTL(form.Get("refresh_ttl")); err != nil {
		return sw, err
	}
	if sw.TimestampWindow, err = readTTL(form.Get("timestamp_window")); err != nil {
		return sw, err
	}
	sw.Fault = form.Get("fault")
	if times := form.Get("times"); sw.Fault != "" && sw.Fault != noFault && times != "" {
		sw.Fault += ":" + times
	}
	return sw, nil
}

// readTTL reads 90s, 5m, 1h30m, and 90d besides what Go reads. Nothing means: leave it.
func readTTL(text string) (time.Duration, error) {
	text = strings.TrimSpace(text)
	if text == "" {
		return 0, nil
	}
	if days, ok := strings.CutSuffix(text, "d"); ok {
		n, err := strconv.Atoi(days)
		if err != nil || n < 1 || n > int(maxTTL/(24*time.Hour)) {
			return 0, fmt.Errorf("lifetime %q: write it like 90s, 5m, 1h or 90d", cleanName(text, 20))
		}
		return time.Duration(n) * 24 * time.Hour, nil
	}
	ttl, err := time.ParseDuration(text)
	if err != nil || ttl <= 0 {
		return 0, fmt.Errorf("lifetime %q: write it like 90s, 5m, 1h or 90d", cleanName(text, 20))
	}
	return ttl, nil
}
