package words

import (
	"fmt"
	"time"
)

// Left says how long something lasts, rounded down, so that it never promises more than there is: "47 minutes", "84 days".
// Nothing left and less than a second are "a moment".
func Left(d time.Duration) string { return left(d, "status.left.") }

// LeftShort is [Left] for narrow places: "47 min".
func LeftShort(d time.Duration) string { return left(d, "status.left-short.") }

func left(d time.Duration, room string) string {
	count := func(unit string, of time.Duration) string { return N(room+unit, int(d/of)) }
	switch {
	case d < time.Second:
		return T(room + "moment")
	case d < time.Minute:
		return count("seconds", time.Second)
	case d < 2*time.Hour:
		return count("minutes", time.Minute)
	case d < 48*time.Hour:
		return count("hours", time.Hour)
	}
	return count("days", 24*time.Hour)
}

// When writes a moment in the time zone of now: "14:02" today, "21 November, 14:02" this year, and with the year otherwise.
func When(t, now time.Time) string {
	t = t.In(now.Location())
	if sameDay(t, now) {
		return Clock(t, now)
	}
	return T("status.when", "Day", Day(t, now), "Clock", Clock(t, now))
}

// Day writes the day of a moment: "21 November", with the year when it is not this one.
func Day(t, now time.Time) string {
	t = t.In(now.Location())
	month := T(fmt.Sprintf("status.month.%d", int(t.Month())))
	if t.Year() != now.Year() {
		return T("status.day-year", "Day", t.Day(), "Month", month, "Year", t.Year())
	}
	return T("status.day", "Day", t.Day(), "Month", month)
}

// Clock writes the time of day in the time zone of now: "14:02".
func Clock(t, now time.Time) string { return t.In(now.Location()).Format("15:04") }

func sameDay(a, b time.Time) bool {
	return a.Year() == b.Year() && a.YearDay() == b.YearDay()
}
