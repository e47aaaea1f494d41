package words

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"valetkey/valet"
)

// Report is what a person may hand to somebody who helps: plain text, with every secret replaced.
type Report struct {
	Version string // of this program
	Chart   valet.Chart
	Found   []valet.Finding
	Names   bool // show the names of shops, keys and providers too: the person wanted it
	Now     time.Time

	// Told puts a finding into words; nil is [Finding].
	Told func(valet.Finding) Trouble
}

// String writes the report. What it takes over from files, errors and the environment is let through word by word, and only
// where every part of a word is one that this program says itself; so no secret can be in it, wherever that was met.
func (r Report) String() string {
	var text strings.Builder
	line := func(parts ...string) { text.WriteString(strings.Join(parts, "") + "\n") }
	or := func(value string) string {
		if value == "" {
			return T("doctor.report.unset")
		}
		return value
	}
	line(T("doctor.report.title", "When", r.Now.UTC().Format(time.RFC3339)))
	line(T("doctor.report.program", "Version", r.Version, "Go", r.Chart.Go, "System", r.Chart.System))
	line(T("doctor.report.language", "Language", or(r.Chart.Language)))
	line(T("doctor.report.desktop", "Desktop", or(r.Chart.Desktop)))
	line(T("doctor.report.counts", "Keys", r.Chart.Keys, "AppKeys", r.Chart.AppKeys, "Providers", r.Chart.Providers))
	if r.Names {
		line(T("doctor.report.named"))
	} else {
		line(T("doctor.report.hidden"))
	}
	line()
	for _, f := range r.Found {
		r.write(line, f)
	}
	line()
	r.writeLog(line)
	return text.String()
}

// write writes one finding, with an id for those who know the program.
func (r Report) write(line func(...string), f valet.Finding) {
	hidden := r.hide(f)
	told := Finding(hidden, r.Now)
	if r.Told != nil {
		told = r.Told(hidden)
	}
	line(FindingState(f.State), ": ", CheckName(hidden), ": ", told.What)
	if f.State != valet.Fine && told.Next != "" {
		line("    ", told.Next)
	}
	line("    (", string(f.Check), ", ", r.passed(f.Reason), ")")
}

// hide gives the finding with nothing personal and nothing unknown in its blanks.
func (r Report) hide(f valet.Finding) valet.Finding {
	f.About, f.Provider = r.passed(f.About), r.provider(f.Provider)
	f.Subject, f.Other = r.passed(f.Subject), r.passed(f.Other)
	if f.Err == nil {
		return f
	}
	e := *asError(f.Err)
	e.Subject, e.Other, e.Provider = r.passed(e.Subject), r.passed(e.Other), r.provider(e.Provider)
	f.Err = &e
	return f
}

// provider keeps the name of a provider that comes with the program, which the words for errors look for, and passes all others.
func (r Report) provider(name string) string {
	if slices.Contains(r.Chart.Markets, name) {
		return name
	}
	return r.passed(name)
}

// writeLog writes the end of the log: the time and level of each line as they are, the rest as far as it is known.
func (r Report) writeLog(line func(...string)) {
	if len(r.Chart.Log) == 0 {
		line(T("doctor.report.no-log"))
		return
	}
	line(T("doctor.report.log"))
	for _, entry := range r.Chart.Log {
		start := logStart().FindString(entry)
		line("  ", start, r.passed(entry[len(start):]))
	}
}

// logStart is how our log begins a line.
var logStart = pattern(`^time=\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[.\d]{0,10}(Z|[+-]\d\d:\d\d) level=(DEBUG|INFO|WARN|ERROR) `)

// passed lets text through: personal names under another name, folders by what they are, known words, short numbers.
func (r Report) passed(text string) string {
	if text == "" {
		return ""
	}
	if r.Chart.Home != "" && r.Chart.Home != "/" {
		text = strings.ReplaceAll(text, r.Chart.Home, "~")
	}
	if r.Chart.State != "" {
		text = strings.ReplaceAll(text, r.Chart.State, "state")
	}
	var named []string
	for _, p := range r.Chart.Personal {
		if r.Names && plainName(p.Text) {
			named = append(named, wordsOf(p.Text)...)
			continue
		}
		text = replaceWhole(text, p.Text, p.Kind+"-"+strconv.Itoa(p.No))
	}
	return sieve(text, named)
}

// plainName reports whether a name is short enough in each of its words not to be a secret by mistake.
func plainName(text string) bool {
	const longest = 24
	for _, word := range wordsOf(text) {
		if len(word) > longest {
			return false
		}
	}
	return true
}

// replaceWhole replaces old where no letter or digit touches it.
func replaceWhole(text, old, by string) string {
	if !strings.Contains(text, old) {
		return text
	}
	whole := regexp.MustCompile(`(^|[^\pL\pN])` + regexp.QuoteMeta(old) + `($|[^\pL\pN])`)
	return whole.ReplaceAllString(text, "${1}"+by+"${2}")
}
