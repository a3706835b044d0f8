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
	Resume: func(_ context.Context, _ *jsapi.Call, _ ask.Ask, answer jsapi.Answer) (jsapi.Step, error) {
		switch answer.Answer {
		case "shared":
			return jsapi.Step{}, nil
		case "cancelled":
			return jsapi.Step{}, problem.New(problem.Cancelled, "the user closed the share sheet")
		default:
			return jsapi.Step{}, problem.New(problem.AnswerInvalid, `answer %q: the share sheet is answered "shared" or "cancelled"`, answer.Answer)
		}
	},
}
