package cli_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"testing"
)

// What strace writes of a file that was opened, the runtime's own aside, and of a call sent over the bus.
var (
	opened = regexp.MustCompile(`(?m)openat\([^"]*"(/[^"]*)".* = \d+$`)
	asked  = regexp.MustCompile(`(?m)(?:write|sendmsg)\(\d+, "l\\1`)
	theirs = regexp.MustCompile(`^/(proc|sys)/`)
)

// BenchmarkTokenCost counts what one fresh token read opens, and what it asks over the bus.
func BenchmarkTokenCost(b *testing.B) {
	for _, keys := range []int{1, 1000} {
		b.Run(fmt.Sprintf("keys=%d", keys), func(b *testing.B) {
			bn := newBench(b, keys)
			for b.Loop() {
				files, calls := bn.trace("token", bn.name)
				b.ReportMetric(float64(files), "files")
				b.ReportMetric(float64(calls), "bus-calls")
				b.ReportMetric(0, "ns/op")
			}
		})
	}
}

func (bn *bench) trace(args ...string) (files, calls int) {
	bn.b.Helper()
	log := filepath.Join(bn.home, "trace")
	cmd := exec.Command("strace", append([]string{"-f", "-e", "trace=openat,write,sendmsg", "-o", log, filepath.Join(built, "valetkey")}, args...)...)
	cmd.Env, cmd.Dir = bn.env, bn.home
	if said, err := cmd.CombinedOutput(); err != nil {
		bn.b.Fatalf("%v: %s", err, said)
	}
	text, err := os.ReadFile(log)
	if err != nil {
		bn.b.Fatal(err)
	}
	for _, file := range opened.FindAllSubmatch(text, -1) {
		if !theirs.Match(file[1]) {
			files++
		}
	}
	return files, len(asked.FindAll(text, -1))
}
