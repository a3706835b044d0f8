package operation

import (
	"context"
	"encoding/json"
	"strings"

	"github.com/selasar/selasar/internal/journal"
	"github.com/selasar/selasar/internal/journal/event"
	"github.com/selasar/selasar/internal/jsapi"
	"github.com/selasar/selasar/internal/jsapi/schema"
	"github.com/selasar/selasar/internal/problem"
)

// TrackEvent records an analytics event of the mini app.
var TrackEvent = &jsapi.Operation{
	Name: "analytics.track", Summary: "Records an analytics event. The journal shows it as `analytics.tracked`.",
	Params: schema.Object(
		schema.Required("eventName", schema.String().Length(1, 200)),
		schema.Required("metaData", schema.Map(schema.Any()).Length(0, 200).Doc("At least one entry. The documentation names `mini_app_id`, `mini_app_version`, `user_action`, `completed_action`, `page_id`, `page_name`, `component_id`, `url`, `error_code` and `error_description`.")),
	),
	Result: schema.Null(),
	Check: func(c *jsapi.Call) error {
		if data, _ := c.Params["metaData"].(map[string]any); len(data) == 0 {
			return problem.New(problem.ParamValue, "metaData can not be empty") // the documented text
		}
		return nil
	},
	Run: func(_ context.Context, c *jsapi.Call) (jsapi.Step, error) {
		of := event.Scope{MiniAppID: c.App.ID, UserID: c.Launch.UserID, LaunchID: c.Launch.ID, CallID: c.ID}
		return jsapi.Step{Log: []journal.Entry{event.AnalyticsTracked.Entry(of, event.Analytics{
			EventName: c.Params.Text("eventName"), MetaData: tracked(c.Params["metaData"]),
		})}}, nil
	},
}

// maxTracked is the number of bytes of metaData that the journal shows.
const maxTracked = 4096

// tracked returns metaData for the journal: unchanged, or its beginning as a text.
func tracked(data any) any {
	text, err := json.Marshal(data)
	if err != nil || len(text) <= maxTracked {
		return data
	}
	return strings.ToValidUTF8(string(text[:maxTracked]), "") + "…"
}
