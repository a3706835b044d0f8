package chain

import (
	"fmt"
	"math"
)

// rowsAtOnce is the number of rows of a page.
const rowsAtOnce = 1000

// Verify checks a ledger. heads reads the heads, in order. rows reads a page of rows,
// ordered by chain and number, from a place on, which is included: so a second row in
// one place is also seen.
func (l *Ledger) Verify(anchor Anchor, heads func() ([]Head, error), rows func(from Link, limit int) ([]Row, error)) (Report, error) {
	before, err := heads()
	if err != nil {
		return Report{}, fmt.Errorf("reading the heads of the ledger %s: %w", l.name, err)
	}
	w := l.Walk(before, anchor)
	if err := w.read(rows); err != nil {
		return Report{}, fmt.Errorf("reading the ledger %s: %w", l.name, err)
	}
	after, err := heads()
	if err != nil {
		return Report{}, fmt.Errorf("reading the heads of the ledger %s: %w", l.name, err)
	}
	return w.End(after), nil
}

// read checks all rows, up to the first fault.
func (w *Walk) read(rows func(from Link, limit int) ([]Row, error)) error {
	from, seen := Link{Chain: math.MinInt64, Number: math.MinInt64}, ""
	for {
		page, err := rows(from, rowsAtOnce)
		if err != nil {
			return err
		}
		fresh := page
		if len(fresh) > 0 && from.Chain != math.MinInt64 && fresh[0].ID == seen {
			fresh = fresh[1:]
		}
		for _, r := range fresh {
			if !w.Check(r) {
				return nil
			}
			from, seen = r.Link, r.ID
		}
		if len(page) < rowsAtOnce {
			return nil
		}
	}
}
