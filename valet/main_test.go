package valet_test

import (
	"flag"
	"fmt"
	"os"
	"runtime"
	"runtime/pprof"
	"testing"
	"time"
)

// TestMain counts goroutines: refreshes, watches and walks have all ended when the tests have.
func TestMain(m *testing.M) {
	before := runtime.NumGoroutine()
	status := m.Run()
	if flag.Lookup("test.fuzz").Value.String() != "" {
		os.Exit(status) // the fuzzer's own workers come and go
	}
	for end := time.Now().Add(5 * time.Second); status == 0 && runtime.NumGoroutine() > before; runtime.Gosched() {
		if time.Now().After(end) {
			fmt.Printf("%d goroutines are left, %d were there before\n", runtime.NumGoroutine(), before)
			pprof.Lookup("goroutine").WriteTo(os.Stdout, 1)
			status = 1
		}
	}
	os.Exit(status)
}
