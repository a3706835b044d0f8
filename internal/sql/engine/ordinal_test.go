package engine

import "testing"

func TestOrdinal_keeps_queries_whose_parameters_are_not_in_order(t *testing.T) {
	for query, want := range map[string]string{
		`BEGIN`:                             `BEGIN`,
		`SELECT a FROM b WHERE c = $1`:      `SELECT a FROM b WHERE c = ?`,
		`VALUES ($1, $2, $3)`:               `VALUES (?, ?, ?)`,
		`$1$2$3$4$5$6$7$8$9$10$11`:          `???????????`,
		`VALUES ($2, $1)`:                   `VALUES ($2, $1)`,
		`WHERE $1 = '' OR state = $1`:       `WHERE $1 = '' OR state = $1`,
		`VALUES ($1, $3)`:                   `VALUES ($1, $3)`,
		`VALUES ($12)`:                      `VALUES ($12)`,
		`VALUES ($1, (SELECT $2), $3 || $)`: `VALUES ($1, (SELECT $2), $3 || $)`,
	} {
		if got := ordinal(query); got != want {
			t.Errorf("%s became %s, want %s", query, got, want)
		}
	}
}
