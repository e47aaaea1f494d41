package cli_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"valetkey/keystore/keyringtest"
)

// bench is a home with one connected key and as many idle lines beside it as are wanted.
type bench struct {
	b          *testing.B
	home       string
	env        []string
	name, item string
}

// newBench connects a shop with the real keyring and fills the index up to keys lines.
func newBench(b *testing.B, keys int) *bench {
	b.Helper()
	folder, err := program()
	if err != nil {
		b.Fatal(err)
	}
	session := keyringtest.Start(b, keyringtest.Ready)
	bn := &bench{b: b, home: session.Home, env: append(session.Env, "PATH="+folder+":"+os.Getenv("PATH"))}
	p, err := start(bn.home, bn.env, filepath.Join(folder, "valetkey"), "connect", "practice", "--no-browser")
	if err != nil {
		b.Fatal(err)
	}
	consent, err := p.line(1)
	if err == nil {
		err = newBrowser().consent(consent, "52284917", "allow")
	}
	if status, _, words, waited := p.wait(); err != nil || waited != nil || status != 0 {
		b.Fatalf("%v, %v, exit status %d: %s", err, waited, status, words)
	}
	bn.fill(keys)
	bn.run("token", bn.name) // the first use is noted in the index; those after it are not
	return bn
}

func (bn *bench) fill(keys int) {
	bn.b.Helper()
	bn.name, bn.item = fillIndex(bn.b, filepath.Join(bn.home, ".local/state/valetkey/index.json"), keys)
}

// fillIndex copies the one line of the index, under other names, until there are keys of them.
func fillIndex(b *testing.B, path string, keys int) (name, id string) {
	b.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		b.Fatal(err)
	}
	var index map[string]any
	if err := json.Unmarshal(data, &index); err != nil {
		b.Fatal(err)
	}
	lines := index["connections"].([]any)
	first := lines[0].(map[string]any)
	name, id = first["name"].(string), first["id"].(string)
	for n := 1; n < keys; n++ {
		line := make(map[string]any, len(first))
		for field, value := range first {
			line[field] = value
		}
		line["id"], line["name"] = fmt.Sprintf("%032x", n), fmt.Sprintf("idle-%04d", n)
		lines = append(lines, line)
	}
	index["connections"] = lines
	if data, err = json.Marshal(index); err == nil {
		err = os.WriteFile(path, data, 0o600)
	}
	if err != nil {
		b.Fatal(err)
	}
	return name, id
}

// run runs the program and gives how long the whole process took.
func (bn *bench) run(args ...string) time.Duration {
	bn.b.Helper()
	return bn.time(filepath.Join(built, "valetkey"), args...)
}

func (bn *bench) time(command string, args ...string) time.Duration {
	bn.b.Helper()
	cmd := exec.Command(command, args...)
	cmd.Env, cmd.Dir = bn.env, bn.home
	var words bytes.Buffer
	cmd.Stderr = &words
	began := time.Now()
	if err := cmd.Run(); err != nil {
		bn.b.Fatalf("%s %s: %v: %s", command, strings.Join(args, " "), err, words.String())
	}
	return time.Since(began)
}

// leastPairs is how many pairs a median is taken of at least.
const leastPairs = 11

// compare runs ours and theirs in turn and reports their times as [pairs] does.
func compare(b *testing.B, aim float64, ours, theirs func() time.Duration) {
	b.Helper()
	pairs(b, leastPairs, aim, func() float64 { return float64(ours()) / float64(theirs()) })
}

// pairs reports the median of the ratios of at least so many pairs, in which the machine's own pace cancels out, between which
// two half of them lie, and what the median should be at most.
func pairs(b *testing.B, least int, aim float64, pair func() (ratio float64)) {
	b.Helper()
	var ratios []float64
	for b.Loop() {
		ratios = append(ratios, pair())
	}
	for len(ratios) < least {
		ratios = append(ratios, pair())
	}
	slices.Sort(ratios)
	b.ReportMetric(ratios[len(ratios)/4], "from")
	b.ReportMetric(ratios[len(ratios)/2], "ratio")
	b.ReportMetric(ratios[len(ratios)-1-len(ratios)/4], "to")
	b.ReportMetric(aim, "aim")
	b.ReportMetric(0, "ns/op")
}

// BenchmarkTokenProcess is a fresh token read, whole process, beside secret-tool reading the same item.
func BenchmarkTokenProcess(b *testing.B) {
	for _, keys := range []int{1, 1000} {
		b.Run(fmt.Sprintf("keys=%d", keys), func(b *testing.B) {
			bn := newBench(b, keys)
			compare(b, 0.8, func() time.Duration { return bn.run("token", bn.name) }, bn.lookup)
		})
	}
}

// lookup has secret-tool read the item of the connected key.
func (bn *bench) lookup() time.Duration {
	bn.b.Helper()
	return bn.time("secret-tool", "lookup", "service", "valetkey", "username", bn.item)
}

// BenchmarkManyKeys is a verb with a thousand keys beside the same verb with one; show is the least that reads the index.
func BenchmarkManyKeys(b *testing.B) {
	one, thousand := newBench(b, 1), newBench(b, 1000)
	for _, verb := range []string{"show", "list", "token"} {
		b.Run(verb, func(b *testing.B) {
			args := map[string][]string{"show": {"show", one.name}, "list": {"list"}, "token": {"token", one.name}}[verb]
			compare(b, 1.2, func() time.Duration { return thousand.run(args...) }, func() time.Duration { return one.run(args...) })
		})
	}
}

// BenchmarkCompletionProcess is what a shell waits for after Tab, beside valetkey list, with a thousand keys too.
func BenchmarkCompletionProcess(b *testing.B) {
	for _, keys := range []int{1, 1000} {
		b.Run(fmt.Sprintf("keys=%d", keys), func(b *testing.B) {
			bn := newBench(b, keys)
			compare(b, 1.2,
				func() time.Duration { return bn.run("__complete", "token", bn.name[:4]) },
				func() time.Duration { return bn.run("list") })
		})
	}
}
