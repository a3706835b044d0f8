package operation

import (
	"context"

	"github.com/selasar/selasar/internal/device"
	"github.com/selasar/selasar/internal/jsapi"
	"github.com/selasar/selasar/internal/jsapi/schema"
	"github.com/selasar/selasar/internal/problem"
)

// SaveFile downloads a file into a folder of the device.
var SaveFile = &jsapi.Operation{
	Name: "file.save", Summary: "Downloads a file into a public folder of the device. The end is an event.",
	Params: schema.Object(
		schema.Required("url", text("An `http` or `https` address.")),
		schema.Optional("name", schema.String().Length(1, 255).Doc("A file name, not a path. The default is the time and `_gpwebkit`.")),
		schema.Required("destination", schema.Enum(
			string(device.Downloads), string(device.Documents), string(device.Pictures), string(device.DCIM),
		).Doc("`DOCUMENTS` and `DCIM` exist on Android only.")),
	),
	Result: running,
	Event: schema.Object(
		schema.Required("id", schema.String()), schema.Required("name", schema.String()), schema.Required("type", schema.String()),
		schema.Required("size", schema.Integer()), schema.Required("folder", schema.String()), schema.Required("url", schema.String()),
		schema.Required("launch_id", schema.String()), schema.Required("saved_at", schema.Integer()),
	),
	Check: func(c *jsapi.Call) error {
		if _, err := webAddress(c, "url", saveAdvice); err != nil {
			return err
		}
		if name := c.Params.Text("name"); name != "" {
			if err := device.CheckFileName(name); err != nil {
				return problem.New(problem.ParamValue, "name of %s: %v", c.Name(), err)
			}
		}
		folder := device.Folder(c.Params.Text("destination"))
		if c.Device.OS == device.IOS && folder != device.Downloads && folder != device.Pictures {
			return problem.New(problem.ParamValue, "destination %s of %s exists on Android only; iOS has DOWNLOADS and PICTURES", folder, c.Name())
		}
		return nil
	},
	Run: func(_ context.Context, c *jsapi.Call) (jsapi.Step, error) {
		if c.Engine.Files == nil {
			return jsapi.Step{}, problem.New(problem.DeviceLacks, "%s needs a device that saves files, and this platform has none", c.Name())
		}
		wanted := device.Download{
			LaunchID: c.Launch.ID, OS: c.Device.OS, URL: c.Params.Text("url"), Name: c.Params.Text("name"), Folder: device.Folder(c.Params.Text("destination")),
		}
		return jsapi.Step{Data: Running{true}, Work: &jsapi.Work{Do: func(ctx context.Context, _ func(any) error) (any, error) {
			return c.Engine.Files.Save(ctx, wanted)
		}}}, nil
	},
}

// saveAdvice says what to do instead for schemes that a device does not download.
var saveAdvice = map[string]string{
	"data": "upload the content and save its https address", "blob": "upload the content and save its https address",
	"file": "a file of the device is there already", "content": "a file of the device is there already",
	"javascript": "a script is no file",
}
