package jsapi_test

import (
	"encoding/json"
	"sort"
	"strings"
	"testing"

	"github.com/selasar/selasar/internal/jsapi"
)

// envelope is a result as a page receives it.
type envelope struct {
	Success bool
	Data    json.RawMessage
	Error   *struct {
		Code    int
		Message string
	}
}

// names are the documented names of the nine codes.
var names = map[int]string{
	100: "Method not supported", 200: "Incomplete parameter", 201: "Invalid type", 202: "Parameter data",
	203: "Miniapp not registered", 300: "Permission denied", 400: "Device not supported", 401: "Network error", 500: "Superapp error",
}

func show(v any) string {
	data, err := json.Marshal(v)
	if err != nil {
		return err.Error()
	}
	return string(data)
}

// keys returns the names of an object's members in alphabetical order.
func keys(t testing.TB, data []byte) string {
	t.Helper()
	var members map[string]json.RawMessage
	if err := json.Unmarshal(data, &members); err != nil {
		t.Fatalf("%s is not an object: %v", data, err)
	}
	list := make([]string, 0, len(members))
	for name := range members {
		list = append(list, name)
	}
	sort.Strings(list)
	return strings.Join(list, " ")
}

// read returns a settled call's envelope, and checks its form.
func read(t testing.TB, reply jsapi.Reply) envelope {
	t.Helper()
	if reply.Result == nil || reply.Ask != nil || reply.CallID == "" {
		t.Fatalf("the call is not settled: %s", show(reply))
	}
	data := []byte(show(reply.Result))
	if got := keys(t, data); got != "data error success" {
		t.Fatalf("the envelope has the members %q: %s", got, data)
	}
	var e envelope
	must(t, json.Unmarshal(data, &e))
	if why := e.wrong(); why != "" {
		t.Fatalf("%s: %s", why, data)
	}
	return e
}

// wrong describes a mistake in an envelope. An envelope has an error exactly if the
// call failed, and then no data; its message starts with the code's name.
func (e envelope) wrong() string {
	switch {
	case e.Success && e.Error != nil:
		return "a success has an error"
	case e.Success:
		return ""
	case e.Error == nil:
		return "a failure has no error"
	case string(e.Data) != "null":
		return "a failure has data"
	case names[e.Error.Code] == "":
		return "a code that is not documented"
	case !strings.HasPrefix(e.Error.Message, names[e.Error.Code]+": "):
		return "the message does not start with " + names[e.Error.Code]
	}
	return ""
}

// fails checks that a call failed with a code, and that its message contains every
// word.
func fails(t testing.TB, reply jsapi.Reply, code int, words ...string) {
	t.Helper()
	e := read(t, reply)
	if e.Success || e.Error.Code != code {
		t.Fatalf("got %s, want code %d", show(reply.Result), code)
	}
	for _, word := range words {
		if !strings.Contains(e.Error.Message, word) {
			t.Errorf("%q does not contain %q", e.Error.Message, word)
		}
	}
}

// succeeds returns the data of a successful call.
func succeeds(t testing.TB, reply jsapi.Reply) json.RawMessage {
	t.Helper()
	e := read(t, reply)
	if !e.Success {
		t.Fatalf("failed: %s", show(reply.Result))
	}
	return e.Data
}
