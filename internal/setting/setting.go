// Package setting stores single values by name, such as the simulated device.
package setting

import (
	"context"
	"encoding/json"
	"fmt"
)

// Store stores settings.
type Store interface {
	// Get returns the value of a name. found is false when there is none.
	Get(ctx context.Context, name string) (value string, found bool, err error)
	Put(ctx context.Context, name, value string) error
}

// Tx is the part of a transaction that settings use.
type Tx interface {
	Settings() Store
}

// Load reads a JSON value into v. When there is no value, found is false and v
// is unchanged.
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

// Save stores v as JSON.
func Save(ctx context.Context, s Store, name string, v any) error {
	data, err := json.Marshal(v)
	if err != nil {
		return fmt.Errorf("writing the setting %q: %w", name, err)
	}
	return s.Put(ctx, name, string(data))
}
