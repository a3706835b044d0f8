package container

import (
	"github.com/selasar/selasar/internal/device"
	"github.com/selasar/selasar/internal/jsapi"
	"github.com/selasar/selasar/internal/jsapi/operation"
	"github.com/selasar/selasar/internal/problem"
)

// save answers at once, and tells the end in an event. The documentation has no form for
// the event of a failure: it is that of a failed call, with msg.
func save() *jsapi.Binding {
	b := saying(&jsapi.Binding{
		Operation: operation.SaveFile, Class: "GPFile", Method: "save",
		Events: jsapi.EventNames{Done: "GPFile.Event.saveSuccess", Failed: "GPFile.Event.saveFailed"},
	}, []string{"SAVE_STARTED"}, func(any) string { return "SAVE_STARTED" })
	b.Done = func(_ *jsapi.Call, data any) any {
		f, _ := data.(device.File)
		return map[string]any{"msg": "SAVE_SUCCESS", "name": f.Name, "destination": f.Folder}
	}
	b.Failed = func(c *jsapi.Call, p *problem.Problem) any {
		members, _ := failed(c, p)
		members["msg"] = "SAVE_FAILED"
		return members
	}
	return b
}
