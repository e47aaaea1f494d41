package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"golang.org/x/term"

	"valetkey/oauth"
	"valetkey/valet/words"
)

// maxLine bounds a line of standard input; the longest honest one is a pasted address.
const maxLine = 64 << 10

// errLineTooLong ends the reading of a line that nobody could have meant.
var errLineTooLong = errors.New("cli: a line of standard input is too long")

// terminal gives the terminal a person sits at.
func (c *console) terminal() (fd int, ok bool) {
	return terminalOf(c.in)
}

// terminalOf gives the terminal that a stream is, if it is one.
func terminalOf(stream any) (fd int, ok bool) {
	file, isFile := stream.(*os.File)
	if !isFile || file == nil || !term.IsTerminal(int(file.Fd())) {
		return 0, false
	}
	return int(file.Fd()), true
}

// line reads one line without its end; io.EOF if there is none. It takes not one octet beyond the line, so that a script's
// next command can read on, and it ends when ctx does.
func (c *console) line(ctx context.Context) (string, error) {
	return await(ctx, func() (string, error) { return readLine(c.in) })
}

// await runs a read that cannot be cancelled and stops waiting for it when ctx ends.
func await(ctx context.Context, read func() (string, error)) (string, error) {
	type result struct {
		text string
		err  error
	}
	got := make(chan result, 1)
	go func() {
		text, err := read()
		got <- result{text, err}
	}()
	select {
	case r := <-got:
		return r.text, r.err
	case <-ctx.Done():
		return "", context.Cause(ctx)
	}
}

// readLine reads octet by octet up to and including a line feed.
func readLine(in io.Reader) (string, error) {
	var line strings.Builder
	octet := make([]byte, 1)
	for line.Len() <= maxLine {
		n, err := in.Read(octet)
		if n == 1 && octet[0] == '\n' {
			return strings.TrimSuffix(line.String(), "\r"), nil
		}
		line.Write(octet[:n])
		if err == io.EOF && line.Len() > 0 {
			return strings.TrimSuffix(line.String(), "\r"), nil
		}
		if err != nil {
			return "", err
		}
	}
	return "", errLineTooLong
}

// prompted reads a line, asking for it first if a person sits there.
func (c *console) prompted(ctx context.Context, question string) (string, error) {
	if _, ok := c.terminal(); ok {
		fmt.Fprint(c.err, question, " ")
	}
	return c.line(ctx)
}

// secret is hidden for what is a secret from then on.
func (c *console) secret(ctx context.Context, question string) (oauth.Secret, error) {
	typed, err := c.hidden(ctx, question)
	return oauth.NewSecret(typed), err
}

// hidden reads a line that must not be seen: without echo from a terminal, verbatim from anything else.
func (c *console) hidden(ctx context.Context, question string) (string, error) {
	fd, ok := c.terminal()
	if !ok {
		return c.line(ctx)
	}
	before, err := term.GetState(fd)
	if err != nil {
		return "", err
	}
	asking, asked := context.WithCancel(ctx)
	defer asked()
	go func() {
		echoOff(asking, fd, *before)
		fmt.Fprint(c.err, question, " ")
		asked()
	}()
	typed, err := await(ctx, func() (string, error) {
		octets, err := term.ReadPassword(fd)
		<-asking.Done()
		return string(octets), err
	})
	if ctx.Err() != nil {
		term.Restore(fd, before) // the read is still waiting with the echo off
	}
	fmt.Fprintln(c.err)
	return typed, err
}

// echoOff waits until the terminal is no longer as it was before: who answers a question at once must not see the answer. A
// terminal that had its echo off already is not waited for long.
func echoOff(ctx context.Context, fd int, before term.State) {
	const long = 200 * time.Millisecond
	ctx, cancel := context.WithTimeout(ctx, long)
	defer cancel()
	tick := time.NewTicker(time.Millisecond)
	defer tick.Stop()
	for {
		if now, err := term.GetState(fd); err != nil || *now != before {
			return
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			return
		}
	}
}

// agreed asks a yes-or-no question; no is what everything but a clear yes means. Ask only at a terminal.
func (c *console) agreed(ctx context.Context, question string) bool {
	fmt.Fprint(c.err, question, " ")
	answer, err := c.line(ctx)
	if err != nil {
		return false
	}
	answer = strings.ToLower(strings.TrimSpace(answer))
	for yes := range strings.FieldsSeq(words.T("cli.ask.yes")) {
		if answer == yes {
			return true
		}
	}
	return false
}
