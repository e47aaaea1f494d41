package cli

import (
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"unicode/utf8"

	"valetkey/valet"
	"valetkey/valet/words"
)

// LockedFile is the file that a passphrase locks, as main hands it on.
type LockedFile struct {
	Exists, Unlocked func() bool

	// Create makes the file and leaves it unlocked; Unlock opens it for this run. Both wipe the passphrase and take a second or
	// more. Their errors say more to [valet.TroubleOf]; there already is [fs.ErrExist].
	Create, Unlock func(ctx context.Context, passphrase []byte) error
}

// leastPassphrase is how many characters a new passphrase has at least; the window asks for as many.
const leastPassphrase = 10

// short reports whether a new passphrase is easily guessed.
func short(phrase []byte) bool { return utf8.RuneCount(phrase) < leastPassphrase }

// tries is how often a person may type a passphrase.
const tries = 3

// locksmith opens the locked file, or makes it, when a verb needs it and not before.
type locksmith struct {
	*console
	file  LockedFile
	given []byte // by --passphrase-stdin
}

// take reads the passphrase that --passphrase-stdin promises: the first line of all.
func (l *locksmith) take(ctx context.Context) error {
	line, err := l.hidden(ctx, words.T("cli.ask.passphrase"))
	if errors.Is(err, io.EOF) || err == nil && line == "" {
		return misuse(words.T("cli.passphrase.none"), words.T("cli.next.passphrase"))
	}
	l.given = []byte(line)
	return err
}

// person reports whether somebody can be asked.
func (l *locksmith) person() bool {
	_, person := l.terminal()
	return person
}

// unlock opens the file for reading. Where there is none it leaves it to the use case to say so.
func (l *locksmith) unlock(ctx context.Context) error {
	switch {
	case l.file.Unlocked(), !l.file.Exists():
		return nil
	case l.given != nil:
		return l.file.Unlock(ctx, bytes.Clone(l.given))
	case !l.person():
		return needsPassphrase{}
	}
	for try := 1; ; try++ {
		typed, err := l.hidden(ctx, words.T("cli.ask.passphrase"))
		if err != nil {
			return unanswered(err)
		}
		err = l.file.Unlock(ctx, []byte(typed))
		if valet.TroubleOf(err) != valet.TroublePassphrase || try == tries {
			return err
		}
		l.say("cli.passphrase.wrong")
	}
}

// ready opens the file for writing, and makes it where there is none.
func (l *locksmith) ready(ctx context.Context) error {
	if l.file.Unlocked() || l.file.Exists() {
		return l.unlock(ctx)
	}
	phrase, err := l.chosen(ctx)
	if err != nil {
		return err
	}
	again := bytes.Clone(phrase)
	defer clear(again)
	err = l.file.Create(ctx, phrase)
	if errors.Is(err, fs.ErrExist) { // another program has made it meanwhile
		return l.file.Unlock(ctx, again)
	}
	if err == nil {
		l.say("cli.passphrase.made")
	}
	return err
}

// chosen is the passphrase for a new file: the one that was given, or one that a person types twice.
func (l *locksmith) chosen(ctx context.Context) ([]byte, error) {
	switch {
	case l.given != nil:
		if short(l.given) {
			l.say("cli.passphrase.weak")
		}
		return bytes.Clone(l.given), nil
	case !l.person():
		return nil, needsPassphrase{}
	}
	l.say("cli.passphrase.new")
	for try := 1; ; try++ {
		first, err := l.hidden(ctx, words.T("cli.ask.passphrase-new"))
		switch {
		case err != nil:
			return nil, unanswered(err)
		case short([]byte(first)) && try == tries:
			return nil, left()
		case short([]byte(first)):
			l.say("cli.passphrase.short")
			continue
		}
		second, err := l.hidden(ctx, words.T("cli.ask.passphrase-again"))
		switch {
		case err != nil:
			return nil, unanswered(err)
		case first == second:
			return []byte(first), nil
		case try == tries:
			return nil, left()
		}
		l.say("cli.passphrase.differ")
	}
}

// needsPassphrase says that nobody could be asked.
type needsPassphrase struct{}

func (needsPassphrase) Error() string { return "cli: the locked file needs its passphrase" }

// Trouble is the word by which package words finds the sentence.
func (needsPassphrase) Trouble() string { return string(valet.TroubleFileLocked) }

// unanswered makes the end of a terminal's input the answer of somebody who leaves.
func unanswered(err error) error {
	if errors.Is(err, io.EOF) {
		return left()
	}
	return err
}

// left is somebody who was asked and does not want to.
func left() error { return &usageError{words.Trouble{What: words.T("cli.ask.left")}, Cancelled} }
