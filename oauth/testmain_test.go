package oauth

import (
	"fmt"
	"net/http"
	"os"
	"runtime"
	"strings"
	"testing"
	"time"
)

// TestMain runs the tests and then counts goroutines: whatever these tests opened must have ended.
func TestMain(m *testing.M) {
	status := m.Run()
	if left := leftBehind(5 * time.Second); status == 0 && left != "" {
		fmt.Fprintln(os.Stderr, "goroutines left behind:\n"+left)
		status = 1
	}
	os.Exit(status)
}

// leftBehind gives the goroutines other than its own that are still there after limit.
func leftBehind(limit time.Duration) string {
	http.DefaultTransport.(*http.Transport).CloseIdleConnections()
	DefaultTransport().CloseIdleConnections()
	ticker := time.NewTicker(10 * time.Millisecond)
	defer ticker.Stop()
	for deadline := time.Now().Add(limit); ; <-ticker.C {
		left := goroutines()
		if left == "" || time.Now().After(deadline) {
			return left
		}
	}
}

// goroutines lists what runs beside the test's own machinery.
func goroutines() string {
	stacks := make([]byte, 1<<20)
	stacks = stacks[:runtime.Stack(stacks, true)]
	var left []string
	for i, stack := range strings.Split(string(stacks), "\n\n") {
		own := i == 0 || strings.Contains(stack, "os/signal.") || strings.Contains(stack, "runtime.ensureSigM") ||
			strings.Contains(stack, "testing.(*M)") || strings.Contains(stack, "runtime/trace") || strings.Contains(stack, "internal/fuzz")
		if !own {
			left = append(left, stack)
		}
	}
	return strings.Join(left, "\n\n")
}
