package edge

import (
	"cmp"
	"encoding/base64"
	"strings"

	"github.com/selasar/selasar/internal/problem"
)

// Problems of an Authorization header.
const (
	AuthMissing   problem.Code = "authorization_missing"
	AuthMalformed problem.Code = "authorization_malformed"
)

// Credentials returns the part of an Authorization header after the scheme. Its
// problems: AuthMissing, AuthMalformed.
func Credentials(header, scheme string) (string, error) {
	if strings.TrimSpace(header) == "" {
		return "", problem.New(AuthMissing, "the Authorization header is missing; send Authorization: %s ...", scheme)
	}
	got, rest, _ := strings.Cut(header, " ")
	if !strings.EqualFold(got, scheme) || strings.TrimSpace(rest) == "" {
		return "", problem.New(AuthMalformed, "the Authorization header must read %s, a space, and the credentials", scheme)
	}
	return strings.TrimSpace(rest), nil
}

// BasicPair returns the id and the password of an Authorization header with the
// scheme Basic. Its problems: AuthMissing, AuthMalformed.
func BasicPair(header string) (id, password string, err error) {
	encoded, err := Credentials(header, "Basic")
	if err != nil {
		return "", "", err
	}
	plain, err := base64.StdEncoding.DecodeString(encoded)
	id, password, ok := strings.Cut(string(plain), ":")
	if word := cmp.Or(Placeholder(id), Placeholder(password)); word != "" {
		return "", "", problem.New(problem.Unauthorized, "your code sent %s instead of a credential; is its environment variable set?", word)
	}
	if err != nil || !ok {
		return "", "", problem.New(AuthMalformed, "Authorization: Basic carries the base64 of client_id:client_secret")
	}
	return id, password, nil
}
