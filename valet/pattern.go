package valet

import (
	"regexp"
	"sync"
)

// pattern is a regular expression that is compiled when it is first needed: a verb in a script needs hardly one.
func pattern(text string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(text) })
}
