package operation

import (
	"context"

	"github.com/selasar/selasar/internal/ask"
	"github.com/selasar/selasar/internal/consent"
	"github.com/selasar/selasar/internal/device"
	"github.com/selasar/selasar/internal/jsapi"
	"github.com/selasar/selasar/internal/jsapi/schema"
	"github.com/selasar/selasar/internal/problem"
)

// Position is the result of [ReadLocation].
type Position struct {
	Latitude  float64 `json:"latitude"`
	Longitude float64 `json:"longitude"`
	Time      int64   `json:"time"` // ms since the epoch
}

// ReadLocation reads the position of the device.
var ReadLocation = &jsapi.Operation{
	Name:    "location.read",
	Summary: "Returns the position of the device.",
	Params:  nothing,
	Result: schema.Object(
		schema.Required("latitude", schema.Number().Range(-90, 90).Doc("Degrees, WGS 84.")),
		schema.Required("longitude", schema.Number().Range(-180, 180).Doc("Degrees, WGS 84.")),
		schema.Required("time", schema.Number().Doc("The time of the position, in ms since the epoch.")),
	),
	Consent: consent.Location,
	Needs:   device.LocationServices,
	Run:     sensor(ask.Location),
	Resume: func(_ context.Context, c *jsapi.Call, _ ask.Ask, answer jsapi.Answer) (jsapi.Step, error) {
		var at struct {
			Latitude  *float64 `json:"latitude"`
			Longitude *float64 `json:"longitude"`
			Time      int64    `json:"time"`
		}
		if err := answer.Sensed(&at); err != nil {
			return jsapi.Step{}, err
		}
		if at.Latitude == nil || at.Longitude == nil || *at.Latitude < -90 || *at.Latitude > 90 || *at.Longitude < -180 || *at.Longitude > 180 {
			return jsapi.Step{}, problem.New(problem.AnswerInvalid, "a location has a latitude from -90 to 90 and a longitude from -180 to 180")
		}
		if at.Time == 0 {
			at.Time = c.Now.UnixMilli()
		}
		return jsapi.Step{Data: Position{*at.Latitude, *at.Longitude, at.Time}}, nil
	},
}
