// Package keystore keeps small secrets by name and knows nothing of what they are.
//
// [Keyring] keeps them in the system's own keyring (the Secret Service on Linux, the Keychain on macOS, the Credential
// Manager on Windows), [Vault] in a folder that a passphrase locks, [Memory] until the program ends. All answer the same six
// calls: Get, Set, Delete, Lock, Probe and Describe. None ever writes a secret to a file that is not encrypted, and none
// takes the place of another by itself.
//
// Names are ids fixed by the caller, up to any length and of any characters; a name that the systems might confuse with
// another is stored under a digest of it. A value larger than one item may be is split over several: see parts.go.
//
// [Locks] gives one process at a time the right to a name. It is one place per system user that the environment cannot
// move, because the keyring is one per user too.
//
// A name that holds nothing is an error that is [io/fs.ErrNotExist]; everything else that ails a store is an [*Error].
package keystore
