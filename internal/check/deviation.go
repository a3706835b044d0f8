package check

import (
	"context"
	"fmt"
	"slices"
	"strings"
)

// deviation is one way in which a page behaves differently.
type deviation struct {
	at   Place // empty when it has none
	what string
}

// compare returns how a page behaves differently than in the visits under the default
// readings.
func (c *checker) compare(ctx context.Context, known []*visit, v *visit) (list []deviation) {
	first, again := known[0], known[len(known)-1]
	for _, one := range v.thrown {
		was := func(e exception) bool { return firstLine(e.text) == firstLine(one.text) }
		if !slices.ContainsFunc(first.thrown, was) && !slices.ContainsFunc(again.thrown, was) {
			list = append(list, deviation{c.places.first(ctx, parseStack(one.text)), "it throws " + c.plain(firstLine(one.text))})
		}
	}
	for _, d := range differences(countCalls(first), countCalls(again), countCalls(v)) {
		list = append(list, deviation{what: fmt.Sprintf("it calls %s %s instead of %s", d.what, number(d.now, "time"), number(d.before, "time"))})
	}
	var lost, more []string
	for _, d := range differences(countLines(first), countLines(again), countLines(v)) {
		if d.now < d.before {
			lost = append(lost, d.what)
		} else if slices.Equal(first.text, again.text) { // else a new line may be of a page that never shows the same
			more = append(more, d.what)
		}
	}
	if len(lost)+len(more) > 0 {
		list = append(list, deviation{what: c.plain(shownInstead(lost, more))})
	}
	return list
}

// shownInstead says which lines a page shows no more, and which it shows in their place.
func shownInstead(lost, more []string) string {
	const most = 3
	list := func(lines []string) string {
		var parts []string
		for _, line := range lines[:min(most, len(lines))] {
			if len(line) > 80 {
				line = strings.ToValidUTF8(line[:80], "") + "…"
			}
			parts = append(parts, fmt.Sprintf("%q", line))
		}
		if len(lines) > most {
			parts = append(parts, fmt.Sprintf("%d more", len(lines)-most))
		}
		return strings.Join(parts, ", ")
	}
	switch {
	case len(more) == 0:
		return "it does not show " + list(lost)
	case len(lost) == 0:
		return "it also shows " + list(more)
	default:
		return "it shows " + list(more) + " instead of " + list(lost)
	}
}

// counted is a list of things in the order of their first occurrence, with their numbers.
type counted struct {
	order []string
	times map[string]int
}

func count(things []string) counted {
	c := counted{times: map[string]int{}}
	for _, one := range things {
		if c.times[one]++; c.times[one] == 1 {
			c.order = append(c.order, one)
		}
	}
	return c
}

func countCalls(v *visit) counted {
	var methods []string
	for _, call := range v.calls {
		methods = append(methods, call.Method)
	}
	return count(methods)
}

func countLines(v *visit) counted { return count(v.text) }

// difference is a thing that occurs in another number.
type difference struct {
	what        string
	before, now int
}

// differences compares with two visits that should be equal. A thing whose number differs
// between those two says nothing.
func differences(first, again, now counted) (list []difference) {
	order := slices.Clone(first.order)
	for _, what := range now.order {
		if _, known := first.times[what]; !known {
			order = append(order, what)
		}
	}
	for _, what := range order {
		if before := first.times[what]; before == again.times[what] && before != now.times[what] {
			list = append(list, difference{what, before, now.times[what]})
		}
	}
	return list
}
