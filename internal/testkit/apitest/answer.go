package apitest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"sort"
	"strings"
	"testing"
	"time"
)

// Granted checks a success of the mini apps' backend and gives its data.
func (a Answer) Granted() Answer {
	a.T.Helper()
	a.OK(200)
	if a.Member("success") != "true" || a.Member("error") != "" || a.Member("data") == "" {
		a.T.Fatalf("%s: %s", a.What, a.Body)
	}
	return a
}

// Denied checks a failure of the mini apps' backend: status, code (empty for
// none) and description.
func (a Answer) Denied(status int, code, description string) {
	a.T.Helper()
	var got struct {
		Success *bool
		Data    any
		Error   *struct{ Code, Description, Hint string }
	}
	a.Into(&got)
	switch {
	case a.Status != status || got.Success == nil || *got.Success || got.Data != nil || got.Error == nil:
		a.T.Errorf("%s: %d %s, want %d", a.What, a.Status, a.Body, status)
	case got.Error.Code != code || got.Error.Description != description || got.Error.Hint == "":
		a.T.Errorf("%s: %s, want %q %s", a.What, a.Body, code, description)
	case (status == 401) != (a.Header.Get("WWW-Authenticate") != ""):
		a.T.Errorf("%s: WWW-Authenticate %q with %d", a.What, a.Header.Get("WWW-Authenticate"), status)
	}
}

// Answer is an HTTP answer, read to its end.
type Answer struct {
	T      testing.TB
	What   string
	Status int
	Header http.Header
	Body   []byte
}

// Header is one header of a request; basic and bearer make the usual ones.
type Header func(*http.Request)

func With(name, value string) Header { return func(r *http.Request) { r.Header.Set(name, value) } }

func Bearer(token string) Header { return With("Authorization", "Bearer "+token) }

func Host(name string) Header { return func(r *http.Request) { r.Host = name } }

// OK checks the status.
func (a Answer) OK(status int) Answer {
	a.T.Helper()
	if a.Status != status {
		a.T.Fatalf("%s: status %d, want %d: %.300s", a.What, a.Status, status, a.Body)
	}
	return a
}

func (a Answer) Into(v any) {
	a.T.Helper()
	if err := json.Unmarshal(a.Body, v); err != nil {
		a.T.Fatalf("%s: %v in %.300s", a.What, err, a.Body)
	}
}

// Refused checks an error of Selasar's own APIs: status, code, and a message
// of one line that says all of words.
func (a Answer) Refused(status int, code string, words ...string) {
	a.T.Helper()
	var got struct {
		Error struct{ Code, Message string }
	}
	a.OK(status).Into(&got)
	if got.Error.Code != code || got.Error.Message == "" || strings.Contains(got.Error.Message, "\n") {
		a.T.Errorf("%s: got %s, want %s", a.What, a.Body, code)
	}
	for _, word := range words {
		if !strings.Contains(got.Error.Message, word) {
			a.T.Errorf("%s: %q does not say %q", a.What, got.Error.Message, word)
		}
	}
	if a.Header.Get("Content-Type") != "application/json" || a.Header.Get("Cache-Control") != "no-store" || a.Header.Get("X-Content-Type-Options") != "nosniff" {
		a.T.Errorf("%s: headers %v", a.What, a.Header)
	}
}

// Member gives what stands under a path of names in a JSON body, as JSON.
func (a Answer) Member(path string) string {
	a.T.Helper()
	value := json.RawMessage(bytes.TrimSpace(a.Body))
	for _, name := range strings.Split(path, ".") {
		var members map[string]json.RawMessage
		if err := json.Unmarshal(value, &members); err != nil {
			a.T.Fatalf("%s: no %s in %.300s", a.What, path, a.Body)
		}
		value = members[name]
	}
	return string(value)
}

func (a Answer) Text(path string) (s string) {
	a.T.Helper()
	if err := json.Unmarshal([]byte(a.Member(path)), &s); err != nil {
		a.T.Fatalf("%s: %s is no text in %.300s", a.What, path, a.Body)
	}
	return s
}

// keys gives the names of an object's members in the order of the alphabet.
func (a Answer) keys(path string) string {
	a.T.Helper()
	raw := string(a.Body)
	if path != "" {
		raw = a.Member(path)
	}
	var members map[string]json.RawMessage
	if err := json.Unmarshal([]byte(raw), &members); err != nil {
		a.T.Fatalf("%s: %s is no object in %.300s", a.What, path, a.Body)
	}
	var names []string
	for name := range members {
		names = append(names, name)
	}
	sort.Strings(names)
	return strings.Join(names, " ")
}

// Has checks which members an object has: all that are named and no other.
func (a Answer) Has(path, names string) Answer {
	a.T.Helper()
	if got := a.keys(path); got != names {
		a.T.Errorf("%s: %s has %q, want %q", a.What, path, got, names)
	}
	return a
}

// Done checks a success that has no data.
func (a Answer) Done() {
	a.T.Helper()
	if got := strings.TrimSpace(string(a.OK(200).Body)); got != `{"success":true}` {
		a.T.Errorf("%s: %s", a.What, got)
	}
}

func (a Answer) Page(status int, state string, words ...string) {
	a.T.Helper()
	text := string(a.OK(status).Body)
	for _, word := range append(words, `data-state="`+state+`"`) {
		if !strings.Contains(text, word) {
			a.T.Errorf("%s does not say %s: %s", a.What, word, text)
		}
	}
}

// Says checks an answer of BI-SNAP: its response code, the HTTP status and the
// message that belong to it, its headers, and on failure a hint with all of
// words.
func (a Answer) Says(code string, words ...string) Answer {
	a.T.Helper()
	var got struct{ ResponseCode, ResponseMessage, Hint string }
	a.Into(&got)
	want, ok := messages[code]
	if !ok {
		want = messages[code[:3]+code[5:]]
	}
	switch {
	case got.ResponseCode != code || fmt.Sprint(a.Status) != code[:3]:
		a.T.Fatalf("%s: %d %s, want %s", a.What, a.Status, a.Body, code)
	case want == "" || !strings.HasPrefix(got.ResponseMessage, want):
		a.T.Errorf("%s: %q, want %q", a.What, got.ResponseMessage, want)
	case (a.Status == 200) != (got.Hint == ""):
		a.T.Errorf("%s: hint %q", a.What, got.Hint)
	}
	for _, word := range words {
		if !strings.Contains(got.Hint, word) {
			a.T.Errorf("%s: the hint %q does not say %q", a.What, got.Hint, word)
		}
	}
	if _, err := time.Parse("2006-01-02T15:04:05+07:00", a.Header.Get("X-TIMESTAMP")); err != nil || a.Header.Get("Content-Type") != "application/json" {
		a.T.Errorf("%s: headers %v", a.What, a.Header)
	}
	return a
}

// Twice sends a header in two lines that say the same.
func Twice(name string) Header {
	return func(r *http.Request) { r.Header.Add(name, r.Header.Get(name)) }
}
