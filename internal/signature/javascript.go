package signature

import (
	"bytes"
	"cmp"
	"errors"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
)

// errOtherValue is the error of a body that JavaScript would write with another value.
var errOtherValue = errors.New("JavaScript would change a number")

// javascript returns a body as JSON.stringify(JSON.parse(body)) writes it (ECMA-262,
// 25.5). ok is false if the body is not JSON, has a name twice or half a surrogate pair,
// or has a number that JavaScript changes or that exceeds 2^53.
func javascript(body []byte) (form []byte, ok bool) {
	d := jsontext.NewDecoder(bytes.NewReader(body))
	form, err := rewrite(d, make([]byte, 0, len(body)))
	if err != nil {
		return nil, false
	}
	_, err = d.ReadToken()
	return form, errors.Is(err, io.EOF)
}

// rewrite appends the next value of d.
func rewrite(d *jsontext.Decoder, out []byte) ([]byte, error) {
	token, err := d.ReadToken()
	if err != nil {
		return nil, err
	}
	switch token.Kind() {
	case '{':
		return rewriteObject(d, out)
	case '[':
		return rewriteList(d, out)
	case '"':
		return jsontext.AppendQuote(out, token.String())
	case '0':
		return rewriteNumber(token.String(), out)
	default:
		return append(out, token.String()...), nil
	}
}

func rewriteList(d *jsontext.Decoder, out []byte) (_ []byte, err error) {
	out = append(out, '[')
	for first := true; d.PeekKind() != ']'; first = false {
		if !first {
			out = append(out, ',')
		}
		if out, err = rewrite(d, out); err != nil {
			return nil, err
		}
	}
	_, err = d.ReadToken()
	return append(out, ']'), err
}

// rewriteObject writes the members with an array index as their name first, in ascending
// order, and then the others in their own order (ECMA-262, 10.1.11).
func rewriteObject(d *jsontext.Decoder, out []byte) ([]byte, error) {
	type member struct {
		index uint64
		text  []byte
	}
	var members []member
	for d.PeekKind() != '}' {
		name, err := d.ReadToken()
		if err != nil {
			return nil, err
		}
		one := member{index: arrayIndex(name.String())}
		if one.text, err = jsontext.AppendQuote(nil, name.String()); err != nil {
			return nil, err
		}
		if one.text, err = rewrite(d, append(one.text, ':')); err != nil {
			return nil, err
		}
		members = append(members, one)
	}
	slices.SortStableFunc(members, func(a, b member) int { return cmp.Compare(a.index, b.index) })
	out = append(out, '{')
	for i, one := range members {
		if i > 0 {
			out = append(out, ',')
		}
		out = append(out, one.text...)
	}
	_, err := d.ReadToken()
	return append(out, '}'), err
}

// notIndex sorts the other names behind all array indexes.
const notIndex = math.MaxUint32

// arrayIndex returns the array index that a name spells, or notIndex.
func arrayIndex(name string) uint64 {
	n, err := strconv.ParseUint(name, 10, 32)
	if err != nil || strconv.FormatUint(n, 10) != name {
		return notIndex
	}
	return n
}

func rewriteNumber(text string, out []byte) ([]byte, error) {
	n, err := strconv.ParseFloat(text, 64)
	if err != nil || math.Abs(n) > 1<<53 {
		return nil, errOtherValue
	}
	written := "0" // also for -0
	if n != 0 {
		written = jsontext.Float(n).String()
	}
	if decimal(written) != decimal(text) {
		return nil, errOtherValue
	}
	return append(out, written...), nil
}

// number is a decimal number: digits · 10^exponent. The digits neither start nor end with
// zero.
type number struct {
	digits   string
	exponent int
	negative bool
}

// decimal returns the exact value of a JSON number whose float64 is finite.
func decimal(text string) (n number) {
	text, n.negative = strings.CutPrefix(text, "-")
	mantissa, exponent := text, ""
	if at := strings.IndexAny(text, "eE"); at >= 0 {
		mantissa, exponent = text[:at], text[at+1:]
	}
	whole, fraction, _ := strings.Cut(mantissa, ".")
	digits := strings.TrimLeft(whole+fraction, "0")
	n.digits = strings.TrimRight(digits, "0")
	if n.digits == "" {
		return number{} // zero has no sign
	}
	n.exponent, _ = strconv.Atoi(exponent) // an exponent out of range is the largest one, whose float64 is 0 or infinite
	n.exponent += len(digits) - len(n.digits) - len(fraction)
	return n
}
