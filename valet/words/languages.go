package words

// Languages are the tags of those that the sentences are in, English first.
func Languages() []string {
	entries, err := files.ReadDir(".")
	if err != nil {
		panic(err) // they are part of the program
	}
	found := []string{"en"}
	for _, entry := range entries {
		if entry.Name() != found[0] {
			found = append(found, entry.Name())
		}
	}
	return found
}

// LanguageName is what a language calls itself.
func LanguageName(tag string) string { return T("window.language." + tag) }
