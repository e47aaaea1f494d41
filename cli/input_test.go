package cli

import (
	"context"
	"errors"
	"io"
	"strings"
	"testing"
)

func TestLinesAreTakenOneByOne(t *testing.T) {
	in := strings.NewReader(" first \r\n\nthird")
	c := &console{in: in}
	for _, want := range []string{" first ", "", "third"} {
		got, err := c.line(t.Context())
		if err != nil || got != want {
			t.Fatalf("%q, %v; want %q", got, err, want)
		}
	}
	if _, err := c.line(t.Context()); err != io.EOF {
		t.Fatalf("after the end: %v", err)
	}
}

func TestLineLeavesTheRestAlone(t *testing.T) {
	in := strings.NewReader("mine\nyours\n")
	c := &console{in: in, err: io.Discard}
	secret, err := c.secret(t.Context(), "?")
	if err != nil || secret.IsZero() {
		t.Fatal(err)
	}
	rest, err := io.ReadAll(in)
	if err != nil || string(rest) != "yours\n" {
		t.Fatalf("left for others: %q, %v", rest, err)
	}
}

func TestLineEndsWithItsContext(t *testing.T) {
	in, out := io.Pipe()
	defer out.Close()
	c := &console{in: in}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := c.line(ctx); !errors.Is(err, context.Canceled) {
		t.Fatalf("%v", err)
	}
}

func TestEndlessLineIsRefused(t *testing.T) {
	c := &console{in: endless{}}
	if _, err := c.line(t.Context()); !errors.Is(err, errLineTooLong) {
		t.Fatalf("%v", err)
	}
}

type endless struct{}

func (endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = 'x'
	}
	return len(p), nil
}

func TestCleanTakesOutWhatSteersATerminal(t *testing.T) {
	for raw, want := range map[string]string{
		"Red Oak Prints":        "Red Oak Prints",
		"\x1b[2Jwiped":          "\uFFFD[2Jwiped",
		"two\nlines\rand\x00":   "two\uFFFDlines\uFFFDand\uFFFD",
		"right\u202Eto left":    "right\uFFFDto left",
		"Töpferei “Zum Krug” 陶": "Töpferei “Zum Krug” 陶",
		"c1 \u009b31m":          "c1 \uFFFD31m",
		"paragraph\u2029break":  "paragraph\uFFFDbreak",
		"isolate\u2066hidden":   "isolate\uFFFDhidden",
		"100 % %s%n":            "100 % %s%n",
		"../../x":               "../../x",
	} {
		if got := clean(raw); got != want {
			t.Errorf("clean(%q) = %q, want %q", raw, got, want)
		}
	}
}
