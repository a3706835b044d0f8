package operation

import (
	"context"

	"github.com/selasar/selasar/internal/bus"
	"github.com/selasar/selasar/internal/device"
	"github.com/selasar/selasar/internal/jsapi"
	"github.com/selasar/selasar/internal/jsapi/schema"
)

// maxCopied is the largest text for the clipboard and the share sheet, in bytes.
const maxCopied = 16 << 10

// Vibrate lets the device vibrate.
var Vibrate = &jsapi.Operation{
	Name: "vibration.start", Summary: "Lets the device vibrate.", Needs: device.Vibrator,
	Params: schema.Object(schema.Required("duration", schema.Number().Range(0, 60_000).Doc("In ms."))),
	Result: schema.Null(),
	Check:  positive("duration"),
	Run: func(_ context.Context, c *jsapi.Call) (jsapi.Step, error) {
		return tell(bus.Vibrated, bus.Vibration{Source: c.Source(), DurationMS: max(1, int(c.Params.Number("duration")))})
	},
}

// WriteClipboard puts a text on the clipboard.
var WriteClipboard = &jsapi.Operation{
	Name: "clipboard.write", Summary: "Puts a text on the clipboard of the device.",
	Params: schema.Object(schema.Required("text", schema.String().Length(0, maxCopied))),
	Result: schema.Null(),
	Run: func(_ context.Context, c *jsapi.Call) (jsapi.Step, error) {
		return tell(bus.ClipboardSet, bus.Clipboard{Source: c.Source(), Text: c.Params.Text("text")})
	},
}

// ShowToast shows a short text above the page.
var ShowToast = &jsapi.Operation{
	Name: "toast.show", Summary: "Shows a short text in the middle of the screen. It is text, never HTML.",
	Params: schema.Object(
		schema.Required("message", schema.String().Length(1, 1000)),
		schema.Default("duration", schema.Number().Range(0, 60).Doc("In seconds; the documentation names no unit."), 2.0),
	),
	Result: schema.Null(),
	Check:  positive("duration"),
	Run: func(_ context.Context, c *jsapi.Call) (jsapi.Step, error) {
		return tell(bus.ToastShown, bus.Toast{
			Source: c.Source(), Message: c.Params.Text("message"), DurationMS: max(1, int(c.Params.Number("duration")*1000)),
		})
	},
}

// tell returns the step of an operation that only has an effect.
func tell(name bus.Name, data any) (jsapi.Step, error) {
	return jsapi.Step{Tell: []bus.Event{bus.New(name, data)}}, nil
}
