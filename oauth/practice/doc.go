// Package practice is a market that does not exist: an authorization server and the API behind it, strict where a real one
// is strict, so that a whole connection can be made, used and taken back with no account, no app key and no network.
//
// A person meets it in a browser (sign in, allow or deny, take a key back); a program meets its token endpoint and its API,
// over a socket or in process through [Server.Transport]. It checks everything with code of its own, so that it shares no
// mistake with the client that is tried against it, and needs the standard library alone.
//
//	server.go serve.go transport.go   opening it, serving it, reaching it without a socket
//	request.go consent.go session.go  the authorization endpoint (RFC 6749 4.1.1, RFC 7636) and who is signed in
//	token.go grant.go                 the token endpoint: codes, rotation, reuse (RFC 6749 4.1.3, 6; RFC 9700 4.14)
//	api.go bearer.go shops.go goods.go  the API: x-api-key, bearer tokens, three shops, their goods and sales
//	older*.go signed/                 the API of before: OAuth 1.0a (RFC 5849), its sign-in, its keys and their exchange
//	fault.go switches.go              what can be made to go wrong, and for how long things live
//	state.go store.go lock_*.go       one JSON file, changed under a lock, tokens as SHA-256 only
//	pages.go pages.html               how the pages look
//	tongue.go texts*.go               every word on them, in each language
package practice
