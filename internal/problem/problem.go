// Package problem defines the error type of Selasar's rules.
//
// A rule decides on a failure and names it with a [Code]. Each outside dialect
// (JSAPI, mini-app backend, Selasar's own APIs) maps codes to its own numbers and
// HTTP statuses in one table.
package problem

import (
	"errors"
	"fmt"
)

// Code names a kind of failure. Codes are stable: Selasar's own APIs and the
// journal contain them.
type Code string

// The codes, grouped by their JSAPI error class.
const (
	// The mini app or its launch does not exist or does not run (JSAPI 203).
	MiniAppUnknown   Code = "mini_app_unknown"
	MiniAppSuspended Code = "mini_app_suspended"
	LaunchUnknown    Code = "launch_unknown"
	LaunchEnded      Code = "launch_ended"
	LaunchNotOpen    Code = "launch_not_open"

	// The method does not exist, or not in this app version (JSAPI 100).
	MethodUnknown Code = "method_unknown"
	VersionTooOld Code = "version_too_old"

	// The device lacks a capability (JSAPI 400).
	DeviceLacks Code = "device_lacks"

	// Parameters (JSAPI 200, 201, 202).
	ParamMissing Code = "param_missing"
	ParamType    Code = "param_type"
	ParamValue   Code = "param_value"

	// Permission (JSAPI 300).
	NotPermitted   Code = "not_permitted"
	NotGranted     Code = "not_granted" // the operator did not grant the JSAPI itself
	ConsentMissing Code = "consent_missing"
	Cancelled      Code = "cancelled" // the user left a sheet of the device

	// The network (JSAPI 401) and Selasar itself (JSAPI 500).
	Offline  Code = "offline"
	TimedOut Code = "timed_out"
	Internal Code = "internal"

	// Asks and their answers.
	AskUnknown        Code = "ask_unknown"
	AskForeign        Code = "ask_foreign"
	AskAnswered       Code = "ask_answered"
	AskExpired        Code = "ask_expired"
	AnswerInvalid     Code = "answer_invalid"
	InsufficientFunds Code = "insufficient_funds"

	// Codes, tokens, users and payments of the backend APIs.
	CodeUnknown    Code = "code_unknown"
	CodeExpired    Code = "code_expired"
	CodeReplayed   Code = "code_replayed"
	TokenInvalid   Code = "token_invalid"
	KeyReused      Code = "request_id_reused"
	UserUnknown    Code = "user_unknown"
	PaymentUnknown Code = "payment_unknown"
	PaymentFinal   Code = "payment_final"
	// PaymentCharging: the operator's provider has not answered yet. ChargeDeclined: it
	// moved no money. RefundPending: the outcome of a refund is not known yet.
	PaymentCharging Code = "payment_charging"
	ChargeDeclined  Code = "charge_declined"
	RefundPending   Code = "refund_pending"
	NotRefundable   Code = "not_refundable"
	RefundExceeds   Code = "refund_exceeds"

	// Messages and rewards that a mini app's backend sends to users.
	MessageUnknown  Code = "message_unknown"
	TemplateUnknown Code = "template_unknown"
	RewardUnknown   Code = "reward_not_configured"
	GemsUnknown     Code = "gems_not_configured"
	OverLimit       Code = "over_limit"

	// Selasar's own APIs.
	Unauthorized    Code = "unauthorized"
	Forbidden       Code = "forbidden" // the API key may not do this
	KeyUnknown      Code = "api_key_unknown"
	VersionUnknown  Code = "version_unknown" // a mini app has no such version
	Changed         Code = "changed"         // the row is newer than the caller's If-Match
	ForbiddenOrigin Code = "forbidden_origin"
	BadRequest      Code = "bad_request"
	TooLarge        Code = "too_large"
	BodySlow        Code = "body_slow"
	TooManyRequests Code = "too_many_requests"
	// Unavailable: the database cannot serve the request now. The request may be
	// sent again.
	Unavailable Code = "unavailable"
	NotFound    Code = "not_found"
	Conflict    Code = "conflict"
)

// Problem is a failure that the caller can act on. Message states the fault and
// the remedy in one line without secrets. Err, when set, is the cause; it is
// logged and never sent to a caller. Facts, when set, are the figures of the
// message as typed data, for a journal entry about it.
type Problem struct {
	Code    Code
	Message string
	Err     error
	Facts   any
}

// New returns a problem. The formatted message states the fault and the remedy.
func New(code Code, format string, args ...any) *Problem {
	return &Problem{Code: code, Message: fmt.Sprintf(format, args...)}
}

// Error returns the code and the message, and the cause when there is one.
func (p *Problem) Error() string {
	if p.Err != nil {
		return fmt.Sprintf("%s: %s: %v", p.Code, p.Message, p.Err)
	}
	return fmt.Sprintf("%s: %s", p.Code, p.Message)
}

// Unwrap returns the cause.
func (p *Problem) Unwrap() error { return p.Err }

// Of returns err as a problem. An error that is not a problem becomes [Internal]
// with a general message, so that its text does not reach a caller.
func Of(err error) *Problem {
	if err == nil {
		return nil
	}
	if p, ok := errors.AsType[*Problem](err); ok {
		return p
	}
	return &Problem{Code: Internal, Message: "something went wrong inside Selasar; its log says what", Err: err}
}

// Is reports whether err is a problem with one of the codes.
func Is(err error, codes ...Code) bool {
	p, ok := errors.AsType[*Problem](err)
	if !ok {
		return false
	}
	for _, c := range codes {
		if p.Code == c {
			return true
		}
	}
	return false
}
