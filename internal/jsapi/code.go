package jsapi

import "github.com/selasar/selasar/internal/problem"

// ErrorCode is the number of an error code of a dialect.
type ErrorCode int

// CodeInfo is an error code with its documented name.
type CodeInfo struct {
	Code     ErrorCode
	Name     string
	Constant string // its name in TypeScript
	Meaning  string
}

// Codes are the nine error codes that both generations share (list-of-jssdks-webview-v1,
// frontend-v2).
var Codes = []CodeInfo{
	{Code: 100, Name: "Method not supported", Constant: "MethodNotSupported", Meaning: "the method is unknown or newer than the GoPay app, or there is no host"},
	{Code: 200, Name: "Incomplete parameter", Constant: "IncompleteParameter", Meaning: "a required parameter is missing"},
	{Code: 201, Name: "Invalid type", Constant: "InvalidType", Meaning: "a parameter does not have the documented type"},
	{Code: 202, Name: "Parameter data", Constant: "ParameterData", Meaning: "a parameter's value is not supported"},
	{Code: 203, Name: "Miniapp not registered", Constant: "MiniappNotRegistered", Meaning: "the mini app is unknown or suspended, or its launch has ended"},
	{Code: 300, Name: "Permission denied", Constant: "PermissionDenied", Meaning: "the operator or the user has not permitted the call"},
	{Code: 400, Name: "Device not supported", Constant: "DeviceNotSupported", Meaning: "the device lacks a feature that the method needs"},
	{Code: 401, Name: "Network error", Constant: "NetworkError", Meaning: "the device is offline, or no answer came in time"},
	{Code: 500, Name: "Superapp error", Constant: "SuperappError", Meaning: "the super app failed"},
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
	problem.NotGranted:       300,
	problem.ConsentMissing:   300,
	problem.Cancelled:        300,
	problem.DeviceLacks:      400,
	problem.Offline:          401,
	problem.TimedOut:         401,
}

// CodeOf returns the error code of a problem. A problem that is not in the table gets
// the code for a failure of the super app.
func CodeOf(code problem.Code) ErrorCode {
	if n, ok := numbers[code]; ok {
		return n
	}
	return 500
}
