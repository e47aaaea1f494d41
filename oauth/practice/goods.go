package practice

import (
	"fmt"
	"net/http"
	"strconv"
)

const (
	usualPage   = 25 // results, unless a request says otherwise
	largestPage = 100
)

// page is what a request asked to see of a list: limit and offset, as at the real place.
func (c call) page() (limit, offset int, refusal answer, ok bool) {
	limit, offset, wrong := pageOf(c.r.URL.Query())
	if wrong != "" {
		return 0, 0, refuse(http.StatusBadRequest, wrong, ""), false
	}
	return limit, offset, answer{}, true
}

// pageOf reads limit and offset; wrong says what is the matter with one of them.
func pageOf(query map[string][]string) (limit, offset int, wrong string) {
	limit, offset = usualPage, 0
	for name, place := range map[string]struct {
		value             *int
		smallest, largest int
	}{"limit": {&limit, 1, largestPage}, "offset": {&offset, 0, 12000}} {
		if len(query[name]) == 0 {
			continue
		}
		n, err := strconv.Atoi(query[name][0])
		if err != nil || n < place.smallest || n > place.largest {
			return 0, 0, fmt.Sprintf("%s must be a whole number from %d to %d", name, place.smallest, place.largest)
		}
		*place.value = n
	}
	return limit, offset, ""
}

// list answers with one page of results, and how many there are in all.
func (c call) list(results []map[string]any) answer {
	limit, offset, refusal, ok := c.page()
	if !ok {
		return refusal
	}
	from := min(offset, len(results))
	shown := results[from:min(from+limit, len(results))]
	return answer{status: http.StatusOK, body: map[string]any{"count": len(results), "results": shown}}
}

// own is an operation on the key's own shop, the one that the path has to name.
func own(do func(call, shop) answer) func(call) answer {
	return func(c call) answer {
		if c.id() != c.g.Shop {
			return refuse(http.StatusForbidden, fmt.Sprintf("User does not own Shop %d", c.id()), "")
		}
		return do(c, c.st.Titles.on(shopByID(c.g.Shop)))
	}
}

// public is an operation on any shop, open to whoever has an app key.
func public(do func(call, shop) answer) func(call) answer {
	return func(c call) answer {
		s := shopByID(c.id())
		if s.ID == 0 {
			return refuse(http.StatusNotFound, fmt.Sprintf("Could not find a shop with shop_id = %d", c.id()), "")
		}
		return do(c, c.st.Titles.on(s))
	}
}

// listings lists all of a shop's, or those in one state.
func listings(c call, s shop) answer {
	results, state := []map[string]any{}, c.r.URL.Query().Get("state")
	for _, l := range s.Goods {
		if state == "" || l.State == state {
			results = append(results, l.json(s))
		}
	}
	return c.list(results)
}

func sections(c call, s shop) answer {
	results := []map[string]any{}
	for i, title := range s.Sections {
		active := 0
		for _, l := range s.Goods {
			if l.Section == i && l.State == "active" {
				active++
			}
		}
		results = append(results, map[string]any{
			"shop_section_id": s.section(i), "title": title, "rank": i + 1, "user_id": s.UserID, "active_listing_count": active,
		})
	}
	return c.list(results)
}

func shippingProfiles(c call, s shop) answer {
	return c.list([]map[string]any{{
		"shipping_profile_id": s.ID*10 + 1, "title": "Parcel", "user_id": s.UserID, "min_processing_days": 1, "max_processing_days": 3,
		"processing_days_display_label": "1-3 days", "origin_country_iso": s.Country, "is_deleted": false, "profile_type": "manual",
	}})
}

// listingOf shows one listing that is on sale, to anybody with an app key.
func listingOf(c call) answer {
	for _, s := range shops {
		for _, l := range c.st.Titles.on(s).Goods {
			if l.ID == c.id() && l.State == "active" {
				return answer{status: http.StatusOK, body: l.json(s)}
			}
		}
	}
	return refuse(http.StatusNotFound, fmt.Sprintf("Could not find a listing with listing_id = %d", c.id()), "")
}
