package check

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"

	"github.com/selasar/selasar/internal/journal"
)

// platform is a client of the platform's control API.
type platform struct{ base string }

// send sends a request and reads its answer into a value.
func (c platform) send(ctx context.Context, method, path string, body, into any) error {
	data, err := json.Marshal(body)
	if err != nil {
		return err
	}
	var content io.Reader
	if body != nil {
		content = bytes.NewReader(data)
	}
	request, err := http.NewRequestWithContext(ctx, method, c.base+path, content)
	if err != nil {
		return err
	}
	request.Header.Set("Content-Type", "application/json")
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		return fmt.Errorf("asking the simulator: %w", err)
	}
	defer func() { _ = answer.Body.Close() }()
	data, err = io.ReadAll(answer.Body)
	if err != nil {
		return fmt.Errorf("asking the simulator: %w", err)
	}
	if answer.StatusCode >= http.StatusBadRequest {
		var problem struct {
			Error struct {
				Message string `json:"message"`
			} `json:"error"`
		}
		_ = json.Unmarshal(data, &problem) // without a message, the status must do
		return fmt.Errorf("%s %s answered %d: %s", method, path, answer.StatusCode, problem.Error.Message)
	}
	if into == nil {
		return nil
	}
	return json.Unmarshal(data, into)
}

// journal returns the entries since the last reset, in English.
func (c platform) journal(ctx context.Context) ([]journal.Entry, error) {
	var out struct {
		Entries []journal.Entry `json:"entries"`
	}
	err := c.send(ctx, http.MethodGet, "/journal?lang=en", nil, &out)
	return out.Entries, err
}

// prepare resets the platform and sets the phone for a visit.
func (c platform) prepare(ctx context.Context, s setting) error {
	type object = map[string]any
	changes := []struct {
		method, path string
		body         any
	}{
		{http.MethodPost, "/reset", object{}},
		{http.MethodPatch, "/device", s.device()},
		{http.MethodPatch, "/answers", object{
			"consent": s.answer(), "payment": s.payment, "deeplink": "open", "share": "shared", "camera": "taken", "uri": "open",
		}},
		{http.MethodPatch, "/users", object{"balance": balance}},
	}
	for _, one := range s.app.Consents {
		state := "revoked" // the user was asked at the opening, and did not give it
		if one.Mandatory || s.consents == ConsentsGiven {
			state = "given"
		}
		changes = append(changes, struct {
			method, path string
			body         any
		}{http.MethodPatch, "/consents", object{"name": one.Name, "state": state}})
	}
	for _, one := range changes {
		if err := c.send(ctx, one.method, one.path, one.body, nil); err != nil {
			return err
		}
	}
	return nil
}

// balance is the user's money, so that no payment of a visit fails for want of it.
const balance = 1_000_000_000
