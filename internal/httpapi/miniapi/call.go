package miniapi

import (
	"context"
	"net/http"
	"slices"

	"github.com/selasar/selasar/internal/httpapi/edge"
	"github.com/selasar/selasar/internal/login"
	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/request"
)

// envelope is the body of every answer (backend-v2).
type envelope struct {
	Success bool           `json:"success"`
	Data    any            `json:"data,omitempty"`
	Error   *envelopeError `json:"error,omitempty"`
}

// envelopeError is the error of a failed call. Hint is Selasar's addition: the mistake
// and its remedy.
type envelopeError struct {
	Code        string `json:"code,omitempty"`
	Description string `json:"description"`
	Hint        string `json:"hint,omitempty"`
}

// call is one request to the mini-app APIs.
type call struct {
	edge.Call
	request request.Request // under its Request-Id
	session login.Session   // with Bearer
}

// serve runs an operation and returns the data of the envelope.
type serve func(ctx context.Context, c *call) (any, error)

func (c *call) fields(v any) error { return edge.ReadFields(c.Body, v) }

var dialect = edge.Dialect[*call, any]{
	Open: func(c edge.Call) *call { return &call{Call: c} },
	Success: func(_ *call, data any) edge.Answer {
		return edge.JSON(http.StatusOK, envelope{Success: true, Data: data})
	},
	Failure: failure,
	Head:    head,
	Shown:   edge.HeadersNamed("Content-Type", "Debug-Id", "Request-Id", "User-Agent"),
}

func head(c *call, status int, h http.Header) {
	if debugID := c.HTTP.Header.Get("Debug-Id"); debugID != "" && len(debugID) <= maxRequestID {
		h.Set("Debug-Id", debugID)
	}
	if status == http.StatusUnauthorized {
		h.Set("WWW-Authenticate", `Basic realm="mini-apps", Bearer realm="mini-apps"`)
	}
}

// codeProblems are the problems of an exchanged code or token. The documentation gives
// them no code (seamless-login-v2).
var codeProblems = []problem.Code{problem.CodeUnknown, problem.CodeExpired, problem.CodeReplayed}

// refusedCodes are the descriptions of those problems, by operation.
var refusedCodes = map[string]string{"token": "AuthCode Not Found", "bank-details": "AccountToken Not Found"}

func failure(c *call, err error) edge.Answer {
	p := problem.Of(err)
	row := codeFor(c.Operation, p)
	if slices.Contains(codeProblems, p.Code) {
		row = code{status: http.StatusBadRequest, symbol: refusedCodes[c.Operation]}
	}
	a := edge.JSON(row.status, envelope{Error: &envelopeError{Code: row.code, Description: row.symbol, Hint: p.Message}})
	a.Message, a.Next = row.symbol, p.Message
	return a
}
