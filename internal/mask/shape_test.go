package mask

import (
	"encoding/json"
	"net/url"
	"strings"
	"testing"
)

func TestText_hides_words_as_long_as_a_code(t *testing.T) {
	code := strings.Repeat("aB3", 22)[:64]
	const urlCode = "a1B2-c3D4_e5F6-g7H8_i9J0-k1L2_m3N4-o5P6_q7R8-s9T0_u1V2-w3X4_yZ0"
	for text, want := range map[string]string{
		"":                                       "",
		code:                                     "aB3•••B3a",
		"Bearer " + code + "==":                  "Bearer aB3•••B3a==",
		"slt_" + code:                            "slt_aB3•••B3a",
		"a " + code + ", " + code:                "a aB3•••B3a, aB3•••B3a",
		code[:39]:                                code[:39],
		code[:40]:                                "aB3•••aB3"[:len("aB3•••")] + code[37:40],
		"0193572e-8c00-7000-8000-000000000001":   "0193572e-8c00-7000-8000-000000000001",
		"01-0a0de883e1d846568db4c48ff12c5486-26": "01-0a0de883e1d846568db4c48ff12c5486-26",
		"A120261122000000ABCDEFGHIJID, /a/b/c/d": "A120261122000000ABCDEFGHIJID, /a/b/c/d",
		`"` + code + `\`:                         `"aB3•••B3a\`,
		strings.Repeat("é", 64) + "\xff" + "short": strings.Repeat("é", 64) + "\xff" + "short",
		// Dash and underscore belong to base64url.
		urlCode:                                        "a1B•••yZ0",
		"?snap=" + urlCode + "&b=c":                    "?snap=a1B•••yZ0&b=c",
		"?to=a%3D" + urlCode:                           "?to=a%3Da•••yZ0",
		"/snap/v4/redirection/" + urlCode:              "/snap/v4/redirection/•••yZ0",
		"%2Fsnap%2Fv4%2Fredirection%2F" + urlCode:      "%2Fsnap%2Fv4%2Fredirection%2F•••yZ0",
		urlCode + "/" + urlCode:                        "a1B•••/•••yZ0",
		urlCode + "." + urlCode:                        "a1B•••yZ0.a1B•••yZ0",
		"-" + urlCode + "_":                            "-a1•••Z0_",
		"QmFzZTY0IG9mIHRoaXJ0eSB0d28gYnl0ZXMg/+8u+Aa=": "QmF•••+Aa=",
		// Names and paths are no codes.
		"payment-host-to-host-of-the-mini-app-kopi-2026":    "payment-host-to-host-of-the-mini-app-kopi-2026",
		"request-0193572e-8c00-7000-8000-000000000001":      "request-0193572e-8c00-7000-8000-000000000001",
		"/v2/A120260314162653ABCDEFGHIJID/approve/and/more": "/v2/A120260314162653ABCDEFGHIJID/approve/and/more",
	} {
		if got := Text(text); got != want {
			t.Errorf("%q became %q, want %q", text, got, want)
		}
	}
}

func TestJSON_keeps_JSON_valid(t *testing.T) {
	long := strings.Repeat("7", 64)
	for text, want := range map[string]string{
		`{"` + long + `":["` + long + `"]}`:     `{"777•••777":["777•••777"]}`,
		`{"n":` + long + `,"f":1.` + long + `}`: `{"n":` + long + `,"f":1.` + long + `}`,
		`"\u0041` + long + `"`:                  `"A77•••777"`,
		`"\n` + long + `\"` + long + `"`:        `"\n777•••777\"777•••777"`,
		`"\\` + long + `"`:                      `"\\777•••777"`,
		`null`:                                  `null`,
	} {
		got := string(JSON(json.RawMessage(text)))
		if got != want || !json.Valid([]byte(got)) {
			t.Errorf("%s became %s, want %s", text, got, want)
		}
	}
	if got := JSON(nil); got != nil {
		t.Errorf("nothing became %q", got)
	}
}

