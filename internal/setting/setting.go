// Package setting keeps single values by name, such as the simulated device.
package setting

import (
	"context"
	"encoding/json"
	"fmt"
)

// Store keeps settings.
type Store interface {
	// Get gives a value; found is false when it was never put.
	Get(ctx context.Context, name string) (value string, found bool, err error)
	Put(ctx context.Context, name, value string) error
}

// Tx is what settings touch.
type Tx interface {
	Settings() Store
}

// Load reads a JSON value into v; found is false, and v untouched, when it was
// never put.
func Load(ctx context.Context, s Store, name string, v any) (found bool, err error) {
	text, found, err := s.Get(ctx, name)
	if err != nil || !found {
		return false, err
	}
	if err := json.Unmarshal([]byte(text), v); err != nil {
		return false, fmt.Errorf("reading the setting %q: %w", name, err)
	}
	return true, nil
}

// Save keeps v as JSON.
func Save(ctx context.Context, s Store, name string, v any) error {
	data, err := json.Marshal(v)
	if err != nil {
		return fmt.Errorf("writing the setting %q: %w", name, err)
	}
	return s.Put(ctx, name, string(data))
}
