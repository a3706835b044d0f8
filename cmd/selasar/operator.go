package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"strings"
	"time"

	"github.com/selasar/selasar/internal/operator"
)

// connection has the flags of each command that calls the operator API. The API key is no
// flag, because other users of the machine see arguments.
type connection struct {
	Server  string `env:"SELASAR_SERVER" default:"http://127.0.0.1:7400" placeholder:"URL" help:"Address of the operator API (default: ${default})."`
	KeyFile string `env:"SELASAR_KEY_FILE" placeholder:"FILE" help:"File with the API key (default: the variable SELASAR_KEY)."`
	JSON    bool   `name:"json" help:"Print the answer as JSON."`
}

func (c connection) client() (*operator.Client, error) {
	key := os.Getenv("SELASAR_KEY")
	if c.KeyFile != "" {
		data, err := os.ReadFile(c.KeyFile)
		if err != nil {
			return nil, fmt.Errorf("--key-file: %w", err)
		}
		key = string(data)
	}
	return operator.New(operator.Config{Server: c.Server, Key: key})
}

// paging has the flags of lists.
type paging struct {
	Limit  int    `default:"100" placeholder:"N" help:"Most rows (default: ${default})."`
	Cursor string `placeholder:"CURSOR" help:"Continue after the rows of an earlier list, which has printed the cursor."`
}

// list prints rows of a list. Name is the member of the answer that has them.
func (c connection) list(ctx context.Context, s streams, p paging, path, name string, query url.Values, columns []operator.Column) error {
	if p.Limit < 1 {
		return fmt.Errorf("--limit %d: it must be 1 or more", p.Limit)
	}
	client, err := c.client()
	if err != nil {
		return err
	}
	found, err := client.List(ctx, path, name, query, p.Cursor, p.Limit)
	if err != nil {
		return err
	}
	if c.JSON {
		all := map[string]any{name: found.Rows}
		if found.Next != "" {
			all["next"] = found.Next
		}
		return printJSON(s, all)
	}
	rows := make([]operator.Row, len(found.Rows))
	for i, data := range found.Rows {
		if rows[i], err = operator.ParseRow(data); err != nil {
			return err
		}
	}
	if err := operator.WriteTable(s.out, columns, rows); err != nil {
		return err
	}
	if found.Next != "" {
		_, _ = fmt.Fprintf(s.err, "there are more rows; repeat with --cursor %s\n", found.Next)
	}
	return nil
}

// do sends a request and prints its answer; said is the line for an answer without a body.
func (c connection) do(ctx context.Context, s streams, r operator.Request, columns []operator.Column, said string) error {
	client, err := c.client()
	if err != nil {
		return err
	}
	a, err := client.Do(ctx, r)
	if err != nil {
		return err
	}
	return c.print(s, a, columns, said)
}

func (c connection) print(s streams, a operator.Answer, columns []operator.Column, said string) error {
	switch {
	case c.JSON && len(a.Body) == 0:
		return nil
	case c.JSON:
		return printJSON(s, json.RawMessage(a.Body))
	case len(a.Body) == 0:
		_, err := fmt.Fprintln(s.out, said)
		return err
	}
	row, err := operator.ParseRow(a.Body)
	if err != nil {
		return err
	}
	return operator.WriteFields(s.out, columns, row)
}

func printJSON(s streams, v any) error {
	encoder := json.NewEncoder(s.out)
	encoder.SetIndent("", "  ")
	encoder.SetEscapeHTML(false)
	return encoder.Encode(v)
}

// lookup is a request that reads.
func lookup(parts ...string) operator.Request {
	return operator.Request{Method: http.MethodGet, Path: at(parts...)}
}

// post is a request that changes something.
func post(body any, parts ...string) operator.Request {
	return operator.Request{Method: http.MethodPost, Path: at(parts...), Body: body}
}

// at returns a path of the API from its parts.
func at(parts ...string) string {
	for i, part := range parts {
		parts[i] = url.PathEscape(part)
	}
	return "/admin/v1/" + strings.Join(parts, "/")
}

// chosen returns a query with the values that are not empty, from pairs of name and value.
func chosen(pairs ...string) url.Values {
	query := url.Values{}
	for i := 0; i < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			query.Set(pairs[i], pairs[i+1])
		}
	}
	return query
}

// moment is a time in a flag: RFC 3339, a day, or how long ago it was, such as 24h. The
// zero value is no time.
type moment struct{ time.Time }

// UnmarshalText parses a time.
func (m *moment) UnmarshalText(text []byte) (err error) {
	if ago, err := parsePeriod(string(text)); err == nil {
		m.Time = time.Now().Add(-time.Duration(ago))
		return nil
	}
	for _, form := range []string{time.RFC3339, "2006-01-02"} {
		if m.Time, err = time.Parse(form, string(text)); err == nil {
			return nil
		}
	}
	return fmt.Errorf("%q is no time; write 2026-12-01T07:00:00+07:00, 2026-12-01 (UTC), or how long ago it was, such as 24h or 7d", text)
}

// milliseconds returns the time as the API takes it; empty for none.
func (m moment) milliseconds() string {
	if m.IsZero() {
		return ""
	}
	return fmt.Sprint(m.UnixMilli())
}

// period is a duration in a flag, which may be in days, such as 90d.
type period time.Duration

// UnmarshalText parses a duration.
func (p *period) UnmarshalText(text []byte) (err error) {
	*p, err = parsePeriod(string(text))
	return err
}

func parsePeriod(text string) (period, error) {
	var days int
	if n, err := fmt.Sscanf(text, "%dd", &days); err == nil && n == 1 && fmt.Sprintf("%dd", days) == text && days >= 0 && days < 10000 {
		return period(days) * period(24*time.Hour), nil
	}
	d, err := time.ParseDuration(text)
	if err != nil || d < 0 {
		return 0, fmt.Errorf("%q is no duration; write it like 90d, 12h or 30m", text)
	}
	return period(d), nil
}

func (p period) seconds() int64 { return int64(time.Duration(p) / time.Second) }
