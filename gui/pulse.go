//go:build !nogui

package gui

import (
	"context"
	"time"
)

// pulse calls beat on the UI goroutine at an interval, while somebody wants it. UI goroutine alone.
type pulse struct {
	every    time.Duration
	dispatch Dispatch
	beat     func()
	stop     context.CancelFunc // nil: at rest
	wanted   bool
	asleep   bool
}

// run starts or stops the pulse; to start a running one changes nothing.
func (p *pulse) run(ctx context.Context, wanted bool) {
	p.wanted = wanted
	p.settle(ctx)
}

// sleep stops the pulse, whoever wants it, until it is woken.
func (p *pulse) sleep(ctx context.Context, asleep bool) {
	p.asleep = asleep
	p.settle(ctx)
}

func (p *pulse) settle(ctx context.Context) {
	beating := p.wanted && !p.asleep
	if beating == (p.stop != nil) {
		return
	}
	if !beating {
		p.stop()
		p.stop = nil
		return
	}
	ctx, p.stop = context.WithCancel(ctx)
	go func() {
		ticker := time.NewTicker(p.every)
		defer ticker.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-ticker.C:
				p.dispatch(p.beat)
			}
		}
	}()
}
