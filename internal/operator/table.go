package operator

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
	"time"
	"unicode"
)

// Row is a row of an answer, by the names of its members.
type Row map[string]any

// ParseRow parses a row.
func ParseRow(data []byte) (r Row, err error) {
	return r, json.Unmarshal(data, &r)
}

// Column is a column of a table for people. Title is empty for the name of the member.
type Column struct {
	Member string // a path, such as amount.value; at the end _at or at for a time
	Title  string
}

// Columns returns columns with the names of members. A title may follow an equals sign.
func Columns(members ...string) []Column {
	columns := make([]Column, len(members))
	for i, one := range members {
		columns[i].Member, columns[i].Title, _ = strings.Cut(one, "=")
	}
	return columns
}

func (c Column) title() string {
	if c.Title != "" {
		return strings.ToUpper(c.Title)
	}
	name := strings.TrimSuffix(c.Member, ".value")
	return strings.ToUpper(strings.NewReplacer("_", " ", ".", " ").Replace(strings.TrimSuffix(name, "_at")))
}

// WriteTable writes rows as a table with a line of titles.
func WriteTable(w io.Writer, columns []Column, rows []Row) error {
	var text strings.Builder
	table := tabwriter.NewWriter(&text, 0, 8, 2, ' ', 0)
	cells := make([]string, len(columns))
	line := func(cell func(Column) string) error {
		for i, c := range columns {
			cells[i] = cell(c)
		}
		_, err := fmt.Fprintln(table, strings.Join(cells, "\t"))
		return err
	}
	if err := line(Column.title); err != nil {
		return err
	}
	for _, row := range rows {
		if err := line(func(c Column) string { return row.Text(c.Member) }); err != nil {
			return err
		}
	}
	if err := table.Flush(); err != nil {
		return err
	}
	for line := range strings.Lines(text.String()) {
		if _, err := fmt.Fprintln(w, strings.TrimRight(line, " \n")); err != nil {
			return err
		}
	}
	return nil
}

// WriteFields writes one row as lines of title and value. Members without a value are left
// out.
func WriteFields(w io.Writer, columns []Column, row Row) error {
	table := tabwriter.NewWriter(w, 0, 8, 2, ' ', 0)
	for _, c := range columns {
		if text := row.Text(c.Member); text != "" {
			if _, err := fmt.Fprintf(table, "%s\t%s\n", strings.ToLower(c.title()), text); err != nil {
				return err
			}
		}
	}
	return table.Flush()
}

// Text returns the member at a path as text for people, in one line.
func (r Row) Text(path string) string {
	var value any = map[string]any(r)
	for name := range strings.SplitSeq(path, ".") {
		members, _ := value.(map[string]any)
		value = members[name]
	}
	if number, ok := value.(float64); ok && (path == "at" || strings.HasSuffix(path, "_at") || strings.HasSuffix(path, "_until")) {
		if number == 0 {
			return ""
		}
		return time.UnixMilli(int64(number)).UTC().Format("2006-01-02 15:04:05")
	}
	if strings.HasSuffix(path, ".value") { // of an amount
		return strings.TrimSuffix(describe(value), ".00")
	}
	return line(describe(value))
}

func describe(value any) string {
	switch v := value.(type) {
	case nil:
		return ""
	case string:
		return v
	case float64:
		return fmt.Sprint(int64(v))
	case []any:
		texts := make([]string, len(v))
		for i, one := range v {
			texts[i] = describe(one)
		}
		return strings.Join(texts, ", ")
	case map[string]any:
		if name, ok := v["name"].(string); ok { // a grant
			return name
		}
		if currency, ok := v["currency"].(string); ok { // money
			return currency + " " + strings.TrimSuffix(describe(v["value"]), ".00")
		}
		if len(v) == 0 {
			return ""
		}
		data, _ := json.Marshal(v) // values from JSON
		return string(data)
	default:
		return fmt.Sprint(v)
	}
}

// line removes what would break a line or control the terminal.
func line(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) {
			return ' '
		}
		return r
	}, text)
}
