package sqlstore

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"

	"github.com/selasar/selasar/internal/sql/engine"
)

// mutator changes rows behind Selasar's back.
type mutator struct {
	*rand.Rand
	ledger string // of chain_heads
	table  string
	did    string

	rows, heads rows     // after the mutation
	first       *[2]rows // before it
}

// rows are rows of a table, in memory.
type rows struct {
	table   string
	columns []string
	kinds   []string
	all     [][]any
}

// mutate applies a random mutation that changes something.
func (m *mutator) mutate(ctx context.Context, run engine.Statements) error {
	mutations := []struct {
		name string
		do   func()
	}{
		{"alter", func() { m.alter(&m.rows) }}, {"alter", func() { m.alter(&m.rows) }}, {"alter", func() { m.alter(&m.rows) }},
		{"alter a head", func() { m.alter(&m.heads) }}, {"exchange", func() { m.exchange(&m.rows) }}, {"exchange heads", func() { m.exchange(&m.heads) }},
		{"exchange places", m.exchangePlaces}, {"remove", func() { m.remove(&m.rows) }}, {"remove heads", func() { m.remove(&m.heads) }},
		{"insert", func() { m.insert(&m.rows) }}, {"insert a head", func() { m.insert(&m.heads) }}, {"truncate", m.truncate}, {"begin again", m.beginAgain},
		{"erase", m.erase}, {"restore", m.restore},
	}
	if m.first == nil {
		m.first = &[2]rows{}
		for i, table := range []string{m.table, "chain_heads"} {
			if err := m.first[i].load(ctx, run, table, m.ledger); err != nil {
				return err
			}
		}
	}
	if _, err := run.Exec(ctx, "SAVEPOINT mutation"); err != nil {
		return err
	}
	for {
		m.rows, m.heads = m.first[0].clone(), m.first[1].clone()
		one := mutations[m.IntN(len(mutations))]
		one.do()
		gone, fresh := m.first[0].difference(m.rows)
		goneHeads, freshHeads := m.first[1].difference(m.heads)
		if len(gone.all)+len(fresh.all)+len(goneHeads.all)+len(freshHeads.all) == 0 {
			continue
		}
		m.did = fmt.Sprint(one.name, "\nwithout ", gone.all, goneHeads.all, "\nwith ", fresh.all, freshHeads.all)
		return errors.Join(gone.remove(ctx, run), goneHeads.remove(ctx, run), fresh.insert(ctx, run), freshHeads.insert(ctx, run))
	}
}

// alter changes one value.
func (m *mutator) alter(r *rows) {
	row, column := r.all[m.IntN(len(r.all))], m.IntN(len(r.columns))
	other := r.all[m.IntN(len(r.all))][column]
	switch old := row[column].(type) {
	case int64:
		row[column] = []any{old + 1, old - 1, old + 64, -old, m.Int64(), other}[m.IntN(6)]
	case string:
		row[column] = []any{"", old + "x", old[:len(old)/2], strings.ToUpper(old), string(m.flipped(old)), other}[m.IntN(6)]
	case []byte:
		row[column] = []any{[]byte{}, append(slices.Clone(old), 0), old[:len(old)/2], m.flipped(string(old)), other}[m.IntN(5)]
	}
}

func (m *mutator) flipped(text string) []byte {
	if text == "" {
		return []byte("x")
	}
	b := []byte(text)
	b[m.IntN(len(b))] ^= 1
	return b
}

// exchange exchanges some values of two rows.
func (m *mutator) exchange(r *rows) {
	a, b := r.all[m.IntN(len(r.all))], r.all[m.IntN(len(r.all))]
	for _, column := range m.Perm(len(r.columns))[:1+m.IntN(len(r.columns)-1)] {
		a[column], b[column] = b[column], a[column]
	}
}

// exchangePlaces exchanges the places of two entries.
func (m *mutator) exchangePlaces() {
	a, b := m.rows.all[m.IntN(len(m.rows.all))], m.rows.all[m.IntN(len(m.rows.all))]
	withHash := m.IntN(2) == 0
	for i, column := range m.rows.columns {
		if column == "chain" || column == "number" || column == "hash" && withHash {
			a[i], b[i] = b[i], a[i]
		}
	}
}

func (m *mutator) remove(r *rows) {
	for range 1 + m.IntN(3) {
		if len(r.all) > 0 {
			at := m.IntN(len(r.all))
			r.all = slices.Delete(r.all, at, at+1)
		}
	}
}

// insert adds a copy of a row in another place.
func (m *mutator) insert(r *rows) {
	row := slices.Clone(r.all[m.IntN(len(r.all))])
	for i, column := range r.columns {
		switch column {
		case "id":
			row[i] = fmt.Sprint("inserted-", m.Int64())
		case "number":
			row[i] = row[i].(int64) + int64(m.IntN(9)-1)
		case "chain":
			row[i] = []any{row[i], int64(-1), int64(64), int64(m.IntN(70))}[m.IntN(4)]
		}
	}
	r.all = append(r.all, row)
}

// truncate removes the newest entry of a chain, and sets its head to the one before.
func (m *mutator) truncate() {
	of := m.rows.chain(m.rows.all[m.IntN(len(m.rows.all))])
	head := slices.IndexFunc(m.heads.all, func(row []any) bool { return m.heads.chain(row) == of })
	newest := m.heads.all[head][m.heads.at("number")]
	m.heads.all[head][m.heads.at("number")] = newest.(int64) - 1
	m.heads.all[head][m.heads.at("hash")] = []byte{}
	m.rows.all = slices.DeleteFunc(m.rows.all, func(row []any) bool {
		number := row[m.rows.at("number")].(int64)
		if m.rows.chain(row) == of && number == newest.(int64)-1 {
			m.heads.all[head][m.heads.at("hash")] = row[m.rows.at("hash")]
		}
		return m.rows.chain(row) == of && number == newest
	})
}

