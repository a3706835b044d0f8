package event

import (
	"encoding/json"
	"reflect"
	"testing"

	"github.com/selasar/selasar/internal/journal"
)

// plainRequest and plainCall have the members of Request and Call, and encoding/json
// writes them.
type (
	plainRequest Request
	plainCall    Call
)

func same(t *testing.T, got, want any) {
	t.Helper()
	encoded, err := json.Marshal(want)
	if err != nil {
		t.Fatal(err)
	}
	var a, b any
	if err := json.Unmarshal(journal.Detail(got), &a); err != nil {
		t.Fatalf("%s: %v", journal.Detail(got), err)
	}
	if err := json.Unmarshal(encoded, &b); err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(a, b) {
		t.Errorf("%s\nis not\n%s", journal.Detail(got), encoded)
	}
}

const odd = "\"quotes\" \\ <b> é \x00 \n \xff \u2028"

func TestRequest_AppendJSON_writes_what_encoding_json_does(t *testing.T) {
	for _, r := range []Request{
		{},
		{Method: "POST", Path: odd, Status: 200, Headers: map[string]string{}, Body: json.RawMessage(`null`)},
		{
			Method: "GET", Path: "/a", Status: -1, Query: map[string]string{odd: odd, "b": ""}, Headers: map[string]string{"X": odd, "A": "1", "B": "2"},
			Body: json.RawMessage(" { \"a b\" : [ 1 ,\t2 ],\r\n \"c\\\" d\" : \"e \\\\\" } "), Response: json.RawMessage(`"(5 bytes)"`),
		},
	} {
		same(t, r, plainRequest(r))
	}
}

func TestCall_AppendJSON_writes_what_encoding_json_does(t *testing.T) {
	for _, c := range []Call{
		{},
		{Method: odd, Params: struct{}{}, Checks: []CallCheck{{Step: 1, Name: odd, OK: true}}},
		{
			Method: "pay", Params: json.RawMessage(` {"a" : 1} `), Checks: json.RawMessage(`[]`), Result: CallResult{Data: odd, Error: &CallError{203, odd}},
			Asks: []CallAsk{{ID: "1", Answer: json.RawMessage(`{"b": 2}`)}}, Notes: []CallNote{{Code: PolicyShort, Names: []string{odd}}},
		},
		{Params: "cut …", Result: json.RawMessage(nil)},
	} {
		same(t, c, plainCall(c))
	}
}

// A line feed in an entry would break a stream of entries.
func TestRequest_AppendJSON_is_compact(t *testing.T) {
	got := string(Request{Body: json.RawMessage("{ \"a b\": [1,\n2] }"), Response: json.RawMessage(`{"c": "d  e"}`)}.AppendJSON(nil))
	const want = `{"method":"","path":"","status":0,"request_headers":null,"request_body":{"a b":[1,2]},"response_body":{"c":"d  e"}}`
	if got != want {
		t.Errorf("%s, want %s", got, want)
	}
}
