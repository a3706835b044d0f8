package operation

import (
	"context"
	"math"
	"time"

	"github.com/selasar/selasar/internal/device"
	"github.com/selasar/selasar/internal/journal/event"
	"github.com/selasar/selasar/internal/jsapi"
	"github.com/selasar/selasar/internal/jsapi/schema"
	"github.com/selasar/selasar/internal/problem"
)

// maxFrequency is the longest time between two readings, in ms.
const maxFrequency = 60_000

// frequency is the documented name of the time between two readings.
var frequency = schema.Number().Range(0, maxFrequency).Doc("The time between two readings, in ms. Below 10 ms, readings come every 10 ms.")

// The times between two readings where the page gives none.
const (
	gyroEvery  = 200
	shakeEvery = 100
	blowEvery  = 200
)

// ListenGyro starts or stops the readings of the direction of gravity.
var ListenGyro = &jsapi.Operation{
	Name: "gyro.listen", Summary: "Starts or stops readings of the direction of gravity. Each axis lies between -1 and 1.",
	Params: schema.Object(
		schema.Default("on", schema.Boolean().Doc("`true` starts, `false` stops."), true),
		schema.Default("frequency", frequency, float64(gyroEvery)),
	),
	Result: running, Event: vector, Needs: device.Gyroscope,
	Check: positive("frequency"),
	Run: func(_ context.Context, c *jsapi.Call) (jsapi.Step, error) {
		if !c.Params.Bool("on") {
			return jsapi.Step{Data: Running{}, Stop: "gyro"}, nil
		}
		return start(c, "gyro", every(c), func(m device.Motion) any { return m.Gravity })
	},
}

// The values of a shake where the page gives none.
const (
	shakeThreshold = 10
	shakeNum       = 1
)

// ListenShake starts or stops the reports of shakes.
var ListenShake = &jsapi.Operation{
	Name: "shake.listen", Summary: "Starts or stops the events of shakes.",
	Params: schema.Object(
		schema.Required("on", schema.Boolean().Doc("`true` starts, `false` stops.")),
		schema.Default("frequency", frequency, float64(shakeEvery)),
		schema.Default("shakeThreshold", schema.Number().Range(0, 1000).Doc("The smallest acceleration of a shake, in m/s² without gravity."), float64(shakeThreshold)),
		schema.Default("shakeNum", schema.Integer().Range(1, 100).Doc("The smallest number of movements of a shake."), float64(shakeNum)),
	),
	Result: running, Event: vector, Needs: device.Accelerometer,
	Check: positive("frequency"),
	Run: func(ctx context.Context, c *jsapi.Call) (jsapi.Step, error) {
		if !c.Params.Bool("on") {
			return jsapi.Step{Data: Running{}, Stop: "shake"}, nil
		}
		return shakes(ctx, c)
	},
}

// shakes reports the shakes from now on.
func shakes(ctx context.Context, c *jsapi.Call) (jsapi.Step, error) {
	threshold, least := c.Params.Number("shakeThreshold"), int(c.Params.Number("shakeNum"))
	var seen int64
	step, err := start(c, "shake", every(c), func(m device.Motion) any {
		if m.Shake.Number == seen {
			return nil
		}
		if seen = m.Shake.Number; m.Shake.Strength < threshold || m.Shake.Times < least {
			return nil
		}
		return m.Shake.Peak
	})
	if err != nil {
		return step, err
	}
	now, err := c.Engine.Sensors.Motion(ctx, c.Launch.ID)
	seen = now.Shake.Number
	return step, err
}

// Blown is a reading of [ListenBlow].
type Blown struct {
	Pass float64 `json:"pass"`
}

// ListenBlow starts the reports of blows into the microphone.
var ListenBlow = &jsapi.Operation{
	Name: "blow.listen", Summary: "Starts the events of blows into the microphone.",
	Params: nothing, Result: running, Needs: device.Microphone,
	Event: schema.Object(schema.Required("pass", schema.Number().Range(0, 1).Doc("Rises from 0 to 1 on iOS; always 1 on Android."))),
	Run: func(_ context.Context, c *jsapi.Call) (jsapi.Step, error) {
		return start(c, "blow", blowEvery*time.Millisecond, func(m device.Motion) any {
			if m.Blow == 0 {
				return nil
			}
			return Blown{m.Blow}
		})
	},
}

// StopBlow stops them.
var StopBlow = &jsapi.Operation{
	Name: "blow.stop", Summary: "Stops the events of blows.", Params: nothing, Result: running, Run: stop("blow"),
}

// positive refuses a number that is not above 0.
func positive(name string) func(c *jsapi.Call) error {
	return func(c *jsapi.Call) error {
		if !(c.Params.Number(name) > 0) {
			return problem.New(problem.ParamValue, "%s of %s must be above 0", c.Named(name), c.Name())
		}
		return nil
	}
}

// every returns the time between two readings that the call asks for. A shorter time than
// Selasar's shortest is noted in the journal.
func every(c *jsapi.Call) time.Duration {
	ms := c.Params.Number("frequency")
	asked := time.Duration(math.Round(ms * float64(time.Millisecond)))
	if asked < jsapi.MinEvery {
		c.Note(event.CallNote{Code: event.FrequencyRaised, Method: c.Name(), AskedMS: ms, EveryMS: jsapi.MinEvery.Milliseconds()})
	}
	return max(asked, jsapi.MinEvery)
}
