package etsy

// keystringLength is how long every keystring is that was ever seen. Etsy has promised nothing.
const keystringLength = 24

// LooksLikeKeystring reports whether text has the form of every keystring known: 24 small letters and digits. One that has not
// may still be right; whoever typed it should be asked, and not refused.
func LooksLikeKeystring(text string) bool {
	for _, r := range text {
		if (r < 'a' || r > 'z') && (r < '0' || r > '9') {
			return false
		}
	}
	return len(text) == keystringLength
}
