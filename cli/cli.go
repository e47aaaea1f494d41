// Package cli is Valet Key on the command line: the verbs, for people at a terminal and for scripts.
//
// Standard output carries only what a verb promises (a token, a NAME, a table); every word for people goes to standard
// error. What a script may rely on, flags, fields and exit statuses, is written down in docs/command-line.md.
//
// One family of verbs is one file; a reader begins with [Run] and connect.go.
package cli

import (
	"context"
	"io"
	"log/slog"
	"slices"
	"time"

	"valetkey/valet"
	"valetkey/valet/words"
)

// App is what the verbs work with; main puts it together.
type App struct {
	Valet       *valet.Valet
	Practice    Practice
	OpenBrowser func(ctx context.Context, address string) error // starts the browser and returns at once
	In          io.Reader                                       // read line by line, never to its end; prompts without echo if it is a terminal
	Out, Err    io.Writer
	File        LockedFile
	Version     string
	Instruments valet.Instruments // what doctor looks with
	Windowless  bool              // the program was built without its window
	Verbose     func()            // called for --verbose: from then on the log goes to Err too; nil: no such log
}

// Practice is the practice provider as main hands it on.
type Practice struct {
	// Serve answers on addr until ctx ends: pages, token endpoint and API. base is the address it got; done closes when
	// nothing is served any more.
	Serve func(ctx context.Context, addr string) (base string, done <-chan struct{}, err error)

	// Configure keeps the switches in the practice provider's state. An error names the switch that is wrong.
	Configure func(Switches) error

	// Switched gives what is set now; Fault lists NAME:N with commas between, none if there is none.
	Switched func(ctx context.Context) (Switches, error)

	Address string   // where Serve listens if nobody says otherwise
	Faults  []string // the names that Configure knows
}

// Switches are what can be set on the practice provider. A zero field leaves a switch as it was.
type Switches struct {
	AccessTTL, RefreshTTL time.Duration // how long its tokens live
	TimestampWindow       time.Duration // how far the time of a signed request may be off
	Fault                 string        // NAME or NAME:N; none takes every fault away
}

// readers are the verbs that change nothing, whatever happens.
var readers = []string{
	"help", "version", "completion", "list", "show", "log", "token", "header", "env", "curl", "check", "doctor", "key list", "key check",
	"provider list", "provider show",
}

// session is one run of the program.
type session struct {
	console
	app  App
	lock locksmith
	args []string
	now  func() time.Time
}

// Run does what args say and gives the exit status, see [Status]. It returns when the verb is done or ctx ends; all output
// is written by then.
func Run(ctx context.Context, app App, args []string) int {
	s := &session{console: console{app.In, app.Out, app.Err}, app: app, args: args, now: time.Now}
	s.lock = locksmith{console: &s.console, file: app.File}
	root := s.root()
	if asked(args) {
		hint(s, root, args)
	}
	if len(args) == 1 && (args[0] == "--version" || args[0] == "-v") { // what is tried first with any program
		args = []string{"version"}
	}
	root.SetArgs(args)
	typed, err := root.ExecuteContextC(ctx)
	if err == nil {
		return int(Done)
	}
	if kind := valet.KindOf(err); ctx.Err() != nil && (kind == "" || kind == valet.Unreachable) { // Ctrl-C ends calls too
		err = &valet.Error{Kind: valet.Cancelled, Cause: err}
	}
	status := StatusOf(err)
	if status != Usage { // what was typed wrong is nobody's business; all other errors hold no secret
		slog.Warn("a verb failed", "error", err)
	}
	trouble := troubleOf(guessing(s.app.Valet, err))
	if trouble.Means == words.T("cli.ask.left") && slices.Contains(readers, pathOf(typed)) {
		trouble.Means = "" // nobody thought otherwise
	}
	s.tell(trouble)
	return int(status)
}

// rack gives the use cases with the index read, and says what there is to say of it.
func (s *session) rack(ctx context.Context) (*valet.Valet, error) {
	err := s.app.Valet.Load(ctx)
	for _, warning := range s.app.Valet.Warnings.Take() {
		s.complain(warning)
	}
	return s.app.Valet, err
}

// find gives the connection that NAME means.
func (s *session) find(ctx context.Context, name string) (*valet.Valet, valet.Connection, error) {
	v, err := s.rack(ctx)
	if err != nil {
		return nil, valet.Connection{}, err
	}
	c, err := v.Find(name)
	return v, c, err
}
