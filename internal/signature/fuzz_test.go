package signature

import (
	"bytes"
	"encoding/json"
	"math/big"
	"reflect"
	"strings"
	"testing"
	"time"
)

// Every form of a body decodes to the same value as the body.
func FuzzForms(f *testing.F) {
	v, _, _ := read(f)
	for _, c := range append(v.Requests, v.Refused...) {
		f.Add([]byte(c.Body))
	}
	f.Add([]byte(`{"a":"\\u00e9\\\/\ud83d\ude0b\ud83d"`))
	f.Add([]byte(`"\`))
	f.Add([]byte(`"\u`))
	f.Fuzz(func(t *testing.T, body []byte) {
		var got [][]byte
		for form := range forms(body) {
			got = append(got, form)
		}
		if len(got) > 4 || !bytes.Equal(got[0], body) {
			t.Fatalf("%q has the forms %q", body, got)
		}
		if again := minify(minify(body)); !bytes.Equal(again, minify(body)) {
			t.Errorf("%q is minified twice to %q", body, again)
		}
		var compact bytes.Buffer
		if json.Compact(&compact, body) != nil {
			return // invalid JSON has no value to compare
		}
		if !bytes.Equal(compact.Bytes(), minify(body)) {
			t.Errorf("%q is minified to %q, want %q", body, minify(body), compact.Bytes())
		}
		for _, form := range got {
			if !reflect.DeepEqual(value(t, form), value(t, body)) {
				t.Errorf("%q has another value than %q", form, body)
			}
		}
	})
}

func value(t *testing.T, text []byte) (v any) {
	t.Helper()
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	defer func() { v = exact(v) }()
	if err := d.Decode(&v); err != nil {
		t.Fatalf("%q: %v", text, err)
	}
	return v
}

// exact replaces the numbers in a value by fractions, which are equal if the numbers are.
func exact(v any) any {
	switch v := v.(type) {
	case json.Number:
		if _, exponent, _ := strings.Cut(strings.ToLower(v.String()), "e"); len(exponent) > 4 {
			return v.String() // the fraction would be too long
		}
		fraction, _ := new(big.Rat).SetString(v.String())
		return fraction.String()
	case []any:
		for i := range v {
			v[i] = exact(v[i])
		}
	case map[string]any:
		for name := range v {
			v[name] = exact(v[name])
		}
	}
	return v
}

func FuzzParseTime(f *testing.F) {
	for _, text := range []string{"2026-11-23T23:40:00+07:00", "2026-11-23T16:40:00.049Z", "2026-11-23t16:40:00z", "2026-11-23T16:40:00+0700", "0000-01-01T00:00:00-12:00", ""} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		at, err := ParseTime(text)
		if err != nil {
			return
		}
		again, err := ParseTime(at.UTC().Format(time.RFC3339Nano))
		if at.UTC().Year() >= 0 && at.UTC().Year() <= 9999 && (err != nil || !again.Equal(at)) {
			t.Errorf("%q is %s, and that is %s (%v)", text, at, again, err)
		}
		if now := at.Add(Window); !Fresh(at, now, Window) || Fresh(at, now.Add(1), Window) {
			t.Errorf("%q is fresh at the wrong time", text)
		}
	})
}

// VerifyHMAC accepts only the signature that SignHMAC returns.
func FuzzVerify(f *testing.F) {
	v, _, public := read(f)
	c, token := v.Requests[0], v.AccessTokens[0]
	f.Add(c.Body, c.Signature)
	f.Add(c.Body, token.Signature)
	f.Add("", "")
	f.Fuzz(func(t *testing.T, body, signature string) {
		if VerifyRequest(v.ClientSecret, c.Method, c.Path, c.AccessToken, []byte(body), c.Timestamp, signature) && signature != c.Signature {
			t.Errorf("%q verifies for %q", signature, body)
		}
		if VerifyRSA(public, token.StringToSign, signature) && signature != token.Signature {
			t.Errorf("%q verifies", signature)
		}
	})
}
