//go:build !linux

package keystore

import (
	"context"
	"errors"
	"os/exec"
	"runtime"
)

// genericProduct is the name of what the system keeps secrets in.
var genericProduct = map[string]string{
	"darwin":  "macOS Keychain",
	"windows": "Windows Credential Manager",
}[runtime.GOOS]

// always is a keyring that comes with the system: there is nothing to look for before it is used.
type always struct{}

func openSystem(string) system { return always{} }

func openItems(service string, _ system) items { return library{service} }

func (always) look(context.Context, string) (State, string, error) { return Ready, genericProduct, nil }

func (always) watch() func() bool { return func() bool { return false } }

func (always) unlock(context.Context, string) error { return nil }

func (always) create(context.Context) error { return errors.ErrUnsupported }

func (always) list(context.Context) ([]string, error) { return nil, errors.ErrUnsupported }

// stateOf reads the exit status of the tool that go-keyring runs on macOS: the low byte of the Keychain's own error.
func stateOf(err error) State {
	exit, ok := errors.AsType[*exec.ExitError](err)
	if !ok {
		return Other
	}
	switch exit.ExitCode() {
	case 36: // errSecInteractionNotAllowed
		return Locked
	case 37, 50: // errSecNoDefaultKeychain, errSecNoSuchKeychain
		return NoCollection
	case 51, 128: // errSecAuthFailed, errSecUserCanceled
		return Denied
	}
	return Other
}
