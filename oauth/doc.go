// Package oauth is the client's side of OAuth 2.0 for native apps: it builds the authorization request, waits for the
// redirection on a loopback port, exchanges the code, refreshes and revokes. It uses the standard library alone and knows
// neither Etsy nor a window.
//
// Two calls are what most readers want. [Client.NewAuthorizationRequest] gives the address to open in the system browser;
// [Loopback.Await] waits for the browser's answer to exactly that request:
//
//	request := client.NewAuthorizationRequest(scopes)
//	door, err := oauth.ListenLoopback(client.RedirectURI) // before the browser opens
//	redirection, err := door.Await(ctx, request.Accepts)
//	code, err := request.Code(redirection.Values())
//	token, err := client.Exchange(ctx, request, code)
//	redirection.Answer(page) // after the token is kept: the browser is told the truth
//
// Where a term of the standards lives:
//
//	access token, refresh token, token response   RFC 6749 5      token.go
//	authorization request, scope, state           RFC 6749 4.1.1  authorization.go
//	code verifier, code challenge                 RFC 7636 4      authorization.go
//	error response                                RFC 6749 5.2    errorresponse.go
//	loopback interface redirection                RFC 8252 7.3    loopback.go
//	external user-agent                           RFC 8252 5      browser.go
//	token revocation                              RFC 7009        revocation.go
//	authorization server metadata, issuer         RFC 8414        discovery.go
//	issuer identification                         RFC 9207        authorization.go
//	OAuth 1.0a, all of it                         RFC 5849        oauth1/
//
// Every secret travels as a [Secret], which cannot be printed, logged or marshalled.
package oauth
