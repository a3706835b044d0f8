package edge

import (
	"bytes"
	"errors"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/selasar/selasar/internal/mask"
	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/strict"
)

// Problems of the bodies that mini-app backends send.
const (
	BodyMalformed problem.Code = "body_malformed"
	FieldBlank    problem.Code = "field_blank"
	FieldWrong    problem.Code = "field_wrong"
	FieldLong     problem.Code = "field_long"
)

// ReadFields reads a backend's JSON body into v. It ignores members that v does
// not have, and refuses a repeated member.
func ReadFields(body []byte, v any) error {
	if len(bytes.TrimSpace(body)) == 0 {
		return problem.New(FieldBlank, "the body is empty; send a JSON object")
	}
	return Loosely("the body", body, v)
}

// Loosely reads JSON into v and ignores unknown members. Its problems are FieldWrong,
// BodyMalformed, and ParamValue for a control character; their messages start with name.
func Loosely(name string, data []byte, v any) error {
	err := strict.Loosely(data, v)
	wrong, ok := errors.AsType[*strict.Error](err)
	switch {
	case err == nil:
		return nil
	case ok && wrong.Kind == strict.Text:
		return problem.New(problem.ParamValue, "%s: %v", name, err)
	case ok && wrong.Kind != strict.Syntax:
		return problem.New(FieldWrong, "%s: %v", name, err)
	default:
		return problem.New(BodyMalformed, "%s: %v", name, err)
	}
}

const maxText = 4096

// Text checks that a text member is neither empty nor longer than 4096
// characters.
func Text(name, value string) error { return filled(name, value, maxText) }

func filled(name, value string, most int) error {
	n := utf8.RuneCountInString(value)
	switch {
	case value == "":
		return problem.New(FieldBlank, "%s is missing or empty", name)
	case n > most:
		return problem.New(FieldLong, "%s is %d characters long; at most %d", name, n, most)
	}
	return nil
}

// MaxLine is the largest number of characters of a line without a documented limit.
const MaxLine = 255

// Line checks a text member that is stored: one line, not empty, and at most that many
// characters.
func Line(name, value string, most int) error {
	if err := filled(name, value, most); err != nil {
		return err
	}
	if !Storable(value) {
		return problem.New(FieldWrong, "%s must be one line of text, without control characters", name)
	}
	return nil
}

// Storable reports whether every database stores a text unchanged.
func Storable(text string) bool {
	return utf8.ValidString(text) && !strings.ContainsFunc(text, unicode.IsControl)
}

// excerpt is the length of an excerpt in bytes.
const excerpt = 40

// Excerpt returns the beginning of a string for a message, and masks the secrets that
// it recognises.
func Excerpt(text string) string {
	text = mask.Text(text)
	if len(text) > excerpt {
		return strings.ToValidUTF8(text[:excerpt], "") + "…"
	}
	return text
}
