// Manual writes the pages of the manual below a folder, as man looks for them: go run ./cli/manual VERSION FOLDER.
package main

import (
	"fmt"
	"os"
	"path/filepath"

	"valetkey/cli"
	"valetkey/valet/words"
)

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "manual VERSION FOLDER")
		os.Exit(2)
	}
	words.Prefer(func() string { return "en" }) // and not what this machine speaks
	for _, language := range words.Languages() {
		words.Prefer(func() string { return language })
		if err := write(os.Args[1], filepath.Join(os.Args[2], folderOf(language))); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
}

// folderOf is where man looks for the pages of a language; those in English are the ones without a name.
func folderOf(language string) string {
	if language == "en" {
		return "man1"
	}
	return filepath.Join(language, "man1")
}

// write makes PAGE.1 for each page.
func write(version, folder string) error {
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	for _, page := range cli.Manual(version) {
		if err := os.WriteFile(filepath.Join(folder, page.Name+".1"), []byte(page.Text), 0o644); err != nil {
			return err
		}
	}
	return nil
}
