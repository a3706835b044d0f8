// Package httpapi speaks HTTP for the rules: the host protocol, what the
// backends of mini apps call (the mini-app APIs, BI-SNAP, Snap Checkout), the
// payment page, and the control API of dev. It decodes, finds out who calls,
// calls a rule, and puts the answer or the problem in the dialect of the path.
package httpapi

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"

	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/strict"
)

// endpoint is a handler of Selasar's own APIs: it gives a value to write as
// JSON, nothing for 204, or a problem.
type endpoint func(r *http.Request) (any, error)

// created marks an answer with 201 instead of 200.
type created struct{ body any }

// ServeHTTP writes what the endpoint gives as JSON.
func (e endpoint) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	answer, err := e(r)
	if err != nil {
		writeProblem(w, r, err)
		return
	}
	switch a := answer.(type) {
	case nil:
		w.WriteHeader(http.StatusNoContent)
	case created:
		writeJSON(w, http.StatusCreated, a.body)
	default:
		writeJSON(w, http.StatusOK, a)
	}
}

func writeJSON(w http.ResponseWriter, status int, body any) {
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(body); err != nil {
		slog.Error("writing an answer", "error", err)
		status = http.StatusInternalServerError
		buf.Reset()
		buf.WriteString(`{"error":{"code":"internal","message":"the answer could not be written"}}`)
	}
	h := w.Header()
	h.Set("Content-Type", "application/json")
	h.Set("Cache-Control", "no-store")
	h.Set("X-Content-Type-Options", "nosniff")
	w.WriteHeader(status)
	_, _ = w.Write(buf.Bytes()) // the caller went away
}

// statuses are the HTTP statuses of problems in Selasar's own APIs; what is
// not here is 400.
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
	problem.UserUnknown:       http.StatusNotFound,
	problem.PaymentUnknown:    http.StatusNotFound,
	problem.MessageUnknown:    http.StatusNotFound,
	problem.Unauthorized:      http.StatusUnauthorized,
	problem.ForbiddenOrigin:   http.StatusForbidden,
	problem.TooLarge:          http.StatusRequestEntityTooLarge,
	problem.NotFound:          http.StatusNotFound,
	problem.Conflict:          http.StatusConflict,
	problem.Internal:          http.StatusInternalServerError,
}

type errorBody struct {
	Error errorInfo `json:"error"`
}

type errorInfo struct {
	Code    problem.Code `json:"code"`
	Message string       `json:"message"`
}

func describe(p *problem.Problem) errorBody {
	return errorBody{errorInfo{Code: p.Code, Message: p.Message}}
}

func writeProblem(w http.ResponseWriter, r *http.Request, err error) {
	p := problem.Of(err)
	logCause(r, p)
	status, ok := statuses[p.Code]
	if !ok {
		status = http.StatusBadRequest
	}
	writeJSON(w, status, describe(p))
}

func logCause(r *http.Request, p *problem.Problem) {
	if p.Err != nil && r.Context().Err() == nil {
		slog.Error("a request failed inside", "method", r.Method, "path", r.URL.Path, "error", p.Err)
	}
}

// maxBody bounds the bodies of every API.
const maxBody = 1 << 20

// readBody reads a whole body of at most maxBody bytes.
func readBody(r *http.Request) ([]byte, error) {
	data, err := io.ReadAll(http.MaxBytesReader(nil, r.Body, maxBody))
	if tooLong, ok := errors.AsType[*http.MaxBytesError](err); ok {
		return nil, problem.New(problem.TooLarge, "the body is larger than %d bytes", tooLong.Limit)
	}
	if err != nil {
		return nil, problem.New(problem.BadRequest, "the body could not be read to its end")
	}
	return data, nil
}

// decode reads a JSON body into v, strictly. An empty body is an empty object.
func decode(r *http.Request, v any) error {
	data, err := readBody(r)
	if err != nil || len(bytes.TrimSpace(data)) == 0 {
		return err
	}
	if err := strict.Decode(data, v); err != nil {
		return problem.New(problem.BadRequest, "the body: %v", err)
	}
	return nil
}
