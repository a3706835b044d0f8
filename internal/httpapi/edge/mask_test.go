package edge

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/selasar/selasar/internal/journal"
)

// masked returns a detail as the journal stores it.
func masked(detail json.RawMessage) json.RawMessage {
	e := journal.Entry{Kind: journal.Request, Detail: journal.Detail(detail)}
	e.Stamp("id", time.UnixMilli(1))
	return e.Detail
}

// The journal shows bodies with their secrets masked.
func TestShownBody_is_masked(t *testing.T) {
	long := "0123456789012345678901234567890123456789abcdef"
	for body, want := range map[string]string{
		``:                                    `null`,
		`  {"a" : [1, {"b":null}], "c":"d"} `: `{"a":[1,{"b":null}],"c":"d"}`,
		`{"auth_code":"short"}`:               `{"auth_code":"•••"}`,
		`{"auth_code":"` + long + `"}`:        `{"auth_code":"012•••def"}`,
		`{"auth_code":""}`:                    `{"auth_code":""}`,
		`{"auth\u005fcode":"` + long + `"}`:   `{"auth_code":"012•••def"}`,
		`{"auth_code":7,"auth_token":true}`:   `{"auth_code":"•••","auth_token":"•••"}`,
		`{"email":["a@b.c",{"x":"y"}]}`:       `{"email":["•••",{"x":"y"}]}`,
		`{"data":{"phone_number":"+62812"}}`:  `{"data":{"phone_number":"•••"}}`,
		`{"a":1,"a":2,"auth_code":"x"}`:       `{"a":1,"a":2,"auth_code":"•••"}`,
		`{"auth_code":"x"`:                    `"(16 bytes that are not JSON)"`,
		`{"auth_code":"x"} {"auth_code":"y"}`: `"(35 bytes that are not JSON)"`,
		`{"a":1} x`:                           `"(9 bytes that are not JSON)"`,
		`{"a":1}}`:                            `"(8 bytes that are not JSON)"`,
		`auth_code=0123`:                      `"(14 bytes that are not JSON)"`,
		`"text"`:                              `"text"`,
		`[[[]]]`:                              `[[[]]]`,
		`{"a":{}}`:                            `{"a":{}}`,
	} {
		if got := string(masked(shownBody([]byte(body)))); got != want {
			t.Errorf("%s is shown as %s, want %s", body, got, want)
		}
	}
	if got := string(shownBody(make([]byte, maxShown+1))); got != `"(4097 bytes)"` {
		t.Errorf("a long body is shown as %s", got)
	}
}

func TestShownQuery_is_masked(t *testing.T) {
	got := map[string]string{}
	if err := json.Unmarshal(masked(journal.Detail(shownQuery("account_token=0123&page=2"))), &got); err != nil {
		t.Fatal(err)
	}
	if got["account_token"] != "•••" || got["page"] != "2" || len(got) != 2 {
		t.Errorf("got %v", got)
	}
}
