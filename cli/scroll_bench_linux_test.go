package cli_test

import (
	"slices"
	"testing"
	"time"
)

// The rack that is opened and scrolled, and the hand that scrolls it: down through most of a bare list as long, and up again.
const (
	longRack = 400
	turns    = 280
	notches  = 4 // a turn
	turn     = 16 * time.Millisecond
)

// scroll turns the wheel over the rack, or over the bare list, which has its window to itself. It gives the 95th percentile of the
// times between two pictures, and the processor time that all of them took.
func (p *pane) scroll() (interval, cpu float64) {
	p.b.Helper()
	began := p.cpu()
	drawn := p.wheel(130, 400, turns, notches, turn)
	cpu = float64(p.cpu() - began)
	if len(drawn) < turns/2 {
		p.b.Fatalf("%d pictures in %d turns", len(drawn), turns)
	}
	var intervals []time.Duration
	for n := range drawn[1:] {
		intervals = append(intervals, drawn[n+1].Sub(drawn[n]))
	}
	slices.Sort(intervals)
	return float64(intervals[len(intervals)*95/100]), cpu
}

// BenchmarkWindowRack is a rack of 400 keys beside a bare list of as many rows: the first picture, and the time between pictures
// while it is scrolled.
func BenchmarkWindowRack(b *testing.B) {
	bn := newBench(b, longRack)
	windows(b)
	d := newDisplay(b)
	list := func() *pane { return d.open(bn, bareWindow, "400") }
	b.Run("opened", func(b *testing.B) {
		d.opening(bn, ourWindow)
		compare(b, 1.25, func() time.Duration { return d.opening(bn, ourWindow) }, func() time.Duration {
			p := list()
			p.close()
			return p.took
		})
	})
	b.Run("scrolled", func(b *testing.B) {
		var work []float64
		pairs(b, 5, 1.25, func() float64 {
			var interval, cpu [2]float64
			for n, p := range []func() *pane{func() *pane { return d.open(bn, ourWindow) }, list} {
				p := p()
				<-time.After(settled)
				interval[n], cpu[n] = p.scroll()
				p.close()
			}
			work = append(work, cpu[0]/cpu[1])
			return interval[0] / interval[1]
		})
		b.ReportMetric(middle(work), "cpu-ratio")
	})
}
