package oauth1

// authorizationHeader is the value of the Authorization header (RFC 5849 3.5.1). The realm is not encoded and not signed; empty
// means that none is sent.
func authorizationHeader(realm string, protocol []parameter) string {
	text := append(make([]byte, 0, 384), "OAuth "...)
	if realm != "" {
		text = append(text, `realm="`...)
		text = append(text, realm...)
		text = append(text, `", `...)
	}
	for i, p := range protocol {
		if i > 0 {
			text = append(text, ", "...)
		}
		text = appendEncoded(text, p.name)
		text = append(text, `="`...)
		text = appendEncoded(text, p.value)
		text = append(text, '"')
	}
	return string(text)
}
