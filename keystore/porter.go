package keystore

import (
	"context"
	"errors"
	"io/fs"
	"sync/atomic"
)

// system is what a program can learn of the keyring without touching a secret.
type system interface {
	// look says how the keyring is and which product it is, without starting a bus or asking anybody anything. With item it
	// is [Locked] also if that alone is.
	look(ctx context.Context, item string) (State, string, error)

	// watch notices whether a prompt is closed unanswered from now on: go-keyring does not say so.
	watch() (dismissed func() bool)

	// unlock raises the system's prompt and waits for it, as long as ctx allows.
	unlock(ctx context.Context, item string) error

	// create makes a default collection, by the system's prompt for a new password.
	create(ctx context.Context) error

	// list gives the names of our items without asking anybody; [errors.ErrUnsupported] where the system cannot search.
	list(ctx context.Context) ([]string, error)
}

// porter sees that a keyring can be used before it is used, and finds out why it could not be. Its methods run on the
// worker's goroutine.
type porter struct {
	system  system
	worker  *worker
	product atomic.Pointer[string] // that was last seen
}

// admit makes use of the keyring once it is ready, and says what ails it if that fails.
func (p *porter) admit(ctx context.Context, item string, use func() error) error {
	if err := p.ready(ctx, item); err != nil {
		return err
	}
	dismissed := p.system.watch()
	err := use()
	if dismissed() && err != nil {
		return &Error{State: Denied, Err: errors.Join(errClosed, err)}
	}
	if err == nil || errors.Is(err, fs.ErrNotExist) || ctx.Err() != nil {
		return err
	}
	// A keyring that was locked or ended meanwhile says so only when it is looked at again.
	if state, failed := p.look(ctx, ""); failed == nil && state != Ready {
		return &Error{State: state, Err: err}
	}
	return err
}

// ready looks first, and has the keyring unlocked if it is locked.
func (p *porter) ready(ctx context.Context, item string) error {
	state, err := p.look(ctx, item)
	if err == nil && state == Locked {
		unlock := func(ctx context.Context) error { return p.system.unlock(ctx, item) }
		if err = p.asking(ctx, unlock); err == nil {
			state, err = p.look(ctx, item)
		}
	}
	if err == nil && state != Ready {
		err = &Error{State: state}
	}
	return err
}

// asking does what raises a prompt, and tells the worker so: a person takes longer than a keyring.
func (p *porter) asking(ctx context.Context, prompt func(context.Context) error) error {
	ctx, cancel := context.WithTimeout(ctx, promptLimit)
	defer cancel()
	p.worker.prompting(true)
	defer p.worker.prompting(false)
	return prompt(ctx)
}

// look remembers which product it saw.
func (p *porter) look(ctx context.Context, item string) (State, error) {
	ctx, cancel := context.WithTimeout(ctx, callLimit)
	defer cancel()
	state, product, err := p.system.look(ctx, item)
	if product != "" {
		p.product.Store(&product)
	}
	return state, err
}
