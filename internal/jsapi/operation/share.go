package operation

import (
	"context"

	"github.com/selasar/selasar/internal/ask"
	"github.com/selasar/selasar/internal/jsapi"
	"github.com/selasar/selasar/internal/jsapi/schema"
	"github.com/selasar/selasar/internal/problem"
)

// ShareText shows the share sheet of the device.
var ShareText = &jsapi.Operation{
	Name: "text.share", Summary: "Shows the share sheet of the device with a text.",
	Params: schema.Object(schema.Required("text", schema.String().Length(1, maxCopied))),
	Result: schema.Null(),
	Run: func(_ context.Context, c *jsapi.Call) (jsapi.Step, error) {
		return jsapi.Step{Ask: &jsapi.Want{Kind: ask.Share, Show: map[string]any{"text": c.Params.Text("text")}}}, nil
	},
	Resume: choice("the share sheet", "shared", "cancelled", problem.Cancelled, "the user closed the share sheet"),
}
