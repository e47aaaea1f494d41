package etsy

import "testing"

func TestLooksLikeKeystring(t *testing.T) {
	for text, want := range map[string]bool{
		"abcdefghij0123456789wxyz": true, "abcdefghij0123456789wxy": false, "abcdefghij0123456789wxyz1": false,
		"abcdefghij0123456789wxyZ": false, "abcdefghij0123456789wx-z": false, "abcdefghij:0123456789wxy": false, "": false, "äbcdefghij0123456789wxy": false,
	} {
		if LooksLikeKeystring(text) != want {
			t.Errorf("%q: want %v", text, want)
		}
	}
}
