package cli

import (
	"cmp"
	"errors"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"valetkey/valet"
	"valetkey/valet/words"
)

// logMost is how many lines log writes where nobody says since when.
const logMost = 100

// logVerb is "valetkey log [NAME]": what was done with the keys, from files without a secret.
func logVerb(s *session) *cobra.Command {
	var asJSON bool
	var since sinceFlag
	cmd := verb("log [NAME]", "cli.log.about", "cli.log.long", arguments(0, 1), func(cmd *cobra.Command, args []string) error {
		v, err := s.rack(cmd.Context())
		if err != nil {
			return err
		}
		query, err := logOf(v, args)
		if err != nil {
			return err
		}
		if query.Since = since.before(s.now()); query.Since.IsZero() {
			query.Most = logMost + 1
		}
		events, unread := v.History.Read(query)
		if len(events) == 0 && unread != nil {
			return unread
		}
		more := query.Most > 0 && len(events) == query.Most
		if more {
			events = events[:logMost]
		}
		return cmp.Or(writeLog(s, events, more, asJSON), unread)
	})
	cmd.Flags().Var(&since, "since", "cli.flag.since")
	cmd.Flags().BoolVar(&asJSON, "json", false, "cli.flag.json")
	return cmd
}

// logOf says whose history is wanted: of all keys, of one, or of one that was forgotten.
func logOf(v *valet.Valet, args []string) (valet.HistoryQuery, error) {
	if len(args) == 0 {
		return valet.HistoryQuery{}, nil
	}
	c, err := v.Find(args[0])
	if valet.KindOf(err) != valet.UnknownName {
		return valet.HistoryQuery{Key: c.ID}, err
	}
	gone := valet.HistoryQuery{Name: args[0], Most: 1}
	if events, unread := v.History.Read(gone); unread != nil || len(events) == 0 {
		return gone, cmp.Or(unread, err)
	}
	gone.Most = 0
	return gone, nil
}

// writeLog writes a line an event, the newest first.
func writeLog(s *session, events []valet.Event, more, asJSON bool) error {
	if asJSON {
		all := []eventJSON{}
		for _, e := range events {
			all = append(all, eventInJSON(e))
		}
		return s.dataJSON(all)
	}
	if len(events) == 0 {
		s.say("cli.log.empty")
		return nil
	}
	now := s.now()
	rows := [][]string{{words.T("cli.log.when"), words.T("cli.list.name"), words.T("cli.log.what"), words.T("cli.log.by")}}
	for _, e := range events {
		rows = append(rows, []string{words.When(e.At, now), e.Name, words.Event(e, now), words.EventBy(e)})
	}
	if err := s.table(rows); err != nil {
		return err
	}
	if more {
		s.say("cli.log.more")
	}
	return nil
}

// eventJSON is what log --json says. Fields are added, never renamed or taken away.
type eventJSON struct {
	At      *time.Time `json:"at"`
	Since   *time.Time `json:"since,omitempty"`
	Count   int        `json:"count"`
	Name    string     `json:"name"`
	ID      string     `json:"id"`
	Deed    string     `json:"deed"`
	How     string     `json:"how,omitempty"`
	Failure string     `json:"failure,omitempty"`
	By      string     `json:"by,omitempty"`
	Verb    string     `json:"verb,omitempty"`
	Program string     `json:"program,omitempty"`
}

func eventInJSON(e valet.Event) eventJSON {
	told := eventJSON{
		At: instant(e.At), Count: e.Count, Name: e.Name, ID: string(e.Key), Deed: string(e.Deed), How: e.How, Failure: string(e.Failure),
		By: string(e.Place), Verb: e.Verb, Program: e.Program,
	}
	if e.Count > 1 {
		told.Since = instant(e.Since)
	}
	return told
}

// sinceFlag is a moment as it is typed: how long ago, or a day. Empty: not said.
type sinceFlag struct {
	typed string
	ago   time.Duration
	day   time.Time
}

// errSince is for the parser of flags, which has words of its own.
var errSince = errors.New("cli: neither a length of time nor a day")

// String is the flag's value.
func (f *sinceFlag) String() string { return f.typed }

// Type names the value in the help.
func (f *sinceFlag) Type() string { return "D" }

// Set takes a length of time, also in days, or a day of this computer's calendar.
func (f *sinceFlag) Set(text string) error {
	f.typed = text
	if number, days := strings.CutSuffix(text, "d"); days {
		count, err := strconv.ParseUint(number, 10, 16)
		f.ago = time.Duration(count) * 24 * time.Hour
		return err
	}
	var err error
	if f.day, err = time.ParseInLocation(time.DateOnly, text, time.Local); err == nil {
		return nil
	}
	if f.ago, err = time.ParseDuration(text); err != nil || f.ago < 0 {
		return errSince
	}
	return nil
}

// before gives the moment, seen from now.
func (f *sinceFlag) before(now time.Time) time.Time {
	switch {
	case f.typed == "":
		return time.Time{}
	case !f.day.IsZero():
		return f.day
	}
	return now.Add(-f.ago)
}
