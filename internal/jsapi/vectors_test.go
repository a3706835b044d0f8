package jsapi_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
)

// vectors reads the cases on which every language of the project must agree.
func vectors(t testing.TB, name string, into any) {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("..", "..", "spec", "vectors", name))
	must(t, err)
	must(t, json.Unmarshal(data, into))
}

func TestVectors_parameters(t *testing.T) {
	t.Parallel()
	var file struct {
		Deeplinks []string
		Cases     []struct {
			Method string
			Params json.RawMessage
			Code   int
		}
	}
	vectors(t, "parameters.json", &file)
	p := open(t)
	app := kopi()
	app.Deeplinks = file.Deeplinks
	p.register(app)
	p.choose(`{"payment":"success","deeplink":"open","consent":"allow"}`)
	l := p.trusted()
	reached := map[int]bool{}
	for _, c := range file.Cases {
		reply := p.call(l, c.Method, string(c.Params))
		if e := read(t, reply); e.Success != (c.Code == 0) || c.Code != 0 && e.Error.Code != c.Code {
			t.Errorf("%s %.60s: got %s, want %d", c.Method, c.Params, show(reply.Result), c.Code)
		}
		reached[c.Code] = true
	}
	for _, code := range []int{0, 100, 200, 201, 202, 300} {
		if !reached[code] {
			t.Errorf("no case has the code %d", code)
		}
	}
}

func TestVectors_envelopes(t *testing.T) {
	t.Parallel()
	var file struct {
		Cases []struct {
			Name     string
			Valid    bool
			Envelope json.RawMessage
		}
	}
	vectors(t, "envelopes.json", &file)
	valid := 0
	for _, c := range file.Cases {
		if why := misformed(c.Envelope); (why == "") != c.Valid {
			t.Errorf("%s: %q, want valid %v: %s", c.Name, why, c.Valid, c.Envelope)
		}
		if c.Valid {
			valid++
		}
	}
	if valid != 2+len(names) || len(file.Cases) < valid+10 {
		t.Errorf("%d of %d are valid", valid, len(file.Cases))
	}
}

// misformed describes the mistake in an envelope, or returns an empty string. The tests
// of this package check every result with it.
func misformed(text json.RawMessage) string {
	var members map[string]json.RawMessage
	if json.Unmarshal(text, &members) != nil || len(members) != 3 || members["success"] == nil || members["data"] == nil || members["error"] == nil {
		return "it has not the three members"
	}
	decoder := json.NewDecoder(bytes.NewReader(text))
	var e envelope
	if err := decoder.Decode(&e); err != nil {
		return err.Error()
	}
	return e.wrong()
}

// The bridge itself answers messages that never reach the engine. For the others, both
// return the same.
func TestVectors_bridge(t *testing.T) {
	t.Parallel()
	var file struct {
		Cases []struct {
			Name    string
			Message json.RawMessage
			Read    string
			Code    int
		}
	}
	vectors(t, "bridge.json", &file)
	p := open(t)
	p.choose(`{"consent":"allow"}`)
	l := p.trusted()
	for _, c := range file.Cases {
		var m struct {
			Method string
			Params json.RawMessage
		}
		readable := json.Unmarshal(c.Message, &m) == nil
		switch c.Read {
		case "call":
			if reply := p.call(l, m.Method, string(m.Params)); !readable || read(t, reply).Error != nil && read(t, reply).Error.Code == 100 {
				t.Errorf("%s: the pipeline does not know %s", c.Name, c.Message)
			}
		case "refusal":
			if names[c.Code] == "" {
				t.Errorf("%s: code %d is not documented", c.Name, c.Code)
			}
			if readable && c.Code == 100 {
				fails(t, p.call(l, m.Method, ""), 100)
			}
		case "capabilities", "ping", "bye", "nothing":
		default:
			t.Errorf("%s: read as %q", c.Name, c.Read)
		}
	}
}
