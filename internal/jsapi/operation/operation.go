// Package operation declares the operations of mini apps, a file for each family. An
// operation knows no dialect: a binding defines the method's name and the form of its
// result.
package operation

import (
	"context"

	"github.com/selasar/selasar/internal/ask"
	"github.com/selasar/selasar/internal/jsapi"
	"github.com/selasar/selasar/internal/jsapi/schema"
)

// nothing is the schema of an operation without parameters.
var nothing = schema.Object()

// text is a parameter that must not be empty.
func text(doc string) schema.Schema { return schema.String().Length(1, 4096).Doc(doc) }

// sensor asks the host to read a sensor.
func sensor(kind ask.Kind) func(context.Context, *jsapi.Call) (jsapi.Step, error) {
	return func(context.Context, *jsapi.Call) (jsapi.Step, error) {
		return jsapi.Step{Ask: &jsapi.Want{Kind: kind, Show: map[string]any{}}}, nil
	}
}
