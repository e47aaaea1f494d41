// Valetkey hands an app a valet key to a shop instead of the house keys. Without arguments it is a window, with a verb a
// command line. This file only puts the rooms together.
package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"os"
	"os/signal"
	"path/filepath"
	"sync/atomic"
	"syscall"

	"valetkey/cli"
	"valetkey/gui"
	"valetkey/keystore"
	"valetkey/oauth"
	"valetkey/oauth/etsy"
	"valetkey/oauth/oauth1"
	"valetkey/oauth/practice"
	"valetkey/valet"
	"valetkey/valet/words"
)

// version is stamped by the build, from FyneApp.toml.
var version = "dev"

// service is what the keyring files our items under.
const service = "valetkey"

func main() { os.Exit(run(os.Args[1:])) }

// run gives the exit status.
func run(args []string) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	folders, err := valet.SystemFolders()
	if err != nil {
		fmt.Fprintln(os.Stderr, "valetkey:", err)
		return 1
	}
	locks, err := keystore.OpenLocks()
	if err != nil {
		fmt.Fprintln(os.Stderr, "valetkey:", err)
		return 1
	}
	p := program{
		folders: folders, log: &journal{path: folders.Log()}, practice: practice.Open(folders.Practice()),
		keyring: keystore.NewKeyring(service, locks), vault: keystore.OpenVault(folders.Vault(), locks), session: keystore.NewMemory(locks),
	}
	slog.SetDefault(p.logger()) // what any room logs goes to the one log
	words.Prefer(func() string { return valet.ReadSettings(folders, p.logger()).Language })
	if len(args) == 0 {
		return p.window(ctx)
	}
	return p.verbs(ctx, args)
}

// program is what the window and the verbs share.
type program struct {
	folders  valet.Folders
	log      *journal
	practice *practice.Server
	keyring  *keystore.Keyring
	vault    *keystore.Vault // the locked file; it costs nothing until it is unlocked
	session  *keystore.Memory
}

// window runs until it is closed. The practice provider is there as long, for scripts too: what it hands on names that address.
func (p program) window(ctx context.Context) int {
	ctx, stop := context.WithCancel(valet.Doing(ctx, valet.Doer{Place: valet.PlaceWindow}))
	defer stop()
	seat, err := gui.Claim(ctx, p.folders.State)
	switch {
	case errors.Is(err, gui.ErrShown):
		return 0
	case err != nil:
		return p.windowless(ctx, err)
	}
	shown, pages := practiceBase, p.pages
	if base, _, err := p.practice.ServeAll(ctx, practice.DefaultAddress); err == nil {
		shown, pages = base, func(context.Context) (string, error) { return base, nil }
	}
	v := p.valet(practiceMarkets(p.practice, shown, pages), p.session)
	watched := make(chan struct{})
	unread := v.Load(ctx)
	if unread != nil {
		p.logger().Warn("the index is not read", "error", unread)
	}
	go func() {
		defer close(watched)
		if err := v.Run(ctx); err != nil {
			p.logger().Warn("the index is not watched", "error", err)
		}
	}()
	err = gui.Run(ctx, gui.App{
		Service: v, Keys: v.Keys, Providers: v.Providers, Attention: v, Warnings: v.Warnings,
		History: v.History, Pictures: v.Pictures,
		Stores: v.Stores, File: p.vault, Upgrades: v.Upgrades, Requests: v.Requests, Handouts: v, Rescue: v.Rescues.Read, CreateKeyring: p.keyring.CreateDefault,
		OpenBrowser: oauth.OpenBrowser, Load: v.Load, Unread: unread, Keyring: p.keyring.Describe(), Version: version,
		Settings: v.Settings, Folders: p.folders, Seat: seat, Doctor: valet.NewDoctor(v, p.instruments()), ForgetAll: v.ForgetAll,
	})
	stop()
	<-watched
	if err == nil {
		return 0
	}
	return p.windowless(ctx, err)
}

// windowless says why there is no window, and what there is instead.
func (p program) windowless(ctx context.Context, err error) int {
	fmt.Fprintln(os.Stderr, err)
	p.verbs(ctx, []string{"help"})
	return 1
}

// pages serves the practice provider's pages until ctx ends.
func (p program) pages(ctx context.Context) (base string, err error) {
	base, _, err = p.practice.Serve(ctx, practice.DefaultAddress)
	return base, err
}

// verbs runs the command line.
func (p program) verbs(ctx context.Context, args []string) int {
	v := p.valet(practiceMarkets(p.practice, practiceBase, p.pages), nil)
	defer v.Wait()
	return cli.Run(ctx, cli.App{
		Valet: v, OpenBrowser: oauth.OpenBrowser, In: os.Stdin, Out: os.Stdout, Err: os.Stderr, Version: version,
		Windowless: !gui.Built,
		File: cli.LockedFile{
			Exists: p.vault.Exists, Unlocked: p.vault.Unlocked, Create: p.vault.Create, Unlock: p.vault.Unlock,
		},
		Verbose:     func() { p.log.aloud.Store(true) },
		Instruments: p.instruments(),
		Practice:    cli.Practice{Serve: p.practice.ServeAll, Configure: p.configure, Switched: p.switched, Address: practice.DefaultAddress, Faults: faults()},
	}, args)
}

// instruments let doctor see how the keyring is without a question to anybody.
func (p program) instruments() valet.Instruments {
	return valet.Instruments{Keyring: func(ctx context.Context) error {
		state, err := p.keyring.Look(ctx)
		if err != nil || state == keystore.Ready {
			return err
		}
		return &keystore.Error{Op: "look", State: state}
	}}
}

