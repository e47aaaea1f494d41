package valet

import (
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/joho/godotenv"
)

// generated is how many values each reader is given besides the awkward ones.
const generated = 500

// letters are those in which some reader sees more than a letter, and a few in which none does.
var letters = []rune("abnrtuxAZ019 \t\n\r\v\f\x01\x1b\x7f'\"\\$`#!~^={}()[]*?;&|<>%@-+:,./_‘’‚‛“”éß☕日\u00a0\u200b\u2028\u202e\ufeff")

// values gives awkward and generated ones, other ones each time; the seed is in the log.
func values(t *testing.T) []string {
	t.Helper()
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	dice := rand.New(rand.NewPCG(seed, seed))
	all := append(slices.Clone(awkward), "")
	for range generated {
		value := make([]rune, dice.IntN(16))
		for i := range value {
			value[i] = letters[dice.IntN(len(letters))]
		}
		all = append(all, string(value))
	}
	return all
}

// shells are programs that read lines back, and what they are told to print a variable and an octet of zero. PowerShell is in
// no Linux that is tested on, so it reads where it is, and its lines are held against its rules besides.
var shells = []struct {
	program string
	args    []string
	shell   Shell
	print   string
}{
	{"sh", nil, Posix, posixPrint},
	{"sh", nil, Dotenv, posixPrint},
	{"dash", nil, Posix, posixPrint},
	{"dash", nil, Dotenv, posixPrint},
	{"bash", []string{"--norc"}, Posix, posixPrint},
	{"bash", []string{"--norc"}, Dotenv, posixPrint},
	{"zsh", []string{"-f"}, Posix, posixPrint},
	{"zsh", []string{"-f"}, Dotenv, posixPrint},
	{"fish", []string{"--no-config"}, Fish, posixPrint},
	{"pwsh", []string{"-NoProfile", "-File"}, PowerShell, "[Console]::Out.Write($env:NAME + [char]0)\n"},
}

const posixPrint = "printf '%s\\0' \"$NAME\"\n"

// TestShellsReadTheLinesBack gives each shell one script with every value in it.
func TestShellsReadTheLinesBack(t *testing.T) {
	for _, s := range shells {
		program, err := exec.LookPath(s.program)
		if err != nil {
			if runtime.GOOS == "linux" && s.program != "pwsh" && s.program != "dash" {
				t.Errorf("%s is not here", s.program)
			}
			continue
		}
		t.Run(s.program+" "+string(s.shell), func(t *testing.T) {
			t.Parallel()
			want := values(t)
			var script strings.Builder
			for _, value := range want {
				script.WriteString(s.shell.assign("NAME", value) + "\n" + s.print)
			}
			path := filepath.Join(t.TempDir(), "script.ps1")
			if err := os.WriteFile(path, []byte(script.String()), 0o600); err != nil {
				t.Fatal(err)
			}
			cmd := exec.Command(program, append(slices.Clone(s.args), path)...)
			cmd.Env = append(cmd.Environ(), "LC_ALL=C.UTF-8")
			out, err := cmd.Output()
			got := strings.Split(string(out), "\x00")
			if err != nil || len(got) != len(want)+1 {
				t.Fatalf("%v, %d values, want %d", err, len(got)-1, len(want))
			}
			for i := range want {
				if got[i] != want[i] {
					t.Errorf("%q, written %s, is read as %q", want[i], s.shell.assign("NAME", want[i]), got[i])
				}
			}
		})
	}
}

// beyondLibrary tells values that this library has no way to write: it takes a quote after any backslash for part of the value,
// drops the carriage return of a line's end, and drops a double quote at the end of double quotes. No token and no secret that
// Etsy gives out has any of them.
func beyondLibrary(value string) bool {
	return strings.HasSuffix(value, `\`) || strings.Contains(value, "\r\n") || strings.Contains(value, "'") && strings.HasSuffix(value, `"`)
}

// TestLibraryReadsTheLinesBack: what is written for .env files is read by a library that many programs read them with.
func TestLibraryReadsTheLinesBack(t *testing.T) {
	for _, want := range values(t) {
		lines := Dotenv.assign("NAME", want) + "\n" + Dotenv.assign("NEXT", "1") + "\n"
		got, err := godotenv.Unmarshal(lines)
		if !beyondLibrary(want) && (err != nil || got["NAME"] != want || got["NEXT"] != "1") {
			t.Errorf("%q, written %s, is read as %q (%v)", want, lines, got["NAME"], err)
		}
	}
}
