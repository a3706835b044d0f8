package simulator

import (
	"encoding/json"

	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/strict"
)

// merge applies a JSON merge patch (RFC 7396) to v. It refuses an unknown member, and
// its error names the nearest known one; v is then unchanged.
func merge[T any](v T, patch []byte) (T, error) {
	var changes map[string]any
	err := strict.Decode(patch, &changes)
	if err == nil {
		err = strict.Decode(patch, new(T)) // the error names an unknown member even if its value is null
	}
	if err != nil {
		return v, problem.New(problem.BadRequest, "the change: %v", err)
	}
	var current map[string]any
	data, err := json.Marshal(v)
	if err != nil {
		return v, err
	}
	if err := json.Unmarshal(data, &current); err != nil {
		return v, err
	}
	if data, err = json.Marshal(apply(current, changes)); err != nil {
		return v, err
	}
	var changed T
	if err := strict.Decode(data, &changed); err != nil {
		return v, problem.New(problem.BadRequest, "the change: %v", err)
	}
	return changed, nil
}

// apply merges changes into a target; null removes a member.
func apply(target map[string]any, changes map[string]any) map[string]any {
	if target == nil {
		target = map[string]any{}
	}
	for name, change := range changes {
		switch c := change.(type) {
		case nil:
			delete(target, name)
		case map[string]any:
			inner, _ := target[name].(map[string]any)
			target[name] = apply(inner, c)
		default:
			target[name] = c
		}
	}
	return target
}
