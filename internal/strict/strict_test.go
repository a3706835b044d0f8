package strict

import (
	"errors"
	"strings"
	"testing"

	"github.com/selasar/selasar/internal/money"
)

type bank struct {
	Number string `json:"account_number"`
}

type sample struct {
	Amount money.Rupiah `json:"amount"`
	Title  string       `json:"title"`
	Online bool         `json:"online"`
	Count  int          `json:"count"`
	Bank   *bank        `json:"bank"`
	List   []bank       `json:"list"`
}

func TestDecode(t *testing.T) {
	long := strings.Repeat("n", 1000)
	for text, want := range map[string]string{
		`{"amount":5,"title":"x","bank":{"account_number":"1"}}`: "",
		`{"titel":"x"}`:                          `titel is not known, did you mean "title"?`,
		`{"bank":{"acount_number":"1"}}`:         `bank.acount_number is not known, did you mean "account_number"?`,
		`{"title":7}`:                            "title must be a string, got a number",
		`{"online":"no"}`:                        "online must be true or false, got a string",
		`{"count":"7"}`:                          "count must be a number, got a string",
		`{"bank":[]}`:                            "bank must be an object, got a list",
		`{"list":[{"account_number":true}]}`:     "list[0].account_number must be a string, got true",
		`[]`:                                     "must be an object, got a list",
		`{"amount":"x"}`:                         `amount is refused: amount "x": digits only, written 15000 or 15000.00`,
		`{"title":"a","title":"b"}`:              "title appears twice",
		`{"` + long + `":1,"` + long + `":2}`:    long[:maxName] + "… appears twice",
		`nope`:                                   "is not valid JSON",
		` null `:                                 "must be an object, got null",
		`{"title":"a\u0000b"}`:                   "title holds a control character (U+0000); leave it out",
		`{"list":[{"account_number":"\u001b"}]}`: "list[0].account_number holds a control character (U+001B)",
		`{"title":"\b"}`:                         "title holds a control character (U+0008)",
		`{"bank":{"\u0000":1}}`:                  "bank.� holds a control character (U+0000)",
		"{\"title\":\"\u007f\"}":                 "title holds a control character (U+007F)",
		"{\"title\":\"\u0085\"}":                 "title holds a control character (U+0085)",
		`{"title":"\\u0000 \t\r\n\u00e9\u000a"}`: "",
		`{"title":"a"} {}`:                       "is not valid JSON",
		"{\"title\":\"\xff\"}":                   "is not valid JSON",
		strings.Repeat("[", 100) + strings.Repeat("]", 100): "is nested more than 64 deep",
	} {
		var v sample
		err := Decode([]byte(text), &v)
		switch {
		case want == "" && err != nil:
			t.Errorf("%s: %v", text, err)
		case want != "" && (err == nil || !strings.HasPrefix(err.Error(), want)):
			t.Errorf("%s:\n got %v\nwant %s", text, err, want)
		}
	}
}

func TestLoosely(t *testing.T) {
	var v sample
	if err := Loosely([]byte(`{"title":"x","more":1}`), &v); err != nil || v.Title != "x" {
		t.Errorf("Loosely = %+v, %v", v, err)
	}
	err := Loosely([]byte(`{"title":"x","title":"y"}`), &v)
	if wrong, ok := errors.AsType[*Error](err); !ok || wrong.Kind != Syntax {
		t.Errorf("a member twice: %v", err)
	}
}
