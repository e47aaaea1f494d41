package words

import "valetkey/valet"

// Host names a host in plain letters, and beside them how it may be shown elsewhere.
func Host(note valet.HostNote) string {
	if note.Reads == "" {
		return note.Host
	}
	return T("hosts.name.reads", "Host", note.Host, "Reads", note.Reads)
}

// HostWarning says what makes a host doubtful; "" where nothing does.
func HostWarning(note valet.HostNote) string {
	if note.Doubt == "" {
		return ""
	}
	return T("hosts.doubt."+string(note.Doubt), "Host", Host(note), "Like", note.Like)
}

// SharedCallback warns of two markets that wait at one address.
func SharedCallback(market, other valet.Market) string {
	return T("hosts.callback.shared", "Provider", market.Name, "Other", other.Name)
}
