package container

import (
	"strings"

	"github.com/selasar/selasar/internal/device"
	"github.com/selasar/selasar/internal/jsapi"
	"github.com/selasar/selasar/internal/jsapi/operation"
	"github.com/selasar/selasar/internal/jsapi/schema"
	"github.com/selasar/selasar/internal/problem"
)

// The two methods that return callbackId, and fail with GP_PARAM_ERR for their parameters.

func trackEvent() *jsapi.Binding {
	beside := schema.Object(schema.Required("callbackId", schema.String()))
	return &jsapi.Binding{
		Operation: operation.TrackEvent, Class: "GPAnalytics", Method: "trackEvent",
		BesideSchema: &beside, Beside: func(c *jsapi.Call, _ any) any { return map[string]string{"callbackId": c.ID} },
		Fail: callbackFailure,
	}
}

// photo is what takePhoto has beside data.
type photo struct {
	CallbackID string `json:"callbackId"`
	LocalPath  string `json:"localPath"`
	URL        string `json:"url"`
	Identifier string `json:"identifier"`
	Base64     string `json:"base64Data,omitempty"`
}

// takePhoto returns the members that the documentation's sample reads, and those of the
// underlying container.
func takePhoto() *jsapi.Binding {
	b := &jsapi.Binding{Operation: operation.TakePhoto, Class: "GPCamera", Method: "takePhoto", Fail: callbackFailure}
	return onlyBeside(b, schema.Object(
		schema.Required("callbackId", schema.String()),
		schema.Required("localPath", schema.String().Doc("The path of the file on the device.")),
		schema.Required("url", schema.String().Doc("For an `img` element in the page.")),
		schema.Required("identifier", schema.String()),
		schema.Optional("base64Data", schema.String().Secret().Doc("With `needBase64`; without `data:`.")),
	), func(c *jsapi.Call, data any) any {
		p, _ := data.(operation.Photo)
		return photo{c.ID, localPath(c.Device.OS, p), p.URL, p.Identifier, p.Base64}
	})
}

// localPath returns the path of a picture in the form of the device's system.
func localPath(os device.OS, p operation.Photo) string {
	name := p.Identifier + "." + strings.TrimPrefix(p.Type, "image/")
	if os == device.IOS {
		return "/var/mobile/Containers/Data/Application/GoPay/tmp/" + name
	}
	return "/data/user/0/com.gojek.gopay/cache/" + name
}

// cancelled are the values of ret by which the underlying container tells that the user
// took no picture. The spelling is its own.
var cancelled = map[device.OS]string{device.IOS: "HY_RET_PHOTO_CANCLE", device.Android: "HY_FAILED"}

func callbackFailure(c *jsapi.Call, p *problem.Problem) jsapi.Failure {
	switch p.Code {
	case problem.ParamMissing, problem.ParamType, problem.ParamValue:
		const wrong = "GP_PARAM_ERR"
		return jsapi.Fail(c.ErrorOf(p), map[string]any{"callbackId": c.ID, "errorCode": wrong, "errorMessage": p.Message, "ret": wrong})
	case problem.Cancelled:
		return jsapi.Fail(c.ErrorOf(p), map[string]any{"ret": cancelled[c.Device.OS], "msg": p.Message})
	default:
		return failure(c, p)
	}
}
