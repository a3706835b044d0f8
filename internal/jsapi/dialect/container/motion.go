package container

import (
	"github.com/selasar/selasar/internal/jsapi"
	"github.com/selasar/selasar/internal/jsapi/operation"
	"github.com/selasar/selasar/internal/jsapi/schema"
)

// The methods of GPMotion. Each says in msg what it did; an event follows on document.

func startAccelerometer() *jsapi.Binding {
	b := motion("startAccelerometer", operation.StartAccelerometer, "ACCELEROMETER_STARTED", "")
	b.Events.Reading = "GPMotion.Event.accelerometer"
	return b
}

func stopAccelerometer() *jsapi.Binding {
	return motion("stopAccelerometer", operation.StopAccelerometer, "", "ACCELEROMETER_STOPPED")
}

func startCompass() *jsapi.Binding {
	b := motion("startCompass", operation.StartCompass, "COMPASS_STARTED", "")
	b.Events.Reading = "GPMotion.Event.compass"
	return b
}

func stopCompass() *jsapi.Binding {
	return motion("stopCompass", operation.StopCompass, "", "COMPASS_STOPPED")
}

// listenGyro starts with GYROSCPOPE_STARTED, as the documentation's sample writes it. A
// comment beside the sample has the other spelling, and is the only source of the stop.
func listenGyro() *jsapi.Binding {
	b := motion("listenGyro", operation.ListenGyro, "GYROSCPOPE_STARTED", "GYROSCOPE_STOPPED")
	b.Events.Reading = "motion.gyro"
	return b
}

func listeningShake() *jsapi.Binding {
	b := motion("listeningShake", operation.ListenShake, "SHAKE_STARTED", "SHAKE_STOPPED")
	b.Events.Reading = "motion.shake"
	return b
}

func listenBlow() *jsapi.Binding {
	b := draft(motion("listenBlow", operation.ListenBlow, "BLOW_STARTED", ""))
	b.Events.Reading = "motion.blow"
	return b
}

func stopListenBlow() *jsapi.Binding {
	return draft(motion("stopListenBlow", operation.StopBlow, "", "BLOW_STOPPED"))
}

func vibrate() *jsapi.Binding {
	return &jsapi.Binding{Operation: operation.Vibrate, Class: "GPMotion", Method: "vibrate"}
}

// motion binds a method that starts or stops a subscription, and says so in msg.
func motion(method string, op *jsapi.Operation, started, stopped string) *jsapi.Binding {
	var values []string
	for _, msg := range []string{started, stopped} {
		if msg != "" {
			values = append(values, msg)
		}
	}
	return saying(&jsapi.Binding{Operation: op, Class: "GPMotion", Method: method}, values, func(data any) string {
		if state, _ := data.(operation.Running); state.Running {
			return started
		}
		return stopped
	})
}

// saying makes a binding answer with the member msg alone, which stands beside data.
func saying(b *jsapi.Binding, values []string, msg func(data any) string) *jsapi.Binding {
	return onlyBeside(b, schema.Object(schema.Required("msg", schema.Enum(values...))),
		func(_ *jsapi.Call, data any) any { return map[string]string{"msg": msg(data)} })
}

// onlyBeside makes a binding return its result beside data, and no data.
func onlyBeside(b *jsapi.Binding, s schema.Schema, beside func(c *jsapi.Call, data any) any) *jsapi.Binding {
	null := schema.Null()
	b.Result, b.Out = &null, func(*jsapi.Call, any) any { return nil }
	b.BesideSchema, b.Beside = &s, beside
	return b
}

// draft marks a method that the documentation only drafts (list-of-jssdks-webview-v4).
func draft(b *jsapi.Binding) *jsapi.Binding {
	b.Draft = true
	return b
}
