package practice

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// longestTitle is how long a listing's title may be, in letters.
const longestTitle = 140

// titles are those that listings were given since, by listing. The zero value is ready for use.
type titles map[int64]string

// on is the shop with them.
func (t titles) on(s shop) shop {
	if len(t) == 0 {
		return s
	}
	s.Goods = slices.Clone(s.Goods)
	for i, l := range s.Goods {
		if title, changed := t[l.ID]; changed {
			s.Goods[i].Title = title
		}
	}
	return s
}

// rename gives a listing of s another title and keeps it. wrong says why not; a listing that s does not have is found == false.
func (t *titles) rename(s shop, id string, given []string) (l listing, found bool, wrong string) {
	number, err := strconv.ParseInt(id, 10, 64)
	i := slices.IndexFunc(s.Goods, func(l listing) bool { return err == nil && l.ID == number })
	if i < 0 {
		return listing{}, false, ""
	}
	switch {
	case len(given) != 1:
		return listing{}, true, "title must be given once; nothing else of a listing can be changed here"
	case strings.TrimSpace(given[0]) == "" || utf8.RuneCountInString(given[0]) > longestTitle || !utf8.ValidString(given[0]):
		return listing{}, true, fmt.Sprintf("title must have 1 to %d letters", longestTitle)
	case strings.ContainsFunc(given[0], unseen):
		return listing{}, true, "title must have no letters that cannot be seen"
	}
	if *t == nil {
		*t = titles{}
	}
	(*t)[number] = strings.TrimSpace(given[0])
	return t.on(s).Goods[i], true, ""
}

// unseen is a letter that steers whatever shows it: scripts print titles on terminals, and anybody on this computer may rename.
func unseen(r rune) bool { return !unicode.IsPrint(r) }

// updateListing changes a listing, as far as that can be practised.
func updateListing(c call, s shop) answer {
	if c.formErr != nil {
		return refuse(http.StatusBadRequest, c.formErr.Error(), "")
	}
	for name := range c.form {
		if name != "title" {
			return refuse(http.StatusBadRequest, cleanName(name, 40)+" cannot be changed here; title can", "")
		}
	}
	l, found, wrong := c.st.Titles.rename(s, c.r.PathValue("listing"), c.form["title"])
	switch {
	case !found:
		return refuse(http.StatusNotFound, "Could not find a listing of this shop with that listing_id", "")
	case wrong != "":
		return refuse(http.StatusBadRequest, wrong, "")
	}
	return answer{status: http.StatusOK, body: l.json(s)}
}
