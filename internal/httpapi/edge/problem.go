package edge

import (
	"log/slog"
	"net/http"

	"github.com/selasar/selasar/internal/limit"
	"github.com/selasar/selasar/internal/problem"
)

// statuses maps problems to HTTP statuses in Selasar's own APIs. Other problems have
// status 400.
var statuses = map[problem.Code]int{
	problem.MiniAppUnknown:    http.StatusNotFound,
	problem.MiniAppSuspended:  http.StatusForbidden,
	problem.LaunchUnknown:     http.StatusNotFound,
	problem.LaunchEnded:       http.StatusGone,
	problem.LaunchNotOpen:     http.StatusConflict,
	problem.AskUnknown:        http.StatusNotFound,
	problem.AskForeign:        http.StatusForbidden,
	problem.AskAnswered:       http.StatusConflict,
	problem.AskExpired:        http.StatusGone,
	problem.InsufficientFunds: http.StatusConflict,
	problem.ChargeDeclined:    http.StatusConflict,
	problem.PaymentCharging:   http.StatusConflict,
	problem.Offline:           http.StatusConflict,
	problem.UserUnknown:       http.StatusNotFound,
	problem.PaymentUnknown:    http.StatusNotFound,
	problem.MessageUnknown:    http.StatusNotFound,
	problem.Unauthorized:      http.StatusUnauthorized,
	problem.ForbiddenOrigin:   http.StatusForbidden,
	problem.Forbidden:         http.StatusForbidden,
	problem.KeyUnknown:        http.StatusNotFound,
	problem.VersionUnknown:    http.StatusNotFound,
	problem.Changed:           http.StatusPreconditionFailed,
	problem.KeyReused:         http.StatusConflict,
	problem.TooLarge:          http.StatusRequestEntityTooLarge,
	problem.BodySlow:          http.StatusRequestTimeout,
	problem.TooManyRequests:   http.StatusTooManyRequests,
	problem.Unavailable:       http.StatusServiceUnavailable,
	problem.NotFound:          http.StatusNotFound,
	problem.Conflict:          http.StatusConflict,
	problem.Internal:          http.StatusInternalServerError,
}

// StatusOf returns the HTTP status of a problem in Selasar's own APIs.
func StatusOf(p *problem.Problem) int {
	if status, ok := statuses[p.Code]; ok {
		return status
	}
	return http.StatusBadRequest
}

// ErrorBody is the JSON body of a problem in Selasar's own APIs.
type ErrorBody struct {
	Error ErrorInfo `json:"error"`
}

// ErrorInfo is the code and the message of a problem.
type ErrorInfo struct {
	Code    problem.Code `json:"code"`
	Message string       `json:"message"`
}

// Describe returns the JSON body of a problem.
func Describe(p *problem.Problem) ErrorBody {
	return ErrorBody{ErrorInfo{Code: p.Code, Message: p.Message}}
}

// WriteProblem logs an error's cause, if it has one, and writes the error in the
// form of Selasar's own APIs.
func WriteProblem(w http.ResponseWriter, r *http.Request, err error) {
	p := problem.Of(err)
	LogCause(r, p)
	a := JSON(StatusOf(p), Describe(p))
	a.Wait = limit.WaitOf(err)
	a.Write(w)
}

// LogCause logs the internal error behind a problem, unless the caller has
// disconnected.
func LogCause(r *http.Request, p *problem.Problem) {
	if p.Err != nil && r.Context().Err() == nil {
		slog.ErrorContext(r.Context(), "a request failed with an internal error", "method", r.Method, "path", r.URL.Path, "error", p.Err)
	}
}
