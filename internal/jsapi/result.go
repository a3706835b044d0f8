package jsapi

import (
	"context"
	"encoding/json"
	"errors"

	"github.com/selasar/selasar/internal/problem"
)

// Result is the result of a call. JSON is its envelope, encoded once in its dialect;
// the page gets these bytes, and the journal gets them masked.
type Result struct {
	Error *Error // why it failed; nil for a success
	JSON  json.RawMessage

	masked json.RawMessage // JSON with its secrets masked
}

// MarshalJSON returns the envelope.
func (r Result) MarshalJSON() ([]byte, error) { return r.JSON, nil }

// settle encodes the outcome of an operation in the dialect's envelope.
func (c *Call) settle(step Step, err error) Result {
	if err == nil {
		var out shaped
		if out, err = c.Binding.shape(c, step.Data); err == nil {
			return c.succeed(out)
		}
	}
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		err = problem.New(problem.TimedOut, "the caller went away before the call was settled")
	}
	p := problem.Of(err)
	logInternal(c, p)
	f := c.failure(p)
	return Result{Error: &f.Error, JSON: f.JSON, masked: f.JSON}
}

func (c *Call) succeed(out shaped) Result {
	r := Result{JSON: c.Dialect.Success(c, out.data, out.beside)}
	if r.masked = r.JSON; c.Binding.hasSecrets() {
		hidden := c.Binding.masked(out)
		r.masked = c.Dialect.Success(c, hidden.data, hidden.beside)
	}
	return r
}

// ErrorOf returns the code and the message of a problem. The message starts with the
// documented name of the code.
func (c *Call) ErrorOf(p *problem.Problem) Error {
	code := CodeOf(p.Code)
	return Error{Code: code, Message: c.Dialect.CodeName(code) + ": " + p.Message}
}

// Fail returns the failure of an error with its envelope, which always marshals.
func Fail(e Error, envelope any) Failure {
	data, err := json.Marshal(envelope)
	if err != nil {
		panic(err) // texts and numbers always marshal
	}
	return Failure{Error: e, JSON: data}
}

func (c *Call) failure(p *problem.Problem) Failure {
	if c.Binding != nil && c.Binding.Fail != nil {
		return c.Binding.Fail(c, p)
	}
	return c.Dialect.Failure(c, p)
}
