package words

import (
	"valetkey/oauth"
	"valetkey/valet"
)

// ScopeTitle says in plain words what a permission allows. One that has no sentence here gives its own name; a provider file
// may carry a better title.
func ScopeTitle(name oauth.Scope) string {
	if id := "scopes.title." + string(name); known(id) {
		return T(id)
	}
	return string(name)
}

// ScopeDetail is one more line about a permission, empty for one that has no sentence here.
func ScopeDetail(name oauth.Scope) string {
	if id := "scopes.detail." + string(name); known(id) {
		return T(id)
	}
	return ""
}

// ScopeDifference says in a few words where a permission was asked for, granted and reported differently; "" where all agree.
func ScopeDifference(p valet.Permission) string {
	reported, gone := p.Known && p.Reported, p.Known && !p.Reported
	switch {
	case p.Asked && p.Granted && !gone:
		return ""
	case p.Asked && p.Granted:
		return T("scopes.difference.gone")
	case p.Asked && reported:
		return T("scopes.difference.refused-reported")
	case p.Asked:
		return T("scopes.difference.refused")
	case p.Granted && gone:
		return T("scopes.difference.besides-gone")
	case p.Granted:
		return T("scopes.difference.besides")
	}
	return T("scopes.difference.reported")
}

// RiskWord says in a word what a permission does: sees, changes, deletes. An unknown risk is taken for a change.
func RiskWord(risk oauth.Risk) string {
	switch risk {
	case oauth.RiskRead, oauth.RiskDelete:
		return T("scopes.risk." + string(risk))
	}
	return T("scopes.risk." + string(oauth.RiskChange))
}

// PurposeTitle and PurposeText name a purpose and say what it is for in one line. The ids are those of the provider, and
// "choose" for a choice made one by one. An unknown id gives itself and an empty line.
func PurposeTitle(id string) string {
	if known("purposes.title." + id) {
		return T("purposes.title." + id)
	}
	return id
}

// PurposeText is documented at [PurposeTitle].
func PurposeText(id string) string {
	if known("purposes.text." + id) {
		return T("purposes.text." + id)
	}
	return ""
}
