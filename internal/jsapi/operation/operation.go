// Package operation declares what mini apps can have done, a file for each
// family. An operation knows no dialect: how a method is called, and what its
// envelope looks like, is a binding's.
package operation

import (
	"context"

	"github.com/selasar/selasar/internal/ask"
	"github.com/selasar/selasar/internal/jsapi"
	"github.com/selasar/selasar/internal/jsapi/schema"
)

// nothing is the parameters of an operation that takes none.
var nothing = schema.Object()

// text is a parameter that must not be empty.
func text(doc string) schema.Schema { return schema.String().Length(1, 4096).Doc(doc) }

// sensor asks the host to read a sensor.
func sensor(kind ask.Kind) func(context.Context, *jsapi.Call) (jsapi.Step, error) {
	return func(context.Context, *jsapi.Call) (jsapi.Step, error) {
		return jsapi.Step{Ask: &jsapi.Want{Kind: kind, Show: map[string]any{}}}, nil
	}
}
