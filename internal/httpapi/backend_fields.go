package httpapi

import (
	"bytes"
	"errors"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/strict"
)

// readFields reads the JSON body of a backend's request into v: members that v
// does not have are ignored, the same member twice is not.
func readFields(body []byte, v any) error {
	if len(bytes.TrimSpace(body)) == 0 {
		return problem.New(fieldBlank, "the body is empty; send a JSON object")
	}
	return loosely("the body", body, v)
}

func (c *backendCall) fields(v any) error { return readFields(c.Body, v) }
func (c *snapCall) fields(v any) error    { return readFields(c.Body, v) }

func loosely(what string, data []byte, v any) error {
	err := strict.Loosely(data, v)
	if wrong, ok := errors.AsType[*strict.Error](err); ok && wrong.Kind != strict.Syntax {
		return problem.New(fieldWrong, "%s: %v", what, err)
	}
	if err != nil {
		return problem.New(bodyMalformed, "%s: %v", what, err)
	}
	return nil
}

const maxField = 4096

// needed checks that a text member is there and not too long.
func needed(name, value string) error { return filled(name, value, maxField) }

func filled(name, value string, most int) error {
	n := utf8.RuneCountInString(value)
	switch {
	case value == "":
		return problem.New(fieldBlank, "%s is missing or empty", name)
	case n > most:
		return problem.New(fieldLong, "%s is %d characters long; at most %d", name, n, most)
	}
	return nil
}

// maxLine is the length of the lines that no page gives a length, in characters.
const maxLine = 255

// line checks a text member that is kept: one line, neither empty nor too long.
func line(name, value string, most int) error {
	if err := filled(name, value, most); err != nil {
		return err
	}
	if !keepable(value) {
		return problem.New(fieldWrong, "%s must be one line of text, without control characters", name)
	}
	return nil
}

// notInReference says whether a character stands in no number of a mini app's own:
// partnerReferenceNo and order_id take letters, digits, dash, underscore, tilde
// and dot (seamless-payment-v2, miniapp-x-snap-checkout-payment).
func notInReference(r rune) bool {
	return !('0' <= r && r <= '9' || 'A' <= r && r <= 'Z' || 'a' <= r && r <= 'z' || strings.ContainsRune("-_~.", r))
}

// keepable says whether every database keeps a text as it is.
func keepable(text string) bool {
	return utf8.ValidString(text) && !strings.ContainsFunc(text, unicode.IsControl)
}
