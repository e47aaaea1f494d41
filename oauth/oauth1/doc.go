// Package oauth1 is the client's side of OAuth 1.0a (RFC 5849): it asks for temporary credentials, says where the seller
// approves them, trades them for token credentials, and signs requests. It knows no provider and no window.
//
// The three steps, as a caller takes them:
//
//	authorization, err := client.TemporaryCredentials(ctx, callback, scopes) // callback: an address, or OutOfBand
//	// ... the browser goes to authorization.URL() and comes back; authorization.Accepts tells whose answer it is
//	verifier, err := authorization.Verifier(redirection.Values()) // or authorization.TypedVerifier(what a person typed)
//	credentials, err := client.TokenCredentials(ctx, authorization, verifier)
//	received, err := client.Fetch(request, credentials) // any request of the API, signed
//
// Where a section of RFC 5849 lives:
//
//	temporary credentials                    2.1        client.go
//	resource owner authorization             2.2        authorization.go, login.go, verifier.go
//	token credentials                        2.3        client.go, answer.go
//	making requests                          3.1        sign.go
//	nonce and timestamp                      3.3        clock.go
//	signature base string, base string URI   3.4.1      signature.go
//	request parameters                       3.4.1.3    parameters.go
//	HMAC-SHA1 (and its kin HMAC-SHA256)      3.4.2      signature.go
//	PLAINTEXT                                3.4.4      signature.go
//	Authorization header                     3.5.1      header.go
//	percent encoding                         3.6        encode.go
//
// Left out on purpose: RSA-SHA1 (3.4.3), as a program on people's machines has no key of its own to keep; the transmission in
// a form (3.5.2) and in a query (3.5.3), which puts tokens into addresses.
//
// Problems are read as servers report them in practice, by oauth_problem (problem.go).
package oauth1
