package operation

import (
	"context"
	"encoding/base64"
	"strings"

	"github.com/selasar/selasar/internal/ask"
	"github.com/selasar/selasar/internal/blob"
	"github.com/selasar/selasar/internal/consent"
	"github.com/selasar/selasar/internal/device"
	"github.com/selasar/selasar/internal/jsapi"
	"github.com/selasar/selasar/internal/jsapi/schema"
	"github.com/selasar/selasar/internal/problem"
)

// Photo is the result of [TakePhoto].
type Photo struct {
	Identifier string `json:"identifier"` // of the blob
	Type       string `json:"type"`
	URL        string `json:"url"` // for an img element; empty if the platform has none
	Base64     string `json:"base64,omitempty"`
}

// TakePhoto takes a picture, or lets the user choose one.
var TakePhoto = &jsapi.Operation{
	Name: "photo.take", Summary: "Takes a picture, or lets the user choose one of the gallery.",
	Params: schema.Object(
		schema.Default("mode", schema.Enum("camera", "photo", "both").Doc("`camera` takes a picture, `photo` chooses one, `both` lets the user decide."), "both"),
		schema.Default("needBase64", schema.Boolean(), false),
	),
	// base64 is secret, so that no bytes of the picture are in the journal.
	Result: schema.Object(
		schema.Required("identifier", schema.String()), schema.Required("type", schema.String()), schema.Required("url", schema.String()),
		schema.Optional("base64", schema.String().Secret()),
	),
	Consent: consent.Camera,
	Needs:   device.Camera,
	Run: func(_ context.Context, c *jsapi.Call) (jsapi.Step, error) {
		return jsapi.Step{Ask: &jsapi.Want{Kind: ask.Camera, Show: map[string]any{"mode": c.Params.Text("mode")}}}, nil
	},
	Resume: func(ctx context.Context, c *jsapi.Call, _ ask.Ask, answer jsapi.Answer) (jsapi.Step, error) {
		switch answer.Answer {
		case "taken":
			return taken(ctx, c, answer.Photo)
		case "cancelled":
			return jsapi.Step{}, problem.New(problem.Cancelled, "the user took no picture")
		case "denied":
			return jsapi.Step{}, problem.New(problem.NotPermitted, "the device's own settings do not permit the super app to use the camera")
		case "unavailable":
			return jsapi.Step{}, problem.New(problem.DeviceLacks, "the device has no camera that can be used now")
		default:
			return jsapi.Step{}, problem.New(problem.AnswerInvalid, "answer %q: the camera is answered taken, cancelled, denied or unavailable", answer.Answer)
		}
	},
}

// taken returns the picture that the host has uploaded.
func taken(ctx context.Context, c *jsapi.Call, photo string) (jsapi.Step, error) {
	b, err := blob.Of(ctx, c.Tx.Blobs(), c.Launch.ID, photo, c.Now)
	if problem.Is(err, problem.NotFound) {
		return jsapi.Step{}, problem.New(problem.AnswerInvalid, "the answer's photo: there is no blob %.40q of this launch; upload the picture first", photo)
	}
	if err != nil {
		return jsapi.Step{}, err
	}
	if !strings.HasPrefix(b.Type, "image/") {
		return jsapi.Step{}, problem.New(problem.AnswerInvalid, "the answer's photo is %s; a photo is an image", b.Type)
	}
	p := Photo{Identifier: b.ID, Type: b.Type}
	if c.Engine.PhotoURL != nil {
		p.URL = c.Engine.PhotoURL(b.ID)
	}
	if c.Params.Bool("needBase64") {
		p.Base64 = base64.StdEncoding.EncodeToString(b.Bytes)
	}
	return jsapi.Step{Data: p}, nil
}
