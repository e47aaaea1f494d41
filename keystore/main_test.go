package keystore

import (
	"bufio"
	"context"
	"flag"
	"fmt"
	"os"
	"runtime"
	"runtime/pprof"
	"testing"
	"time"
)

// TestMain counts goroutines: none may be left when all tests are over. As a child process it may be a holder of locks.
func TestMain(m *testing.M) {
	if name := os.Getenv("KEYSTORE_HOLD"); name != "" {
		os.Exit(holdLock(name, os.Getenv("KEYSTORE_FOLDER")))
	}
	if n := os.Getenv("KEYSTORE_WRITE"); n != "" {
		os.Exit(writeSamples(n))
	}
	if task := os.Getenv("KEYSTORE_VAULT"); task != "" {
		os.Exit(vaultChild(task))
	}
	before := runtime.NumGoroutine()
	status := m.Run()
	closeBus()
	if flag.Lookup("test.fuzz").Value.String() != "" {
		os.Exit(status) // the fuzzing machinery keeps a goroutine of its own
	}
	for end := time.Now().Add(5 * time.Second); runtime.NumGoroutine() > before; runtime.Gosched() {
		if time.Now().After(end) {
			fmt.Printf("%d goroutines, %d before the tests\n", runtime.NumGoroutine(), before)
			pprof.Lookup("goroutine").WriteTo(os.Stdout, 1)
			status = 1
			break
		}
	}
	os.Exit(status)
}

// holdLock takes the lock on name, says so on standard output, and gives it back when a line comes in.
func holdLock(name, folder string) int {
	locks, err := OpenLocks()
	if folder != "" {
		locks, err = OpenLocksIn(folder)
	}
	if err != nil {
		fmt.Println(err)
		return 1
	}
	if file := os.Getenv("KEYSTORE_COUNT"); file != "" {
		return count(locks, name, file)
	}
	unlock, err := locks.Lock(context.Background(), name)
	if err != nil {
		fmt.Println(err)
		return 1
	}
	fmt.Println("held")
	bufio.NewReader(os.Stdin).ReadString('\n')
	unlock()
	fmt.Println("free")
	return 0
}

// crowdRounds is how often each process of a crowd counts.
const crowdRounds = 40

// count makes a file longer by one byte at a time, by reading and writing it whole: two at once would lose a byte.
func count(locks *Locks, name, file string) int {
	for range crowdRounds {
		unlock, err := locks.Lock(context.Background(), name)
		if err != nil {
			fmt.Println(err)
			return 1
		}
		text, _ := os.ReadFile(file)
		err = os.WriteFile(file, append(text, '.'), 0o600)
		unlock()
		if err != nil {
			fmt.Println(err)
			return 1
		}
	}
	return 0
}
