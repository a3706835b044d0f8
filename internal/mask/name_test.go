package mask

import (
	"encoding/json"
	"strings"
	"testing"
)

func TestMembers_hides_the_values_of_secret_names(t *testing.T) {
	long := "0123456789012345678901234567890123456789abcdef"
	for text, want := range map[string]string{
		``:                                      ``,
		`null`:                                  `null`,
		`{"auth_code":"short"}`:                 `{"auth_code":"•••"}`,
		`{"auth_code":"` + long + `"}`:          `{"auth_code":"012•••def"}`,
		`{"auth_code":""}`:                      `{"auth_code":""}`,
		`{"auth\u005fcode":"` + long + `"}`:     `{"auth_code":"012•••def"}`,
		`{"auth_code" : "a\"b", "x" : "y"}`:     `{"auth_code" : "•••", "x" : "y"}`,
		`{"token":7,"email":true,"phone":null}`: `{"token":"•••","email":"•••","phone":"•••"}`,
		`{"email":["a@b.c",[1],{"x":"y"},"d"]}`: `{"email":["•••",["•••"],{"x":"y"},"•••"]}`,
		`{"phone":{"token":"x","y":"z"},"a":1}`: `{"phone":{"token":"•••","y":"z"},"a":1}`,
		`{"a":{"email":"x"},"b":"email"}`:       `{"a":{"email":"•••"},"b":"email"}`,
		`["email","x"]`:                         `["email","x"]`,
		`{"other":"` + long + `"}`:              `{"other":"012•••def"}`,
		`{"` + long + `":1}`:                    `{"012•••def":1}`,
		`{"a":"-----BEGIN x","email":"y"}`:      `{"a":"•••","email":"•••"}`,
	} {
		if got := string(Members([]byte(text))); got != want {
			t.Errorf("%s became %s, want %s", text, got, want)
		}
	}
}

func FuzzMembers(f *testing.F) {
	for _, seed := range []string{`{"token":"` + strings.Repeat("x", 50) + `"}`, `{"a":[{"email":[1,{"b":"\u00e9\\"}]}]}`, `{"a`, `"\`, `]`, `{"\ud800":1}`, `{"a\`} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if got := Members(json.RawMessage(text)); json.Valid([]byte(text)) && !json.Valid(got) {
			t.Errorf("%s became %s", text, got)
		}
	})
}