// A secret is hidden also when some of its characters are escapes, or escapes of escapes.
func TestMasks_hide_secrets_that_are_written_with_escapes(t *testing.T) {
	const code = "a1B2-c3D4_e5F6-g7H8_i9J0-k1L2_m3N4-o5P6_q7R8-s9T0_u1V2-w3X4_yZ0"
	const long = "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8s9T0u1V2w3X4yZ0"
	for how, write := range map[string]func(text string) string{
		"JSON":           strings.NewReplacer("-", `\u002d`, "_", `\u005F`).Replace,
		"JSON in JSON":   strings.NewReplacer("-", `\\u002d`, "_", `\\\\u005f`).Replace,
		"a URL":          strings.NewReplacer("-", "%2D", "_", "%5f").Replace,
		"a URL in a URL": strings.NewReplacer("-", "%252D", "_", "%25255f").Replace,
		"both":           strings.NewReplacer("-", `%\u0032D`, "_", `\u00255F`).Replace,
		"all letters":    strings.NewReplacer("1", `\u0031`, "c", "%63", "D", `\u0044`, "Z", "%5A").Replace,
	} {
		for _, secret := range []string{code, long} {
			text := "see " + write(secret) + " there"
			for _, got := range []string{
				Text(text), string(JSON(quoted(text))), string(Members(quoted(text))), string(Members([]byte(`{"x":{"y":"` + write(secret) + `"}}`))),
				string(JSON([]byte(`["` + write(secret) + `"]`))), string(Members([]byte(`{"` + write(secret) + `":1}`))),
			} {
				if write(secret) != secret && (!strings.Contains(got, Mask) || strings.Contains(plain(got), secret[8:24])) {
					t.Errorf("%s: %s became %s", how, text, got)
				}
			}
		}
	}
	for _, harmless := range []string{`100% sure that nothing here is a secret, and \u00e9 is a letter`, "?path=%2Fhome%2Fsari%2Fdocuments%2Fa-b%2Dc", `C:\users\u0041\a\very\long\path\to\a\file`} {
		if got := Text(harmless); got != harmless {
			t.Errorf("%s became %s", harmless, got)
		}
	}
}

// A hostile text has as many escapes as fit. With work that grows as the square of its
// length, this test would take minutes.
func TestText_of_a_hundred_thousand_escapes_ends(t *testing.T) {
	const n = 100_000
	for _, text := range []string{strings.Repeat(`\`, n), "%" + strings.Repeat("25", n), strings.Repeat(`\\u005c`, n), strings.Repeat(`%5c`, n), strings.Repeat(`a\\`, n)} {
		Text(text)
		JSON(quoted(text))
	}
}

func quoted(text string) json.RawMessage {
	written, _ := json.Marshal(text)
	return written
}

// The line is from a real key with short words.
func TestText_hides_keys_whole_and_line_by_line(t *testing.T) {
	const line = "g/Lq1cm7dzkFZh+0vVX2/9dJkTq8mYp4sB+aR3wEoN5tUxHc6GiDjKyQ0/ZbWf1e"
	const longWord = "v3yBux130haskJ1UPs9Ppn/z94Qm7dzkFZh0vVX29dJkTq8mYp4sBaR3wEoN5J1B"
	key := "-----BEGIN PRIVATE KEY-----\n" + line + "\n7yA=\n-----END PRIVATE KEY-----"
	for text, want := range map[string]string{
		key:                                      "•••",
		"got " + key + "\n":                      "got •••\n",
		key + " and " + key:                      "••• and •••",
		key[:80]:                                 "•••",
		line:                                     "g/L•••f1e",
		"a " + line + "\n" + line + "==":         "a g/L•••f1e\ng/L•••f1e==",
		longWord:                                 "v3y•••J1B",
		"?key=" + url.QueryEscape(longWord):      "?key=v3y•••J1B",
		"-----END PRIVATE KEY-----":              "-----END PRIVATE KEY-----",
		"/home/sari/" + strings.Repeat("a/", 40): "/home/sari/" + strings.Repeat("a/", 40),
	} {
		if got := Text(text); got != want {
			t.Errorf("%q became %q, want %q", text, got, want)
		}
		data, _ := json.Marshal(map[string]any{text: []string{text, "next"}})
		wanted, _ := json.Marshal(map[string]any{want: []string{want, "next"}})
		if got := string(JSON(data)); got != string(wanted) {
			t.Errorf("%s became %s, want %s", data, got, wanted)
		}
	}
	escaped := strings.ReplaceAll(`["`+line+`","x`+line+`","a/b/c"]`, "/", `\/`) // as PHP escapes it
	if got := string(JSON([]byte(escaped))); got != `["g\/•••f1e","xg•••f1e","a\/b\/c"]` {
		t.Errorf("%s became %s", escaped, got)
	}
	if got := string(JSON([]byte(`["-----BEGIN \\\" x","-----BEGIN`))); got != `["•••","•••` {
		t.Errorf("got %s", got)
	}
}

func FuzzMask(f *testing.F) {
	for _, seed := range []string{`{"a":"` + strings.Repeat("x", 50) + `"}`, `"\u00`, `"\`, `\`, strings.Repeat("1", 80), "-----BEGIN x-----END-----", `"-----BEGIN \"-----END`, strings.Repeat("a/B1", 20), strings.Repeat("a-B1", 20) + "/" + strings.Repeat("a/B1", 20), "%2F" + strings.Repeat("a_B1", 20), strings.Repeat(`a\u002dB1`, 20), strings.Repeat("a%2DB1", 20) + strings.Repeat("aB1", 20)} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if got := JSON(json.RawMessage(text)); json.Valid([]byte(text)) && !json.Valid(got) {
			t.Errorf("%s became %s", text, got)
		}
		if got := Text(text); Text(got) != got {
			t.Errorf("%q is masked twice: %q", text, got)
		}
	})
}
