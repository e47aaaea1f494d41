package words

import (
	"os"
	"testing"
)

// TestMain has the tests read English wherever they run; those of other languages say so.
func TestMain(m *testing.M) {
	Prefer(func() string { return source })
	os.Exit(m.Run())
}

// speak has the program speak a language until the end of the test.
func speak(t *testing.T, tag string) {
	t.Helper()
	Prefer(func() string { return tag })
	t.Cleanup(func() { Prefer(func() string { return source }) })
}
