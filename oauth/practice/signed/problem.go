package signed

import "strings"

// The names by which refusals are known; they come from the OAuth Problem Reporting extension.
const (
	ParameterAbsent         = "parameter_absent"
	ParameterRejected       = "parameter_rejected"
	SignatureMethodRejected = "signature_method_rejected"
)

// Problem is a refusal: its name, and where there is one a field that says more.
type Problem struct {
	Name         string // of oauth_problem
	Field, Value string // such as oauth_parameters_absent, oauth_nonce; both empty for none
}

// Error is the problem as it is written in an answer's body: a form.
func (p *Problem) Error() string {
	text := "oauth_problem=" + Encode(p.Name)
	if p.Field != "" {
		text += "&" + Encode(p.Field) + "=" + Encode(p.Value)
	}
	return text
}

// Absent is the problem of parameters that were not given.
func Absent(names ...string) *Problem {
	return &Problem{ParameterAbsent, "oauth_parameters_absent", strings.Join(names, "&")}
}

// Rejected is the problem of a parameter that cannot be taken: given twice, in the wrong place, or of the wrong form.
func Rejected(name string) *Problem {
	return &Problem{ParameterRejected, "oauth_parameters_rejected", name}
}
