package operator_test

import (
	"strings"
	"testing"

	"github.com/selasar/selasar/internal/operator"
)

func TestText_writes_values_for_people(t *testing.T) {
	row, err := operator.ParseRow([]byte(`{
		"name": "Kopi\u001b[31m\n\u202eipoK", "created_at": 1796083200000, "ended_at": 0, "scopes": ["a", "b"], "grants": [{"name": "getLocation", "reason": "x"}],
		"amount": {"value": "25000.00", "currency": "IDR"}, "attempts": 3, "revoked": false, "detail": {"reason": "x"}, "empty": {}, "none": null}`))
	if err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{
		"name": "Kopi [31m  ipoK", "created_at": "2026-12-01 00:00:00", "ended_at": "", "scopes": "a, b", "grants": "getLocation",
		"amount": "IDR 25000", "amount.value": "25000", "attempts": "3", "revoked": "false", "detail": `{"reason":"x"}`, "empty": "", "none": "", "absent.x": "",
	} {
		if got := row.Text(path); got != want {
			t.Errorf("%s: %q, want %q", path, got, want)
		}
	}
}

func TestWriteTable_aligns_columns(t *testing.T) {
	var out strings.Builder
	rows := []operator.Row{{"id": "a", "live_version": 1.0}, {"id": "longer"}}
	if err := operator.WriteTable(&out, operator.Columns("id", "live_version", "x=note"), rows); err != nil {
		t.Fatal(err)
	}
	if want := "ID      LIVE VERSION  NOTE\na       1\nlonger\n"; out.String() != want {
		t.Errorf("%q, want %q", out.String(), want)
	}
	out.Reset()
	if err := operator.WriteFields(&out, operator.Columns("id", "live_version"), rows[1]); err != nil || out.String() != "id  longer\n" {
		t.Errorf("%q %v", out.String(), err)
	}
}
