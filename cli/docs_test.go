package cli

import (
	"os"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// reference gives docs/command-line.md.
func reference(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile("../docs/command-line.md")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// TestDocumentedFlags: each verb and each of its flags stands in the first table of the reference, and nothing else does.
func TestDocumentedFlags(t *testing.T) {
	_, table, _ := strings.Cut(reference(t), "\n|---|---|\n")
	table, _, _ = strings.Cut(table, "\n\n")
	documented := map[string][]string{}
	flag := regexp.MustCompile(`--([a-z-]+)`)
	for row := range strings.Lines(table) {
		for use := range strings.SplitSeq(strings.ReplaceAll(strings.Split(strings.ReplaceAll(row, `\|`, "/"), "|")[1], "`, `", "`\n`"), "\n") {
			words := strings.FieldsFunc(use, func(r rune) bool { return r == ' ' || r == '`' })
			verb := words[0]
			if verb == "key" || verb == "provider" {
				verb += " " + words[1]
			}
			for _, found := range flag.FindAllStringSubmatch(use, -1) {
				documented[verb] = append(documented[verb], found[1])
			}
			documented[verb] = append(documented[verb], "")
		}
	}
	var visit func(cmd *cobra.Command)
	visit = func(cmd *cobra.Command) {
		if flags := documented[pathOf(cmd)]; cmd.Runnable() && !cmd.HasSubCommands() {
			if flags == nil {
				t.Errorf("%s is not in the table", pathOf(cmd))
			}
			cmd.LocalNonPersistentFlags().VisitAll(func(f *pflag.Flag) {
				if !slices.Contains(flags, f.Name) && f.Name != "help" {
					t.Errorf("%s --%s is not in the table", pathOf(cmd), f.Name)
				}
			})
			for _, name := range flags {
				if name != "" && cmd.Flags().Lookup(name) == nil {
					t.Errorf("%s has no --%s", pathOf(cmd), name)
				}
			}
			delete(documented, pathOf(cmd))
		}
		for _, sub := range cmd.Commands() {
			visit(sub)
		}
	}
	root := (&session{}).root()
	root.InitDefaultHelpCmd()
	visit(root)
	for verb := range documented {
		t.Errorf("there is no verb %s", verb)
	}
}

// TestDocumentedJSON compares the fields of each form with those of its table.
func TestDocumentedJSON(t *testing.T) {
	_, section, _ := strings.Cut(reference(t), "\n## JSON\n")
	section, _, _ = strings.Cut(section, "\n## ")
	name := regexp.MustCompile("`([a-z_.]+)`")
	seen := 0
	for _, part := range strings.Split(section, "\n### ")[1:] {
		heading, text, _ := strings.Cut(part, "\n")
		_, verbs, _ := strings.Cut(heading, ": ")
		var form any
		for verb := range strings.SplitSeq(strings.ReplaceAll(verbs, "`", ""), ", ") {
			if seen++; form != nil && reflect.TypeOf(form) != reflect.TypeOf(forms[verb]) {
				t.Errorf("%s: more than one form belongs to it", heading)
			}
			form = forms[verb]
		}
		if form == nil {
			t.Errorf("%s: no form belongs to it", heading)
			continue
		}
		var told []string
		for row := range strings.Lines(text) {
			if cells := strings.Split(row, "|"); len(cells) > 2 {
				for _, found := range name.FindAllStringSubmatch(cells[1], -1) {
					told = append(told, found[1])
				}
				for _, found := range name.FindAllStringSubmatch(cells[2], -1) {
					if strings.Contains(found[1], ".") {
						told = append(told, found[1])
					}
				}
			}
		}
		fields := fieldsOf(reflect.TypeOf(form), "")
		slices.Sort(told)
		slices.Sort(fields)
		if !slices.Equal(told, fields) {
			t.Errorf("%s: the table has\n%q\nand the output\n%q", heading, told, fields)
		}
	}
	if seen != len(forms) {
		t.Errorf("tables for %d verbs of %d", seen, len(forms))
	}
}
