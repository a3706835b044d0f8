package apitest

import (
	"encoding/json"
	"testing"
)

// documented checks an event of a launch against the document.
func documented(t testing.TB, event string) {
	t.Helper()
	var value any
	Must(t, json.Unmarshal([]byte(event), &value))
	if err := OpenAPI().Validate("/components/schemas/LaunchEvent", value); err != nil {
		t.Errorf("the event %s is not as documented: %v", event, err)
	}
}
