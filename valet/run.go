package valet

import (
	"context"
	"path/filepath"

	"github.com/fsnotify/fsnotify"
)

// Run keeps what is shown up to date with what other programs do to the index, until ctx ends; then it waits for refreshes
// on their way. It costs nothing while nothing happens.
func (v *Valet) Run(ctx context.Context) error {
	defer v.Wait()
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
	for {
		select {
		case <-ctx.Done():
			return nil
		case event, open := <-watcher.Events:
			if !open {
				return nil
			}
			if filepath.Base(event.Name) == filepath.Base(v.options.Folders.index()) {
				if err := v.reload(); err != nil { // one that cannot be read changes nothing
					v.options.Log.Warn("index not taken over", "error", err)
				}
			}
		case err := <-watcher.Errors:
			v.options.Log.Warn("watching the index", "error", err)
		}
	}
}