// beginAgain empties a chain, with the seal of a head that is still empty.
func (m *mutator) beginAgain() {
	of := m.rows.chain(m.rows.all[m.IntN(len(m.rows.all))])
	m.rows.all = slices.DeleteFunc(m.rows.all, func(row []any) bool { return m.rows.chain(row) == of })
	empty := slices.Clone(m.heads.all[m.IntN(len(m.heads.all))])
	for _, row := range m.heads.all {
		if m.heads.chain(row) == of {
			row[m.heads.at("number")], row[m.heads.at("hash")], row[m.heads.at("seal")] = int64(0), []byte{}, empty[m.heads.at("seal")]
		}
	}
}

// erase erases a consent without the key: with the proof of another erasure, or none.
func (m *mutator) erase() {
	row, other := m.rows.all[m.IntN(len(m.rows.all))], m.rows.all[m.IntN(len(m.rows.all))]
	for i, column := range m.rows.columns {
		switch column {
		case "user_id", "wording", "launch_id":
			row[i] = ""
		case "salt":
			row[i] = []byte{}
		case "erased_at":
			row[i] = int64(99)
		case "tombstone":
			row[i] = other[i]
		}
	}
}

// restore makes an erased consent somebody's again.
func (m *mutator) restore() {
	row := m.rows.all[m.IntN(len(m.rows.all))]
	if i := m.rows.at("erased_at"); i >= 0 && row[i] != int64(0) {
		row[i], row[m.rows.at("user_id")] = int64(0), "user-1"
	}
}

func (r *rows) at(column string) int { return slices.Index(r.columns, column) }

// chain returns the chain of a row; the audit log has one.
func (r *rows) chain(row []any) int64 {
	if i := r.at("chain"); i >= 0 {
		return row[i].(int64)
	}
	return 0
}

// clone returns a copy; its values are never changed in place.
func (r *rows) clone() rows {
	other := *r
	other.all = make([][]any, len(r.all))
	for i, row := range r.all {
		other.all[i] = slices.Clone(row)
	}
	return other
}

// difference returns the rows that only r has, and the rows that only other has.
func (r *rows) difference(other rows) (gone, fresh rows) {
	there := map[string]int{}
	for _, row := range other.all {
		there[text(row)]++
	}
	gone, fresh = *r, other
	gone.all, fresh.all = nil, nil
	for _, row := range r.all {
		if text := text(row); there[text] > 0 {
			there[text]--
		} else {
			gone.all = append(gone.all, row)
		}
	}
	for _, row := range other.all {
		if text := text(row); there[text] > 0 {
			there[text]--
			fresh.all = append(fresh.all, row)
		}
	}
	return gone, fresh
}

// text returns the values of a row, quickly.
func text(row []any) string {
	var b []byte
	for _, value := range row {
		switch v := value.(type) {
		case int64:
			b = strconv.AppendInt(b, v, 10)
		case string:
			b = append(b, v...)
		case []byte:
			b = append(b, v...)
		}
		b = append(b, 0)
	}
	return string(b)
}

// load reads the rows of a ledger, and the types of their columns.
func (r *rows) load(ctx context.Context, run engine.Statements, table, ledger string) error {
	*r = rows{table: table}
	err := run.All(ctx, func(row engine.Row) error {
		var name, kind string
		err := row.Scan(&name, &kind)
		r.columns, r.kinds = append(r.columns, name), append(r.kinds, kind)
		return err
	}, "SELECT name, type FROM pragma_table_info('"+table+"')")
	if err != nil {
		return err
	}
	return run.All(ctx, func(row engine.Row) error {
		dest, values := make([]any, len(r.columns)), make([]any, len(r.columns))
		for i, kind := range r.kinds {
			dest[i] = map[string]any{"TEXT": new(string), "BIGINT": new(int64), "BYTEA": new([]byte)}[kind]
		}
		err := row.Scan(dest...)
		for i := range dest {
			switch d := dest[i].(type) {
			case *string:
				values[i] = *d
			case *int64:
				values[i] = *d
			case *[]byte:
				values[i] = append([]byte{}, *d...)
			}
		}
		r.all = append(r.all, values)
		return err
	}, "SELECT "+strings.Join(r.columns, ", ")+" FROM "+table+r.where(ledger))
}

func (r *rows) where(ledger string) string {
	if r.at("ledger") >= 0 {
		return " WHERE ledger = '" + ledger + "'"
	}
	return ""
}

// remove removes the rows, by their keys.
func (r *rows) remove(ctx context.Context, run engine.Statements) error {
	for _, row := range r.all {
		query, args := " WHERE id = $1", []any{}
		if i := r.at("id"); i >= 0 {
			args = append(args, row[i])
		} else {
			query, args = " WHERE ledger = $1 AND chain = $2", append(args, row[r.at("ledger")], row[r.at("chain")])
		}
		if n, err := run.Exec(ctx, "DELETE FROM "+r.table+query, args...); err != nil || n != 1 {
			return fmt.Errorf("removing a row: %d rows, %w", n, err)
		}
	}
	return nil
}

func (r *rows) insert(ctx context.Context, run engine.Statements) error {
	for _, row := range r.all {
		if _, err := run.Exec(ctx, "INSERT INTO "+r.table+" ("+strings.Join(r.columns, ", ")+") VALUES ("+r.places()+")", row...); err != nil {
			return err
		}
	}
	return nil
}

func (r *rows) places() string {
	places := make([]string, len(r.columns))
	for i := range places {
		places[i] = fmt.Sprint("$", i+1)
	}
	return strings.Join(places, ", ")
}
