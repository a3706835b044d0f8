package jsapi

import "github.com/selasar/selasar/internal/problem"

// ErrorCode is one of the nine error codes of the documentation
// (list-of-jssdks-webview-v1).
type ErrorCode int

// CodeInfo is an error code with what the documentation calls it.
type CodeInfo struct {
	Code    ErrorCode
	Name    string
	Meaning string
}

// Codes are the error codes, in order.
var Codes = []CodeInfo{
	{100, "Method not supported", "the method is not there: unknown, or newer than the GoPay app, or there is no host at all"},
	{200, "Incomplete parameter", "a required parameter is missing"},
	{201, "Invalid type", "a parameter has another type than the documented one"},
	{202, "Parameter data", "a parameter's value is not supported"},
	{203, "Miniapp not registered", "the mini app is unknown or suspended, or its launch has ended"},
	{300, "Permission denied", "the operator or the user has not permitted it"},
	{400, "Device not supported", "the device lacks what the method needs"},
	{401, "Network error", "the device is offline, or nobody answered in time"},
	{500, "Superapp error", "the super app failed"},
}

// Name is what the documentation calls the code.
func (c ErrorCode) Name() string {
	for _, info := range Codes {
		if info.Code == c {
			return info.Name
		}
	}
	return ""
}

var numbers = map[problem.Code]ErrorCode{
	problem.MethodUnknown:    100,
	problem.VersionTooOld:    100,
	problem.ParamMissing:     200,
	problem.ParamType:        201,
	problem.ParamValue:       202,
	problem.MiniAppUnknown:   203,
	problem.MiniAppSuspended: 203,
	problem.LaunchUnknown:    203,
	problem.LaunchEnded:      203,
	problem.LaunchNotOpen:    203,
	problem.NotPermitted:     300,
	problem.ConsentMissing:   300,
	problem.DeviceLacks:      400,
	problem.Offline:          401,
	problem.TimedOut:         401,
}

// numberOf is the code that a problem has in the dialects; what is not in the
// table is a failure of the super app.
func numberOf(code problem.Code) ErrorCode {
	if n, ok := numbers[code]; ok {
		return n
	}
	return 500
}

// Error is why a call failed, as MiniAppSDK has it. Its message starts with
// the documented name of the code.
type Error struct {
	Code    ErrorCode `json:"code"`
	Message string    `json:"message"`
}

// Result is how a call ended: data is null unless it succeeded, error is null
// unless it failed, and all three members are always there.
type Result struct {
	Success bool   `json:"success"`
	Data    any    `json:"data"`
	Error   *Error `json:"error"`
}

func failure(p *problem.Problem) Result {
	code := numberOf(p.Code)
	return Result{Error: &Error{Code: code, Message: code.Name() + ": " + p.Message}}
}
