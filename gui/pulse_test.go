//go:build !nogui

package gui

import (
	"context"
	"testing"
	"testing/synctest"
	"time"
)

func TestPulseBeatsOnlyWhileItIsWanted(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		beats := 0
		p := pulse{every: time.Second, dispatch: func(f func()) { f() }, beat: func() { beats++ }}
		p.run(ctx, true)
		p.run(ctx, true) // once is enough
		time.Sleep(3*time.Second + time.Millisecond)
		synctest.Wait()
		p.run(ctx, false)
		time.Sleep(time.Hour)
		synctest.Wait()
		if beats != 3 {
			t.Errorf("%d beats, want 3", beats)
		}
		p.run(ctx, true)
		time.Sleep(time.Second + time.Millisecond)
		synctest.Wait()
		cancel() // the window closes
		time.Sleep(time.Hour)
		synctest.Wait()
		if beats != 4 {
			t.Errorf("%d beats, want 4", beats)
		}
	})
}
