//go:build !nogui

// Package walk is what is seen from "Connect a shop" until the key hangs in the rack: the four steps (Ask, Approve, Receive,
// Keep), what they need besides (the app key's Setup, the Rungs where a key can be kept, the Passphrase of the locked file), and
// what is seen when it ends early (NewStumble, NewHalt). A key that is renewed, changed or won without a browser goes through here too.
//
// A view shows a value and reports wishes by functions; it knows no service. All of it belongs to the UI goroutine.
package walk
