// Package signed reads requests that are signed as RFC 5849 says and works out what their signature must be, as a server
// does. It is the practice market's own: it shares no code with any client, so that the two cannot share a mistake, and it
// needs the standard library alone.
//
//	request.go     Read: the parameters of a request, wherever they stand (RFC 5849 3.5, 3.4.1.3.1)
//	header.go      the Authorization header (3.5.1)
//	encode.go      percent encoding and its undoing (3.6), forms
//	base.go        the signature base string (3.4.1)
//	signature.go   HMAC-SHA1 and HMAC-SHA256 (3.4.2)
//	problem.go     what is said when a request is refused
package signed
