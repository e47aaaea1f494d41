package cli_test

import (
	"encoding/json"
	"maps"
	"net/http"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
)

// publish is what the market says of itself where RFC 8414 looks, changed by what a test wants it to say instead.
func (s *strict) publish(w http.ResponseWriter, _ *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	document := map[string]any{
		"issuer": s.URL, "authorization_endpoint": s.URL + "/authorize", "token_endpoint": s.URL + "/token",
		"revocation_endpoint": s.URL + "/revoke", "response_types_supported": []string{"code"},
		"code_challenge_methods_supported": []string{"S256"}, "token_endpoint_auth_methods_supported": []string{s.method},
		"authorization_response_iss_parameter_supported": true,
	}
	maps.Copy(document, s.says)
	if s.silent {
		http.Error(w, "not here", http.StatusNotFound)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	if json.NewEncoder(w).Encode(document) != nil {
		s.refusals = append(s.refusals, "what it was told to say is no JSON")
	}
}

// issuer is a story's word on the strict market as an issuer: "alone FILE" writes a provider file without endpoints, "says FIELD
// TEXT" changes what it publishes, "silent" ends that, "answers TEXT" changes iss, "-" for none.
func (s *story) issuer(ts *testscript.TestScript, _ bool, args []string) {
	s.strict.mu.Lock()
	defer s.strict.mu.Unlock()
	switch args[0] {
	case "alone":
		ts.Check(s.strict.file(ts.MkAbs(args[1]), func(content map[string]any) {
			maps.DeleteFunc(content, func(field string, _ any) bool {
				return strings.HasSuffix(field, "_endpoint") || field == "token_endpoint_auth_method"
			})
		}))
	case "says":
		s.strict.says = map[string]any{args[1]: args[2]}
	case "silent":
		s.strict.silent = true
	case "answers":
		s.strict.names = args[1]
	default:
		ts.Fatalf("issuer alone, says, silent or answers")
	}
}