func (p program) valet(practising []valet.Builtin, session valet.Store) *valet.Valet {
	return valet.New(valet.Options{
		Folders: p.folders, Keyring: p.keyring, File: p.vault, Session: session, Log: p.logger(), PageFor: words.ResultPage, Door: words.DoorPages,
		Builtin: append([]valet.Builtin{etsyMarket(), olderMarket()}, practising...),
	})
}

func (p program) logger() *slog.Logger { return slog.New(slog.NewTextHandler(p.log, nil)) }

// configure hands the practice switches on; what is left out stays as it is.
func (p program) configure(s cli.Switches) error {
	return p.practice.Configure(practice.Switches{
		AccessTTL: s.AccessTTL, RefreshTTL: s.RefreshTTL, TimestampWindow: s.TimestampWindow, Fault: s.Fault,
	})
}

// switched hands back what is set.
func (p program) switched(ctx context.Context) (cli.Switches, error) {
	now, err := p.practice.Switched(ctx)
	return cli.Switches{AccessTTL: now.AccessTTL, RefreshTTL: now.RefreshTTL, TimestampWindow: now.TimestampWindow, Fault: now.Fault}, err
}

// faults are the names of what the practice provider can be told to do wrong.
func faults() []string {
	names := []string{"none"}
	for _, fault := range practice.Faults() {
		names = append(names, fault.Name)
	}
	return names
}

// etsyMarket is Etsy's API v3.
func etsyMarket() valet.Builtin {
	return valet.Builtin{
		Market: valet.Market{
			Provider: etsy.Provider(), Redirect: etsy.DefaultRedirect, BuiltIn: true, EtsyAPI: true, Purposes: purposes(etsy.Purposes()),
			RefreshDays: 90, KeepsPrevious: true, AlwaysAsked: []oauth.Scope{"shops_r"},
		},
		Transport: etsy.TokenTransport(oauth.DefaultTransport()),
	}
}

// olderMarket is Etsy's API v2, which spoke OAuth 1.0a.
func olderMarket() valet.Builtin {
	provider := etsy.OlderProvider()
	provider.Name = words.T("markets.older")
	return valet.Builtin{Market: valet.Market{
		Provider: provider, Redirect: etsy.DefaultRedirect, BuiltIn: true, Purposes: purposes(etsy.OlderPurposes()),
		SucceededBy: "etsy", ScopesAt: valet.ScopesLookup{URL: etsy.OlderScopes, List: "/results"},
		OAuth1: &oauth1.Provider{
			TemporaryCredentialsEndpoint: etsy.OlderTemporaryCredentials, ScopeParameter: etsy.OlderScopeParameter,
			AuthorizationEndpoint: etsy.OlderAuthorization, TokenEndpoint: etsy.OlderToken,
		},
	}}
}

func purposes(list []etsy.Purpose) []valet.Purpose {
	made := make([]valet.Purpose, len(list))
	for i, purpose := range list {
		made[i] = valet.Purpose(purpose)
	}
	return made
}

// practiceBase is where the practice provider is, as records and provider files know it.
const practiceBase = "http://" + practice.DefaultAddress

// practiceMarkets are Etsy's likenesses inside this program, one for each API: the same permissions, other addresses, and a back
// channel that needs no socket. Their address is their name; the pages are served where pages says, and the list of the apps in
// use where shown is.
func practiceMarkets(server *practice.Server, shown string, pages func(context.Context) (base string, err error)) []valet.Builtin {
	today, older := etsyMarket(), olderMarket()
	today.ID, today.Name, today.KeepsPrevious = "practice", words.T("markets.practice"), false
	older.ID, older.Name, older.SucceededBy = "practice-v2", words.T("markets.practice.older"), today.ID
	for _, address := range []*string{
		&today.AuthorizationEndpoint, &today.TokenEndpoint, &today.API, &today.Account.URL,
		&older.API, &older.Account.URL, &older.ScopesAt.URL,
		&older.OAuth1.TemporaryCredentialsEndpoint, &older.OAuth1.AuthorizationEndpoint, &older.OAuth1.TokenEndpoint,
	} {
		*address = onBase(practiceBase, *address)
	}
	for at, secret := range map[*valet.Builtin]string{&today: practice.ClientSecret, &older: practice.OlderClientSecret} {
		at.Practice, at.Transport, at.Pages, at.WithdrawPage = true, server.Transport(), pages, onBase(shown, at.WithdrawPage)
		at.Where = func(ctx context.Context) valet.Whereabouts { return valet.Whereabouts(server.Where(ctx)) }
		at.Key = &valet.NewAppKey{
			Provider: at.ID, Label: at.ID, ClientID: practice.ClientID, Secret: oauth.NewSecret(secret), Redirect: at.Redirect,
		}
	}
	return []valet.Builtin{today, older}
}

// onBase gives an address of the real market at its likeness, where paths are the same.
func onBase(base, address string) string {
	at, err := url.Parse(address)
	if err != nil {
		return base
	}
	return base + at.EscapedPath()
}

// journal is the log file, opened when there is something to write; --verbose shows it on standard error too.
type journal struct {
	path  string
	aloud atomic.Bool
}

// journalLimit is the size at which the log begins anew.
const journalLimit = 1 << 20

// Write appends to the file. A log that cannot be written is no reason to stop.
func (j *journal) Write(line []byte) (int, error) {
	if j.aloud.Load() {
		os.Stderr.Write(line)
	}
	if os.MkdirAll(filepath.Dir(j.path), 0o700) != nil {
		return len(line), nil
	}
	if info, err := os.Lstat(j.path); err == nil && (!info.Mode().IsRegular() || info.Size() > journalLimit) {
		if os.Remove(j.path) != nil {
			return len(line), nil
		}
	}
	file, err := os.OpenFile(j.path, os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o600)
	if err != nil {
		return len(line), nil
	}
	defer file.Close()
	return file.Write(line)
}
