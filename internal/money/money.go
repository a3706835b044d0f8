// Package money defines amounts in whole rupiah. The platform has no other
// currency and no fractions of a rupiah.
package money

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
)

// Rupiah is an amount in whole rupiah.
type Rupiah int64

// Max is the largest amount of one payment (seamless-payment-v2: 99999999999.00).
const Max Rupiah = 99_999_999_999

// Decimal returns the amount in the form of BI-SNAP: "15000.00".
func (r Rupiah) Decimal() string { return strconv.FormatInt(int64(r), 10) + ".00" }

// String returns the amount in the Indonesian notation: "Rp15.000".
func (r Rupiah) String() string {
	digits := strconv.FormatInt(int64(r), 10)
	sign := ""
	if strings.HasPrefix(digits, "-") {
		sign, digits = "-", digits[1:]
	}
	var b strings.Builder
	b.WriteString(sign + "Rp")
	for i, d := range digits {
		if i > 0 && (len(digits)-i)%3 == 0 {
			b.WriteByte('.')
		}
		b.WriteRune(d)
	}
	return b.String()
}

// Parse reads "15000" or "15000.00". It returns an error for fractions of a
// rupiah, signs, spaces and thousands separators.
func Parse(s string) (Rupiah, error) {
	whole, fraction, dotted := strings.Cut(s, ".")
	if dotted && (fraction == "" || strings.Trim(fraction, "0") != "" || len(fraction) > 2) {
		return 0, fmt.Errorf("amount %q: whole rupiah only, written 15000 or 15000.00", s)
	}
	if whole == "" || strings.Trim(whole, "0123456789") != "" {
		return 0, fmt.Errorf("amount %q: digits only, written 15000 or 15000.00", s)
	}
	n, err := strconv.ParseInt(whole, 10, 64)
	if err != nil || Rupiah(n) > Max {
		return 0, fmt.Errorf("amount %q: at most %s", s, Max.Decimal())
	}
	return Rupiah(n), nil
}

// amount is the JSON form of an amount in BI-SNAP and in Selasar's own APIs.
type amount struct {
	Value    string `json:"value"`
	Currency string `json:"currency"`
}

// MarshalJSON writes {"value":"15000.00","currency":"IDR"}.
func (r Rupiah) MarshalJSON() ([]byte, error) {
	return json.Marshal(amount{Value: r.Decimal(), Currency: "IDR"})
}

// UnmarshalJSON reads the object form, a number of rupiah, or a string.
func (r *Rupiah) UnmarshalJSON(data []byte) error {
	var text string
	switch {
	case len(data) > 0 && data[0] == '{':
		var a amount
		if err := json.Unmarshal(data, &a); err != nil {
			return fmt.Errorf("amount: %w", err)
		}
		if a.Currency != "IDR" {
			return fmt.Errorf("amount: currency %q is not known, only IDR", a.Currency)
		}
		text = a.Value
	case len(data) > 0 && data[0] == '"':
		if err := json.Unmarshal(data, &text); err != nil {
			return fmt.Errorf("amount: %w", err)
		}
	default:
		text = string(data)
	}
	parsed, err := Parse(text)
	if err != nil {
		return err
	}
	*r = parsed
	return nil
}
