package edge

import "testing"

// The journal shows bodies without the secrets in them.
func TestMaskedJSON(t *testing.T) {
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
		if got := string(maskedJSON([]byte(body))); got != want {
			t.Errorf("%s is shown as %s, want %s", body, got, want)
		}
	}
	if got := string(maskedJSON(make([]byte, maxShown+1))); got != `"(4097 bytes)"` {
		t.Errorf("a long body is shown as %s", got)
	}
}

func TestMaskedQuery(t *testing.T) {
	got := maskedQuery("account_token=0123&page=2")
	if got["account_token"] != "•••" || got["page"] != "2" || len(got) != 2 {
		t.Errorf("got %v", got)
	}
}
