package container

import (
	"strconv"

	"github.com/selasar/selasar/internal/jsapi"
	"github.com/selasar/selasar/internal/jsapi/operation"
	"github.com/selasar/selasar/internal/jsapi/schema"
	"github.com/selasar/selasar/internal/miniapp"
)

func getLocation() *jsapi.Binding {
	params := schema.Object(schema.Optional("enable_high_accuracy", schema.Boolean().Doc("Has no effect: the simulated device is always exact.")))
	result := schema.Object(schema.Required("coords", operation.ReadLocation.Result))
	return &jsapi.Binding{
		Operation: operation.ReadLocation, Class: "GPLocation", Method: "getLocation",
		Params: &params, In: func(schema.Values) schema.Values { return schema.Values{} },
		Result: &result, Out: func(_ *jsapi.Call, data any) any { return map[string]any{"coords": data} },
	}
}

// systemInfo is the result of GPSystem.getSystemInfo. The documentation promises the app's
// version without naming a member for it (C10).
type systemInfo struct {
	Platform   string `json:"platform"`
	Emulator   bool   `json:"is_emulator"`
	Brand      string `json:"brand"`
	Model      string `json:"model"`
	Product    string `json:"product"`
	UUID       string `json:"uuid"`
	IDFA       string `json:"idfa"`
	IDFV       string `json:"idfv"`
	AppVersion string `json:"app_version"`
}

func getSystemInfo() *jsapi.Binding {
	result := schema.Object(
		schema.Required("platform", schema.Enum("android", "ios").Doc("The documentation lists no values.")),
		schema.Required("is_emulator", schema.Boolean()),
		schema.Required("brand", schema.String()),
		schema.Required("model", schema.String()),
		schema.Required("product", schema.String()),
		schema.Required("uuid", schema.String()),
		schema.Required("idfa", schema.String().Doc("Empty on Android.")),
		schema.Required("idfv", schema.String().Doc("Empty on Android.")),
		schema.Required("app_version", schema.String().Doc("The GoPay app's version.")),
	)
	return &jsapi.Binding{
		Operation: operation.ReadSystemInfo, Class: "GPSystem", Method: "getSystemInfo", Result: &result,
		Out: func(c *jsapi.Call, data any) any {
			i, _ := data.(operation.SystemInfo)
			return systemInfo{string(c.Device.OS), i.Emulator, i.Brand, i.Model, i.Product, i.UUID, i.IDFA, i.IDFV, i.AppVersion}
		},
	}
}

// getRootedDeviceInfo returns is_rooted as a string, as the documentation does (C40).
func getRootedDeviceInfo() *jsapi.Binding {
	result := schema.Object(schema.Required("is_rooted", schema.Any().Doc("`\"true\"` or `\"false\"`; a boolean with the variant `rooted`.")))
	return &jsapi.Binding{
		Operation: operation.ReadSystemInfo, Class: "GPSystem", Method: "getRootedDeviceInfo", Result: &result,
		Out: func(c *jsapi.Call, data any) any {
			info, _ := data.(operation.SystemInfo)
			if c.Variant(miniapp.RootedForm) == "boolean" {
				return map[string]any{"is_rooted": info.Rooted}
			}
			return map[string]any{"is_rooted": strconv.FormatBool(info.Rooted)}
		},
	}
}

// getLocale returns the locale beside data.
func getLocale() *jsapi.Binding {
	return onlyBeside(&jsapi.Binding{Operation: operation.ReadLocale, Class: "GPBase", Method: "getLocale"},
		operation.ReadLocale.Result, func(_ *jsapi.Call, data any) any { return data })
}
