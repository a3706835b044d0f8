package main

import (
	"encoding/json"
	"strings"
	"testing"
)

func TestRealCalls_use_the_floor_of_their_own_site(t *testing.T) {
	var got bridged
	err := json.Unmarshal([]byte(`{"real call": {
		"same site": {"MessageChannel + WebSocket": {"p50_ms": 0.4}, "getLocation": {"p50_ms": 0.8}, "getAuthCode": {"p50_ms": 0.9}},
		"other site": {"MessageChannel + WebSocket": {"p50_ms": 0.8}, "getLocation": {"p50_ms": 1.2}, "getAuthCode": {"p50_ms": 1.3}}
	}}`), &got)
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]row{
		"real call in Chromium, getLocation, p50":                   {ratio: "2.0x", holds: yes},
		"real call in Chromium, getAuthCode, p50":                   {ratio: "2.2x", holds: no},
		"real call in Chromium from another site, getLocation, p50": {ratio: "1.5x", holds: yes},
		"real call in Chromium from another site, getAuthCode, p50": {ratio: "1.6x", holds: no},
	}
	found := 0
	for _, r := range got.rows() {
		w, ok := want[r.what]
		if !ok {
			continue
		}
		found++
		if r.ratio != w.ratio || r.holds != w.holds || strings.Contains(r.what, "another") != (r.atLeast == "1.2 ms") {
			t.Errorf("%+v", r)
		}
	}
	if found != len(want) {
		t.Errorf("%d of the %d rows", found, len(want))
	}
}
