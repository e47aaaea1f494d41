package cli_test

import (
	"fmt"
	"os"
	"regexp"
	"strconv"
	"syscall"
	"testing"
	"time"
	"unsafe"
)

// counted is what the system tells of a process's memory.
var counted = regexp.MustCompile(`(?m)^(Rss|Anonymous): +([0-9]+) kB$`)

// memory is what is resident, in bytes, with the libraries that others may have in use too, and what no file backs of that. It is
// not the proportional share, as that goes up and down with whatever else is open on the machine.
func (p *pane) memory() (resident, own float64) {
	p.b.Helper()
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/smaps_rollup", p.cmd.Process.Pid))
	if err != nil {
		p.b.Fatal(err)
	}
	figures := map[string]float64{}
	for _, found := range counted.FindAllSubmatch(text, -1) {
		kilobytes, _ := strconv.ParseFloat(string(found[2]), 64)
		figures[string(found[1])] = kilobytes * 1024
	}
	if len(figures) != 2 {
		p.b.Fatalf("no memory in %q", text)
	}
	return figures["Rss"], figures["Anonymous"]
}

// cpu is the processor time of all its threads up to now. The clock of another process has the number that
// clock_getcpuclockid(3) gives; /proc counts in hundredths of a second, which is too coarse.
func (p *pane) cpu() time.Duration {
	p.b.Helper()
	const scheduled = 2
	var spent syscall.Timespec
	clock := ^p.cmd.Process.Pid<<3 | scheduled
	if _, _, errno := syscall.Syscall(syscall.SYS_CLOCK_GETTIME, uintptr(clock), uintptr(unsafe.Pointer(&spent)), 0); errno != 0 {
		p.b.Fatal(errno)
	}
	return time.Duration(spent.Nano())
}

// settled is when a window that was just opened has done what it does after its first picture.
const settled = 3 * time.Second

// BenchmarkWindowMemory is what an open window holds, beside a bare one: all of it, and as own-ratio what no file backs.
func BenchmarkWindowMemory(b *testing.B) {
	for _, keys := range []int{1, longRack} {
		b.Run(fmt.Sprintf("keys=%d", keys), func(b *testing.B) {
			bn := newBench(b, keys)
			windows(b)
			d := newDisplay(b)
			held := func(program string) (resident, own float64) {
				p := d.open(bn, program)
				defer p.close()
				<-time.After(settled)
				return p.memory()
			}
			var owned []float64
			pairs(b, 5, 1.15, func() float64 {
				ours, own := held(ourWindow)
				bare, bareOwn := held(bareWindow)
				owned = append(owned, own/bareOwn)
				return ours / bare
			})
			b.ReportMetric(middle(owned), "own-ratio")
		})
	}
}

// leftAlone is how long a window is: what ours does every half minute is in it once.
const leftAlone = 30 * time.Second

// BenchmarkWindowIdle is the processor time of a window that nobody touches, beside a bare one through the same half minute, each on
// a screen of its own: as it is shown, and as it is hidden in the tray.
func BenchmarkWindowIdle(b *testing.B) {
	for _, how := range []string{"shown", "hidden"} {
		b.Run(how, func(b *testing.B) {
			bn := newBench(b, 1)
			windows(b)
			icons := bn.tray()
			ours, bare := newDisplay(b).open(bn, ourWindow), newDisplay(b).open(bn, bareWindow)
			defer ours.close()
			defer bare.close()
			come(b, icons)
			<-time.After(settled)
			if how == "hidden" {
				ours.hide()
				bare.hide()
				<-time.After(settled)
			}
			pairs(b, 5, 1.05, func() float64 {
				before, beside := ours.cpu(), bare.cpu()
				<-time.After(leftAlone)
				b.ReportMetric(float64((bare.cpu() - beside).Milliseconds()), "bare-ms")
				return float64(ours.cpu()-before) / float64(bare.cpu()-beside)
			})
		})
	}
}
