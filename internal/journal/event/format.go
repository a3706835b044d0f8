package event

import (
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"time"

	"github.com/selasar/selasar/internal/journal"
	"github.com/selasar/selasar/internal/language"
	"github.com/selasar/selasar/internal/money"
)

// formats are the ways to write a member that its type does not decide.
var formats = []string{"rupiah", "ms", "hours", "lines", "quoted", advice}

// formatted writes a value in one of the formats.
func formatted(format string, l language.Language, v, data reflect.Value, e *journal.Entry) string {
	switch format {
	case "rupiah":
		return money.Rupiah(v.Int()).String()
	case "ms":
		return span(l, time.Duration(v.Int())*time.Millisecond)
	case "hours":
		return grouped(l, v.Int()/time.Hour.Milliseconds())
	case "lines":
		return joined(l, v, data, e, "; ")
	case "quoted":
		return quoted(v)
	case advice:
		if code, ok := v.Interface().(advising); ok {
			return words(l, code.advice(), v, data, e)
		}
	}
	return plain(l, v, data, e)
}

// quoted writes a string, or each of a list, in double quotes.
func quoted(v reflect.Value) string {
	if v.Kind() == reflect.String {
		return strconv.Quote(v.String())
	}
	parts := make([]string, v.Len())
	for i := range parts {
		parts[i] = strconv.Quote(v.Index(i).String())
	}
	return strings.Join(parts, ", ")
}

// plain writes a value as its type says; a code without words, as one of a
// newer program is, stands as it is.
func plain(l language.Language, v, data reflect.Value, e *journal.Entry) string {
	if code, ok := v.Interface().(worded); ok {
		if text := words(l, code.wording(), v, data, e); text != "" {
			return text
		}
	}
	if text, ok := v.Interface().(fmt.Stringer); ok {
		return text.String()
	}
	switch v.Kind() {
	case reflect.String:
		return v.String()
	case reflect.Int, reflect.Int64:
		return grouped(l, v.Int())
	case reflect.Slice:
		return joined(l, v, data, e, ", ")
	default:
		return fmt.Sprint(v.Interface())
	}
}

func joined(l language.Language, v, data reflect.Value, e *journal.Entry, between string) string {
	parts := make([]string, v.Len())
	for i := range parts {
		parts[i] = plain(l, v.Index(i), data, e)
	}
	return strings.Join(parts, between)
}

// grouped writes a whole number in groups of three: 1,500; in Indonesian 1.500.
func grouped(l language.Language, n int64) string {
	digits, sign := strconv.FormatInt(n, 10), ""
	if n < 0 {
		sign, digits = "-", digits[1:]
	}
	between := language.Text{English: ",", Indonesian: "."}.In(l)
	for at := len(digits) - 3; at > 0; at -= 3 {
		digits = digits[:at] + between + digits[at:]
	}
	return sign + digits
}

// units are the units of a span, the largest first.
var units = []struct {
	size  time.Duration
	short language.Text
}{
	{24 * time.Hour, language.Text{English: "d", Indonesian: "hari"}},
	{time.Hour, language.Text{English: "h", Indonesian: "jam"}},
	{time.Minute, language.Text{English: "min", Indonesian: "mnt"}},
	{time.Second, language.Text{English: "s", Indonesian: "dtk"}},
	{time.Millisecond, language.Text{English: "ms", Indonesian: "ms"}},
}

// span writes a duration in its two largest units: "1 d 2 h", "30 s"; in
// Indonesian "1 hari 2 jam".
func span(l language.Language, d time.Duration) string {
	var parts []string
	for _, u := range units {
		n := d / u.size
		d -= n * u.size
		if n > 0 && len(parts) < 2 {
			parts = append(parts, strconv.FormatInt(int64(n), 10)+" "+u.short.In(l))
		}
	}
	if len(parts) == 0 {
		return "0 " + units[len(units)-1].short.In(l)
	}
	return strings.Join(parts, " ")
}
