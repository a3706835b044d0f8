package money

import (
	"encoding/json"
	"strings"
	"testing"
)

func TestParse(t *testing.T) {
	for text, want := range map[string]Rupiah{
		"0": 0, "1": 1, "15000": 15000, "15000.0": 15000, "15000.00": 15000, "0.00": 0, "00015000": 15000, "99999999999": Max, "99999999999.00": Max,
	} {
		if got, err := Parse(text); err != nil || got != want {
			t.Errorf("%q: %d, %v, want %d", text, got, err, want)
		}
	}
	for text, why := range map[string]string{
		"": "digits only", ".": "whole rupiah", ".00": "digits only", "15000.": "whole rupiah", "15000.5": "whole rupiah", "15000.01": "whole rupiah", "15000.000": "whole rupiah",
		"15.000": "whole rupiah", "1.2.3": "whole rupiah", "15,000": "digits only", "-1": "digits only", "+1": "digits only", " 1": "digits only", "1 ": "digits only", "1e3": "digits only",
		"0x10": "digits only", "Rp1": "digits only", "١": "digits only", "1_000": "digits only", "NaN": "digits only", "100000000000": "at most", "99999999999999999999999": "at most",
		strings.Repeat("9", 10_000): "at most",
	} {
		if got, err := Parse(text); err == nil || !strings.Contains(err.Error(), why) {
			t.Errorf("%.30q: %d, %v, want an error that says %q", text, got, err, why)
		}
	}
}

func TestRupiah_Decimal_and_String(t *testing.T) {
	for r, want := range map[Rupiah][2]string{
		0: {"0.00", "Rp0"}, 7: {"7.00", "Rp7"}, 999: {"999.00", "Rp999"}, 1000: {"1000.00", "Rp1.000"}, 15000: {"15000.00", "Rp15.000"},
		123456: {"123456.00", "Rp123.456"}, Max: {"99999999999.00", "Rp99.999.999.999"}, -15000: {"-15000.00", "-Rp15.000"}, -1: {"-1.00", "-Rp1"},
	} {
		if r.Decimal() != want[0] || r.String() != want[1] {
			t.Errorf("%d is %q and %q, want %q", int64(r), r.Decimal(), r.String(), want)
		}
	}
}

func TestRupiah_JSON(t *testing.T) {
	data, err := json.Marshal(map[string]Rupiah{"amount": 15000})
	if err != nil || string(data) != `{"amount":{"value":"15000.00","currency":"IDR"}}` {
		t.Errorf("got %s, %v", data, err)
	}
	for text, want := range map[string]Rupiah{
		`15000`: 15000, `"15000"`: 15000, `"15000.00"`: 15000, `{"value":"15000.00","currency":"IDR"}`: 15000, `{"currency":"IDR","value":"0"}`: 0,
	} {
		var got Rupiah
		if err := json.Unmarshal([]byte(text), &got); err != nil || got != want {
			t.Errorf("%s: %d, %v", text, got, err)
		}
	}
	for _, text := range []string{`-1`, `1.5`, `1e3`, `"x"`, `""`, `true`, `[]`, `[1]`, `{}`, `{"value":"1"}`, `{"value":"1","currency":"idr"}`, `{"value":1,"currency":"IDR"}`, `{"value":"-1","currency":"IDR"}`} {
		got := Rupiah(42)
		if err := json.Unmarshal([]byte(text), &got); err == nil || got != 42 {
			t.Errorf("%s: %d, %v", text, got, err)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{"15000", "15000.00", "-1", "1e3", "99999999999", ""} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		r, err := Parse(text)
		if err != nil {
			return
		}
		if again, err := Parse(r.Decimal()); r < 0 || r > Max || err != nil || again != r {
			t.Errorf("%q is %d, and written again %d (%v)", text, r, again, err)
		}
	})
}
