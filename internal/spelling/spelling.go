// Package spelling finds the known word that is closest to an unknown one, for error messages.
package spelling

import (
	"fmt"
	"slices"
	"strings"
)

// Nearest returns the known word that is closest to word, and false when none is close. A word is close when at most
// a third of its letters, or one letter, differ. Letter case and the characters - and _ are ignored.
func Nearest(word string, known []string) (string, bool) {
	best, least := "", len(word)
	for _, candidate := range known {
		if d := distance(plain(word), plain(candidate)); best == "" || d < least {
			best, least = candidate, d
		}
	}
	return best, best != "" && least <= max(1, len(plain(word))/3)
}

// Hint returns the end of a message about an unknown word: `, did you mean "entry"?`. When no known word is close,
// it lists all known words.
func Hint(word string, known []string) string {
	if nearest, ok := Nearest(word, known); ok {
		return fmt.Sprintf(", did you mean %q?", nearest)
	}
	return fmt.Sprintf(" (there are %s)", strings.Join(known, ", "))
}

// A message about an unknown word names all known words of a short list, and the nearby
// ones of a longer list.
const short, nearby = 10, 4

// Near is Hint for a long list of known words: when no word is close, it names the few
// that are closest.
func Near(word string, known []string) string {
	if _, ok := Nearest(word, known); ok || len(known) <= short {
		return Hint(word, known)
	}
	closest := slices.Clone(known)
	slices.SortStableFunc(closest, func(a, b string) int {
		return distance(plain(word), plain(a)) - distance(plain(word), plain(b))
	})
	return fmt.Sprintf(" (the nearest are %s)", strings.Join(closest[:nearby], ", "))
}

func plain(word string) string {
	return strings.NewReplacer("-", "", "_", "", " ", "").Replace(strings.ToLower(word))
}

// distance is the number of letters to insert, delete, replace or swap with a neighbour to turn a into b.
func distance(a, b string) int {
	if len(a) > 64 || len(b) > 64 {
		return max(len(a), len(b))
	}
	rows := make([][]int, len(a)+1)
	for i := range rows {
		rows[i] = make([]int, len(b)+1)
		rows[i][0] = i
	}
	for j := range rows[0] {
		rows[0][j] = j
	}
	for i := 1; i <= len(a); i++ {
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			rows[i][j] = min(rows[i-1][j]+1, rows[i][j-1]+1, rows[i-1][j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				rows[i][j] = min(rows[i][j], rows[i-2][j-2]+1)
			}
		}
	}
	return rows[len(a)][len(b)]
}
