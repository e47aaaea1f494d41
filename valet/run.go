package valet

import (
	"context"
	"path/filepath"
	"sync"

	"github.com/fsnotify/fsnotify"
)

// Run is what goes on by itself while a window is open, until ctx ends: keys are renewed ahead of need, keys given back are
// watched until the provider refuses them, and what other programs do to the index is taken over. Then it waits for refreshes
// on their way. While nothing is due it makes no request and touches neither disk nor store. The error says why the index is
// not watched; the rest goes on without.
func (v *Valet) Run(ctx context.Context) error {
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		tend(ctx, v)
	}()
	err := watch(ctx, v)
	<-ended
	return err
}

// tend renews and proves until ctx ends.
func tend(ctx context.Context, v *Valet) {
	defer v.Wait()
	ctx = Doing(ctx, Doer{Place: PlaceItself})
	var workers sync.WaitGroup
	workers.Go(func() { newRefresher(v.Rack, v.renewer).run(ctx) })
	workers.Go(func() { v.prover.run(ctx) })
	workers.Wait()
}

// watch takes over what other programs write into the index.
func watch(ctx context.Context, v *Valet) error {
	if err := privateFolder(v.options.Folders.State); err != nil {
		return err
	}
	watcher, err := fsnotify.NewWatcher()
	if err != nil {
		return err
	}
	defer watcher.Close()
	// The folder, not the file: each write of the index is another file put in its place.
	if err := watcher.Add(v.options.Folders.State); err != nil {
		return err
	}
	v.History.news.tell() // of what came before anybody watched
	for {
		select {
		case <-ctx.Done():
			return nil
		case event := <-watcher.Events:
			switch filepath.Base(event.Name) {
			case filepath.Base(v.options.Folders.history(historyNew)):
				v.History.news.tell()
				v.History.tidyDue(ctx)
				continue
			case filepath.Base(v.options.Folders.index()):
			default:
				continue
			}
			if err := v.Load(ctx); err != nil { // one that cannot be read changes nothing
				v.options.Log.Warn("index not taken over", "error", err)
			}
		case err := <-watcher.Errors:
			v.options.Log.Warn("watching the index", "error", err)
		}
	}
}

// Focus says that the person has come back to the window, perhaps from the page where a key is taken back.
func (v *Valet) Focus() { v.prover.look() }
