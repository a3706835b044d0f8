package container

import (
	"bytes"
	"encoding/json"
	"strconv"

	"github.com/selasar/selasar/internal/bus"
	"github.com/selasar/selasar/internal/jsapi"
	"github.com/selasar/selasar/internal/miniapp"
	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/version"
)

// dataAsObject is the first GoPay version that returns data as an object; older ones
// return a JSON string (list-of-jssdks-webkit-v4).
var dataAsObject = version.Must("2.0.0")

// success writes {success, data, ret} and the members beside data. data is absent when
// the result is null.
func success(c *jsapi.Call, data, beside json.RawMessage) json.RawMessage {
	out := bytes.NewBufferString(`{"success":true`)
	if string(data) != "null" {
		out.WriteString(`,"data":`)
		out.Write(formed(c, data))
	}
	if members := bytes.TrimSuffix(bytes.TrimPrefix(beside, []byte("{")), []byte("}")); len(members) > 0 && string(beside) != "null" {
		out.WriteString(",")
		out.Write(members)
	}
	out.WriteString(`,"ret":"GP_SUCCESS"}`)
	return out.Bytes()
}

// formed returns data as an object, or as a JSON string.
func formed(c *jsapi.Call, data json.RawMessage) []byte {
	form := c.Variant(miniapp.DataForm)
	if form == "" && !c.Device.AppVersion.AtLeast(dataAsObject) && c.Device.AppVersion.String() != "" {
		form = "string"
	}
	if form != "string" {
		return data
	}
	text, err := json.Marshal(string(data))
	if err != nil {
		panic(err) // a text always marshals
	}
	return text
}

// notGranted is the msg of a call that the operator did not grant, as production apps of
// the underlying container report it.
const notGranted = "Please apply for JSAPI authorization"

// failure writes {success, error_code, error_type, error_message, ret}, in the spelling
// of the dialect or of the variant.
func failure(c *jsapi.Call, p *problem.Problem) jsapi.Failure {
	members, e := failed(c, p)
	return jsapi.Fail(e, members)
}

// failed returns the members of a failure.
func failed(c *jsapi.Call, p *problem.Problem) (map[string]any, jsapi.Error) {
	e := c.ErrorOf(p)
	members := map[string]any{"success": false, "ret": "GP_EXCEPTION"}
	if p.Code == problem.NotGranted {
		members["msg"] = notGranted
	}
	spell(c, members, e)
	return members, e
}

// spell adds the error in snake_case, in camelCase, or in both.
func spell(c *jsapi.Call, members map[string]any, e jsapi.Error) {
	keys := c.Variant(miniapp.ErrorKeys)
	if keys == "" && c.Dialect.Generation == miniapp.ContainerV1 {
		keys = "camel"
	}
	var code any = strconv.Itoa(int(e.Code))
	if c.Variant(miniapp.CodeForm) == "number" {
		code = e.Code
	}
	const kind = "JS_BRIDGE_ERROR"
	if keys != "camel" {
		members["error_code"], members["error_type"], members["error_message"] = code, kind, e.Message
	}
	if keys != "snake" {
		members["errorCode"], members["errorType"], members["errorMessage"] = code, kind, e.Message
	}
}

// eventForm returns the chosen readings of the form of events.
func eventForm(c *jsapi.Call) bus.Variants {
	form := bus.Variants{}
	for _, name := range []miniapp.VariantName{miniapp.EventPayload, miniapp.EventBubbles} {
		if reading := c.Variant(name); reading != "" {
			form[string(name)] = reading
		}
	}
	if len(form) == 0 {
		return nil
	}
	return form
}
