package practice

import (
	"net/http"
	"strings"
	"time"

	"valetkey/oauth/practice/signed"
)

// plainText and formText are bodies that are not JSON: the older API's refusals, and its credentials.
type (
	plainText string
	formText  string
)

// problemStatus is what a problem is answered with where it is not 401: the request is at fault, or the key is known and
// does not reach so far.
var problemStatus = map[string]int{
	signed.ParameterAbsent: http.StatusBadRequest, signed.ParameterRejected: http.StatusBadRequest,
	signed.SignatureMethodRejected: http.StatusBadRequest, versionRejected: http.StatusBadRequest,
	tokenRejected: http.StatusForbidden, tokenRevoked: http.StatusForbidden, tokenExpired: http.StatusForbidden, tokenUsed: http.StatusForbidden,
	permissionUnknown: http.StatusForbidden, permissionDenied: http.StatusForbidden,
}

// The problems that this market knows, besides those of package signed. The names are those of the OAuth Problem Reporting
// extension, and verifier_invalid is what servers have added to it.
const (
	versionRejected    = "version_rejected"
	consumerKeyUnknown = "consumer_key_unknown"
	timestampRefused   = "timestamp_refused"
	nonceUsed          = "nonce_used"
	signatureInvalid   = "signature_invalid"
	verifierInvalid    = "verifier_invalid"
	tokenRejected      = "token_rejected"
	tokenRevoked       = "token_revoked"
	tokenExpired       = "token_expired"
	tokenUsed          = "token_used"
	permissionUnknown  = "permission_unknown"
	permissionDenied   = "permission_denied"
	userRefused        = "user_refused"
)

// problem is a refusal with nothing more to say than its name.
func problem(name string) *signed.Problem { return &signed.Problem{Name: name} }

// refuseSigned answers with a problem: plain text in the body, and a sentence for people in a header.
func refuseSigned(p *signed.Problem, detail string) answer {
	status, known := problemStatus[p.Name]
	if !known {
		status = http.StatusUnauthorized
	}
	a := answer{status: status, body: plainText(p.Error())}
	if detail != "" {
		a.header = map[string]string{"X-Error-Detail": detail}
	}
	return a
}

// refusePlain answers with a sentence.
func refusePlain(status int, sentence string) answer {
	return answer{status: status, body: plainText(sentence)}
}

// plain is the answer as the older API words it: refusals that both have in common are text here.
func (a answer) plain(now time.Time) answer {
	if e, isError := a.body.(errorBody); isError {
		a.body = plainText(e.Error)
	}
	header := map[string]string{"Date": now.UTC().Format(http.TimeFormat)} // a client learns from it how far its clock is off
	for name, value := range a.header {
		header[name] = value
	}
	a.header = header
	return a
}

// credentials is a form with its fields in the order given: name, value, name, value.
func credentials(pairs ...string) answer {
	var out strings.Builder
	for i := 0; i < len(pairs); i += 2 {
		if i > 0 {
			out.WriteByte('&')
		}
		out.WriteString(signed.Encode(pairs[i]) + "=" + signed.Encode(pairs[i+1]))
	}
	return answer{status: http.StatusOK, body: formText(out.String())}
}

// found is the older API's one form of a good answer: how many, of what kind, and what was asked for.
func found(count int, kind string, params map[string]any, results any) answer {
	return answer{status: http.StatusOK, body: map[string]any{
		"count": count, "results": results, "params": params, "type": kind, "pagination": struct{}{},
	}}
}
