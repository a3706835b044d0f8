package operation

import (
	"context"
	"time"

	"github.com/selasar/selasar/internal/device"
	"github.com/selasar/selasar/internal/jsapi"
	"github.com/selasar/selasar/internal/jsapi/schema"
	"github.com/selasar/selasar/internal/problem"
)

// Running is the result of an operation that starts or stops a subscription.
type Running struct {
	Running bool `json:"running"`
}

var running = schema.Object(schema.Required("running", schema.Boolean()))

// intervals are the documented times between two readings.
var intervals = map[string]time.Duration{"game": 20 * time.Millisecond, "ui": 60 * time.Millisecond, "normal": 200 * time.Millisecond}

var interval = schema.Object(schema.Default("interval",
	schema.Enum("game", "ui", "normal").Doc("The time between two readings: 20, 60 or 200 ms."), "normal"))

var (
	vector = schema.Object(schema.Required("x", schema.Number()), schema.Required("y", schema.Number()), schema.Required("z", schema.Number()))
	north  = schema.Object(
		schema.Required("direction", schema.Number().Range(0, 360).Doc("Degrees from north, from 0 to below 360.")),
		schema.Required("timestamp", schema.Integer().Doc("ms since the epoch.")),
	)
)

// StartAccelerometer starts the readings of the acceleration.
var StartAccelerometer = &jsapi.Operation{
	Name: "accelerometer.start", Summary: "Starts readings of the acceleration with gravity, in m/s².",
	Params: interval, Result: running, Event: vector, Needs: device.Accelerometer,
	Run: steadily("accelerometer", func(m device.Motion) any { return m.Acceleration }),
}

// StopAccelerometer stops them.
var StopAccelerometer = &jsapi.Operation{
	Name: "accelerometer.stop", Summary: "Stops the readings of the acceleration.", Params: nothing, Result: running, Run: stop("accelerometer"),
}

// Direction is a reading of [StartCompass].
type Direction struct {
	Direction float64 `json:"direction"`
	Timestamp int64   `json:"timestamp"`
}

// StartCompass starts the readings of the direction.
var StartCompass = &jsapi.Operation{
	Name: "compass.start", Summary: "Starts readings of the direction of the device's top edge.",
	Params: interval, Result: running, Event: north, Needs: device.Compass,
	Run: steadily("compass", func(m device.Motion) any { return Direction{m.Heading, m.At} }),
}

// StopCompass stops them.
var StopCompass = &jsapi.Operation{
	Name: "compass.stop", Summary: "Stops the readings of the direction.", Params: nothing, Result: running, Run: stop("compass"),
}

// steadily starts a subscription that reads the motion at the documented interval.
func steadily(key string, read func(device.Motion) any) func(context.Context, *jsapi.Call) (jsapi.Step, error) {
	return func(_ context.Context, c *jsapi.Call) (jsapi.Step, error) {
		return start(c, key, intervals[c.Params.Text("interval")], read)
	}
}

// start starts a subscription. A reading that is nil is left out.
func start(c *jsapi.Call, key string, every time.Duration, read func(device.Motion) any) (jsapi.Step, error) {
	if c.Engine.Sensors == nil {
		return jsapi.Step{}, problem.New(problem.DeviceLacks, "%s needs motion sensors, and this platform reads none", c.Name())
	}
	return jsapi.Step{Data: Running{true}, Feed: &jsapi.Feed{Key: key, Every: every, Read: func(ctx context.Context) (any, error) {
		m, err := c.Engine.Sensors.Motion(ctx, c.Launch.ID)
		if err != nil {
			return nil, err
		}
		return read(m), nil
	}}}, nil
}

func stop(key string) func(context.Context, *jsapi.Call) (jsapi.Step, error) {
	return func(context.Context, *jsapi.Call) (jsapi.Step, error) {
		return jsapi.Step{Data: Running{}, Stop: key}, nil
	}
}
