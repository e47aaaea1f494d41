//go:build !nogui

package walk

import (
	"os"
	"testing"

	"valetkey/valet/words"
)

// TestMain has the window speak English, whatever this system speaks.
func TestMain(m *testing.M) {
	words.Prefer(func() string { return "en" })
	os.Exit(m.Run())
}
