package valet

import (
	"encoding/json"
	"strings"
)

// Why a provider file is refused; words has a sentence for each. Those of a field that is of the wrong form are in fieldForms.
const (
	whyMissing  = "missing"        // it has to be there
	whyUnknown  = "unknown"        // there is no such field
	whyTwice    = "twice"          // it stands there twice
	whyKind     = "kind"           // a number, where a text belongs
	whyJSON     = "json"           // the file is no JSON
	whyRest     = "rest"           // something stands behind its end
	whyUTF8     = "utf-8"          // it is written in another alphabet
	whySize     = "size"           // it is too large
	whyFile     = "file"           // it cannot be read, or is no file
	whyTaken    = "taken"          // it is, or looks like, what is built in
	whyFileName = "file-name"      // in the folder of provider files it has another name than its id
	whyProtocol = "other-protocol" // the field is of the other protocol
)

// fieldForms names the form that each field has to have. A scope's are written without its number.
var fieldForms = map[string]string{
	"id": "id", "name": "name", "protocol": "protocol", "issuer": "issuer", "client_id": "client-id",
	"authorization_endpoint": "address", "token_endpoint": "address", "revocation_endpoint": "address",
	"temporary_credentials_endpoint": "address", "api": "address", "account.url": "address", "withdraw_page": "address",
	"authorization_response_iss_parameter_supported": "needs-issuer",
	"token_endpoint_auth_method":                     "method", "redirect_uri": "callback", "account.id": "pointer", "account.name": "pointer",
	"signature_method": "signature", "scope_parameter": "parameter", "realm": "realm", "headers": "headers",
	"scopes[].name": "scope", "scopes[].title": "title", "scopes[].risk": "risk",
}

// alone lists the fields of one protocol only.
var alone = map[string]string{
	"temporary_credentials_endpoint": protocol1, "signature_method": protocol1, "scope_parameter": protocol1, "realm": protocol1, "exact_callback": protocol1,
	"issuer": protocol2, "authorization_response_iss_parameter_supported": protocol2, "revocation_endpoint": protocol2,
	"token_endpoint_auth_method": protocol2, "headers": protocol2,
}

// why says what is wrong with a field of a file that can be read.
func (f providerFile) why(data []byte, field string) string {
	only, of := alone[field]
	switch {
	case of && (f.Protocol == protocol1 || f.Protocol == protocol2) && only != f.Protocol:
		return whyProtocol
	case !given(data, field):
		return whyMissing
	}
	if list, part, found := strings.Cut(field, "]."); found {
		list, _, _ = strings.Cut(list, "[")
		field = list + "[]." + part
	}
	return fieldForms[field]
}

// given reports whether a field of the file itself says anything. What is in another field is taken to be there.
func given(data []byte, field string) bool {
	var fields map[string]json.RawMessage
	if strings.ContainsAny(field, ".[") || json.Unmarshal(data, &fields) != nil {
		return true
	}
	text, there := fields[field]
	return there && string(text) != `""` && string(text) != "null"
}
