package sqlite

import (
	"bytes"
	"errors"
	"path/filepath"
	"strings"
	"testing"

	lib "modernc.org/sqlite/lib"
)

func opened(t *testing.T) *Conn {
	t.Helper()
	c, err := Open(filepath.Join(t.TempDir(), "a b?.db"), "journal_mode(WAL)", "foreign_keys(1)")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := c.Close(); err != nil {
			t.Error(err)
		}
	})
	return c
}

// row reads the only row of a query.
func (c *Conn) row(query string, args []any, dest ...any) error {
	s, err := c.Query(query, args...)
	if err != nil {
		return err
	}
	defer s.Close()
	if found, err := s.Next(); err != nil || !found {
		return errors.Join(errors.New("there is no row"), err)
	}
	return s.Scan(dest...)
}

type (
	state string
	count int64
	raw   []byte
)

func TestQuery_returns_parameters_as_they_were(t *testing.T) {
	c := opened(t)
	var (
		text, empty, odd string
		named            state
		small            int
		large            int64
		typed            count
		yes, no          bool
		data, none, null []byte
		other            raw
	)
	args := []any{"é", "", "a\x00b", state("open"), 7, int64(1) << 60, count(-3), true, false, []byte{0, 1}, []byte{}, nil, raw("r")}
	err := c.row(`SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13`, args,
		&text, &empty, &odd, &named, &small, &large, &typed, &yes, &no, &data, &none, &null, &other)
	if err != nil {
		t.Fatal(err)
	}
	if text != "é" || empty != "" || odd != "a\x00b" || named != "open" || small != 7 || large != 1<<60 || typed != -3 || !yes || no ||
		!bytes.Equal(data, []byte{0, 1}) || none != nil || null != nil || string(other) != "r" {
		t.Errorf("%q %q %q %q %d %d %d %v %v %v %v %v %q", text, empty, odd, named, small, large, typed, yes, no, data, none, null, other)
	}
}

// The number decides, not the place: a parameter may come twice, or in another order.
func TestQuery_binds_parameters_by_their_numbers(t *testing.T) {
	var got string
	if err := opened(t).row(`SELECT $2 || $1 || $2`, []any{"a", "b"}, &got); err != nil || got != "bab" {
		t.Errorf("%q, %v", got, err)
	}
}

func TestQuery_refuses_wrong_parameters(t *testing.T) {
	c := opened(t)
	for query, args := range map[string][]any{
		`SELECT $1`:            {},
		`SELECT $1, $2`:        {1, 2, 3},
		`SELECT ?`:             {1},
		`SELECT :name`:         {1},
		`SELECT $1 `:           {1.5},
		`SELECT 1; SELECT 2`:   {},
		` -- only a comment`:   {},
		`SELECT * FROM absent`: {},
	} {
		if err := c.row(query, args, new(int)); err == nil {
			t.Errorf("%s with %v: no error", query, args)
		}
	}
}

func TestScan_refuses_a_column_that_does_not_fit(t *testing.T) {
	c := opened(t)
	for query, dest := range map[string][]any{
		`SELECT NULL`:      {new(string)},
		`SELECT NULL + 1`:  {new(int64)},
		`SELECT 'five'`:    {new(int)},
		`SELECT '5'`:       {new(count)},
		`SELECT 1.5`:       {new(int64)},
		`SELECT 1`:         {new(string), new(string)},
		`SELECT 'a', 'b'`:  {new(string)},
		`SELECT 'a' AS x`:  {new(float64)},
		`SELECT 'a' AS xy`: {state("")},
	} {
		if err := c.row(query, nil, dest...); err == nil {
			t.Errorf("%s into %T: no error", query, dest[0])
		}
	}
}

// A statement that runs inside its own rows does not disturb them.
func TestQuery_inside_itself_has_its_own_rows(t *testing.T) {
	c := opened(t)
	if err := c.Script(`CREATE TABLE n (i BIGINT); INSERT INTO n VALUES (1), (2), (3);`); err != nil {
		t.Fatal(err)
	}
	const query = `SELECT i FROM n WHERE i >= $1 ORDER BY i`
	outer, err := c.Query(query, 1)
	if err != nil {
		t.Fatal(err)
	}
	defer outer.Close()
	sum := 0
	for {
		more, err := outer.Next()
		if err != nil {
			t.Fatal(err)
		}
		if !more {
			break
		}
		var a, b int
		if err := errors.Join(outer.Scan(&a), c.row(query, []any{3}, &b)); err != nil {
			t.Fatal(err)
		}
		sum += a * b
	}
	if sum != 3*(1+2+3) {
		t.Errorf("the sum is %d", sum)
	}
}

func TestExec_returns_the_changed_rows_and_the_code_of_an_error(t *testing.T) {
	c := opened(t)
	if err := c.Script("CREATE TABLE u (name TEXT PRIMARY KEY); -- end\n"); err != nil {
		t.Fatal(err)
	}
	const insert = `INSERT INTO u (name) VALUES ($1)`
	for _, name := range []string{"a", strings.Repeat("long ", 1000)} {
		if n, err := c.Exec(insert, name); err != nil || n != 1 {
			t.Fatalf("%d rows, %v", n, err)
		}
	}
	_, err := c.Exec(insert, "a")
	if failed, ok := errors.AsType[*Error](err); !ok || failed.Code != lib.SQLITE_CONSTRAINT_PRIMARYKEY || failed.Primary() != lib.SQLITE_CONSTRAINT {
		t.Errorf("a second row with the same key: %v", err)
	}
	if n, err := c.Exec(`DELETE FROM u WHERE name <> $1`, ""); err != nil || n != 2 {
		t.Errorf("%d rows deleted, %v", n, err)
	}
}

func TestScript_stops_at_the_first_error(t *testing.T) {
	c := opened(t)
	if err := c.Script(`CREATE TABLE a (i BIGINT); nonsense; CREATE TABLE b (i BIGINT)`); err == nil || !strings.Contains(err.Error(), "nonsense") {
		t.Errorf("error %v", err)
	}
	var n int
	if err := c.row(`SELECT count(*) FROM sqlite_schema`, nil, &n); err != nil || n != 1 {
		t.Errorf("%d tables, %v", n, err)
	}
}

func TestOpen_names_a_file_that_cannot_be_opened(t *testing.T) {
	_, err := Open(filepath.Join(t.TempDir(), "absent", "x.db"))
	if failed, ok := errors.AsType[*Error](err); !ok || failed.Primary() != lib.SQLITE_CANTOPEN {
		t.Errorf("error %v", err)
	}
}

func TestInterrupt_ends_only_the_running_statement(t *testing.T) {
	c := opened(t)
	s, err := c.Query(`WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n WHERE i < 2 OR i < 0`)
	if err != nil {
		t.Fatal(err)
	}
	if more, err := s.Next(); err != nil || !more {
		t.Fatal(more, err)
	}
	ended := make(chan struct{})
	go func() { defer close(ended); c.Interrupt() }()
	_, err = s.Next() // without an end
	<-ended
	s.Close()
	if failed, ok := errors.AsType[*Error](err); !ok || failed.Code != lib.SQLITE_INTERRUPT {
		t.Errorf("the running statement: %v", err)
	}
	var n int
	if err := c.row(`SELECT 1`, nil, &n); err != nil || n != 1 {
		t.Errorf("the next statement: %d, %v", n, err)
	}
}
