package words

import (
	"strings"
	"time"

	"valetkey/valet"
)

// Finding puts what a check found into words: what it is, and the one next step, which is empty where all is fine. An error
// that was found says it in its own words, see [Sentence]; a caller with other words for errors looks at Err first.
func Finding(f valet.Finding, now time.Time) Trouble {
	if f.Err != nil {
		return Sentence(f.Err)
	}
	blanks := []any{
		"Subject", f.Subject, "Other", f.Other, "Provider", providerOf(f), "Span", Left(f.Span), "When", "", "Name", f.About,
	}
	if !f.When.IsZero() {
		blanks[9] = When(f.When, now)
	}
	return finding(blanks, "doctor.finding."+string(f.Check)+"."+f.Reason)
}

// finding takes the sentences of an id; one without a next step has none.
func finding(blanks []any, id string) Trouble {
	t := Trouble{What: opening(id+".what", blanks)}
	if known(id + ".next") {
		t.Next = opening(id+".next", blanks)
	}
	return t
}

// CheckName says what was looked at: "Keyring", "Clock of Etsy", "Token of blue-fern".
func CheckName(f valet.Finding) string {
	name := T("doctor.name." + string(f.Check))
	switch {
	case f.About == "":
		return name
	case f.Check == valet.CheckNetwork || f.Check == valet.CheckClock || f.Unnamed:
		return T("doctor.of", "Check", name, "About", providerOf(f))
	}
	return T("doctor.of", "Check", name, "About", f.About)
}

// FindingState is the state of a finding in a word or two.
func FindingState(s valet.FindingState) string { return T("doctor.state." + string(s)) }

func providerOf(f valet.Finding) string {
	if f.Provider == "" && f.About != "" {
		return f.About
	}
	if f.Provider == "" {
		return T("errors.blank.provider")
	}
	return f.Provider
}

// Summary says in one sentence how a visit came out.
func Summary(found []valet.Finding) string {
	counts := make(map[valet.FindingState]int)
	for _, f := range found {
		counts[f.State]++
	}
	var said []string
	if wrong := counts[valet.Wrong]; wrong > 0 {
		said = append(said, N("doctor.summary.wrong", wrong))
	}
	if look := counts[valet.LookAt]; look > 0 {
		said = append(said, N("doctor.summary.look", look))
	}
	if said == nil {
		return T("doctor.summary.fine")
	}
	return strings.Join(said, " ")
}
