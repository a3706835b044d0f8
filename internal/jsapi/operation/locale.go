package operation

import (
	"context"

	"github.com/selasar/selasar/internal/jsapi"
	"github.com/selasar/selasar/internal/jsapi/schema"
)

// Locale is the result of [ReadLocale].
type Locale struct {
	Locale string `json:"app_locale"`
}

// ReadLocale reads the language of the super app.
var ReadLocale = &jsapi.Operation{
	Name:    "locale.read",
	Summary: "Returns the language of the super app.",
	Params:  nothing,
	Result:  schema.Object(schema.Required("app_locale", schema.Enum("en_ID", "id_ID"))),
	Run: func(_ context.Context, c *jsapi.Call) (jsapi.Step, error) {
		return jsapi.Step{Data: Locale{c.Device.Locale}}, nil
	},
}
