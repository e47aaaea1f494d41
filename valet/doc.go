// Package valet holds the use cases: connect a shop, use its access token, refresh it, check it, give it back, forget it.
// It keeps what it wins in a [Store] and everything that needs no secret in an index file.
//
// One use case is one file: connect.go, access.go, refresh.go, check.go, revoke.go, request.go. The state of a
// connection changes in seat.go alone. A reader of the package begins with [Valet.Connect] and [Valet.UseAccessToken].
//
// All methods of the exported types are safe for use by many goroutines. None may be called on a UI goroutine but
// [Valet.Connections], [Valet.Find], [AppKeys.List] and [Providers.List], which read memory.
package valet
