package cli

import (
	"context"
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"valetkey/valet"
	"valetkey/valet/words"
)

// findingJSON is one finding as doctor --json shows it. Fields are added, never renamed or taken away; docs/command-line.md
// describes them.
type findingJSON struct {
	Check    valet.CheckID      `json:"check"`
	State    valet.FindingState `json:"state"`
	Reason   string             `json:"reason"`
	About    string             `json:"about,omitempty"`
	Provider string             `json:"provider,omitempty"`
	Sentence string             `json:"sentence"`
	Next     string             `json:"next,omitempty"`
}

// doctorForm is how the verb shows what was found.
type doctorForm struct{ json, report, names, ask bool }

// doctorVerb is "valetkey doctor [NAME | PROVIDER]".
func doctorVerb(s *session) *cobra.Command {
	var form doctorForm
	cmd := verb("doctor [NAME | PROVIDER]", "cli.doctor.about", "cli.doctor.long", arguments(0, 1), func(cmd *cobra.Command, args []string) error {
		if form.json && form.report {
			return misuse(words.T("cli.doctor.one-form"), helpFor(cmd))
		}
		return (&examination{session: s, form: form}).run(cmd.Context(), args)
	})
	flags := cmd.Flags()
	flags.BoolVar(&form.json, "json", false, "cli.flag.json")
	flags.BoolVar(&form.report, "report", false, "cli.flag.report")
	flags.BoolVar(&form.names, "names", false, "cli.flag.names")
	flags.BoolVar(&form.ask, "ask", false, "cli.flag.ask")
	return cmd
}

// examination is one run of the verb.
type examination struct {
	*session
	form  doctorForm
	found []valet.Finding
}

// run looks, and writes each finding when it is known. Something that is wrong makes the exit status 1.
func (x *examination) run(ctx context.Context, args []string) error {
	d := valet.NewDoctor(x.app.Valet, x.app.Instruments)
	if err := d.Load(); err != nil {
		return err
	}
	visit, err := visitOf(x.app.Valet, args)
	if err != nil {
		return err
	}
	visit.Ask = x.form.ask
	if x.lock.given != nil || x.form.ask && x.lock.person() {
		if err := x.lock.unlock(ctx); err != nil {
			return err
		}
	}
	for f := range d.Examine(ctx, visit) {
		x.found = append(x.found, f)
		if err := x.write(f); err != nil {
			return err
		}
	}
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	if err := x.finish(d); err != nil {
		return err
	}
	if x.form.ask && slices.ContainsFunc(x.found, func(f valet.Finding) bool { return f.Reason == "locked" }) {
		x.say("cli.doctor.still-locked")
	}
	for _, f := range x.found {
		if f.State == valet.Wrong {
			if x.form.report { // it is at hand
				return failure(words.Summary(x.found), "")
			}
			return failure(words.Summary(x.found), words.T("cli.doctor.next"))
		}
	}
	return nil
}

// visitOf is what the argument means: nothing, a provider's id, or the NAME of a key.
func visitOf(v *valet.Valet, args []string) (valet.Visit, error) {
	if len(args) == 0 {
		return valet.Visit{}, nil
	}
	if market, err := v.Providers.Get(args[0]); err == nil {
		return valet.Visit{Provider: market.ID}, nil
	}
	c, err := v.Find(args[0])
	return valet.Visit{Key: c.ID}, err
}

// told words a finding for somebody at a prompt.
func (x *examination) told(f valet.Finding) words.Trouble {
	if f.Err != nil {
		return troubleOf(f.Err)
	}
	return words.Finding(f, x.now())
}

// stateWidth is the widest word for a state, and two blanks.
const stateWidth = 12

// write writes a finding on a line, and the next step on another; nothing where all of them are written at the end.
func (x *examination) write(f valet.Finding) error {
	if x.form.json || x.form.report {
		return nil
	}
	told := x.told(f)
	line := fmt.Sprintf("%-*s%s: %s", stateWidth, words.FindingState(f.State), words.CheckName(f), told.What)
	if err := x.data(clean(line)); err != nil || f.State == valet.Fine {
		return err
	}
	return x.data(fmt.Sprintf("%*s%s", stateWidth, "", clean(told.Next)))
}

// finish writes what is written as a whole.
func (x *examination) finish(d *valet.Doctor) error {
	switch {
	case x.form.json:
		list := make([]findingJSON, len(x.found))
		for n, f := range x.found {
			list[n] = x.inJSON(f)
		}
		return x.dataJSON(list)
	case x.form.report:
		_, err := fmt.Fprint(x.out, words.Report{
			Version: x.app.Version, Chart: d.Chart(), Found: x.found, Names: x.form.names, Now: x.now(), Told: x.told,
		})
		return err
	}
	return nil
}

func (x *examination) inJSON(f valet.Finding) findingJSON {
	told := x.told(f)
	j := findingJSON{Check: f.Check, State: f.State, Reason: f.Reason, About: f.About, Provider: f.Provider, Sentence: told.What}
	if f.State != valet.Fine {
		j.Next = told.Next
	}
	return j
}
