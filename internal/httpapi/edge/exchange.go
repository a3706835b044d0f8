package edge

import (
	"context"
	"net/http"
	"time"

	"github.com/selasar/selasar/internal/clock"
	"github.com/selasar/selasar/internal/fault"
	"github.com/selasar/selasar/internal/journal"
	"github.com/selasar/selasar/internal/journal/event"
	"github.com/selasar/selasar/internal/limit"
	"github.com/selasar/selasar/internal/miniapp"
	"github.com/selasar/selasar/internal/problem"
)

// Call is one request of a mini app's backend. Each dialect embeds it in its own call
// type.
type Call struct {
	HTTP      *http.Request
	Operation string // its name in faults and in request ids
	Body      []byte
	App       miniapp.App

	// These members are for the journal.
	UserID     string
	LaunchID   string
	PaymentRef string // set as soon as the payment is known
	Compared   Compared

	// Release, when set, runs after the operation and before the answer is written.
	Release func()
}

// Compared are the parts of a wrong signature that a developer compares. They are no
// secrets, and the journal shows them whole.
type Compared struct {
	BodyHash  string // of the text that should have been signed
	Header    string // the header of the signature
	Signature string // as received; empty for a text that is no signature
}

func (c *Call) shared() *Call { return c }

// Caller is a pointer to a dialect's call type, which embeds [Call].
type Caller interface{ shared() *Call }

// Dialect describes how one API authenticates, answers and traces its requests. C is
// its call type, R the result of its operations.
type Dialect[C Caller, R any] struct {
	// Open returns the dialect's call for a request.
	Open func(Call) C
	// Success returns the answer for a result.
	Success func(c C, result R) Answer
	// Failure returns the answer for an error.
	Failure func(c C, err error) Answer
	// Head, when set, adds response headers.
	Head func(c C, status int, h http.Header)
	// Shown lists the request headers for the journal, in addition to the scheme of
	// Authorization.
	Shown []Header
}

// Operation is one operation of a dialect.
type Operation[C Caller, R any] struct {
	Name string
	// Identify authenticates the caller and sets the call's mini app.
	Identify func(ctx context.Context, c C) error
	// Serve runs the operation.
	Serve func(ctx context.Context, c C) (R, error)
}

// Platform has the parts of the platform that every exchange needs.
type Platform struct {
	Clock   clock.Clock
	Journal *journal.Log
	Faults  fault.Source    // nil: no faults
	Limits  *limit.Guard    // nil: no limits
	Done    <-chan struct{} // closed when the platform stops
}

// Exchange serves the operations of one dialect. Every request passes the same
// steps, and the first step that fails decides the answer:
//
//	limit · read · identify · limit · fault · serve · map · trace · write
//
// The journal entry is added before the caller receives the answer.
type Exchange[C Caller, R any] struct {
	Platform
	Dialect Dialect[C, R]
}

// Handler returns the handler of an operation.
func (x Exchange[C, R]) Handler(op Operation[C, R]) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		began := time.Now()
		c := x.Dialect.Open(Call{HTTP: r, Operation: op.Name})
		result, known, err := x.run(r.Context(), c, op)
		var a Answer
		if err != nil {
			LogCause(r, problem.Of(err))
			a = x.Dialect.Failure(c, err)
			a.Wait = limit.WaitOf(err)
		} else {
			a = x.Dialect.Success(c, result)
		}
		if x.Dialect.Head != nil {
			x.Dialect.Head(c, a.Status, w.Header())
		}
		if (known || !stranger(r)) && a.Wait == 0 { // too many requests would fill the journal
			x.trace(c.shared(), a, err != nil, began)
		}
		a.Write(w)
	})
}

// run returns the result of an operation; known reports whether the caller was identified.
func (x Exchange[C, R]) run(ctx context.Context, c C, op Operation[C, R]) (result R, known bool, err error) {
	call := c.shared()
	if err := Admit(x.Limits, call.HTTP); err != nil {
		return result, false, err
	}
	if call.Body, err = ReadBody(call.HTTP); err != nil {
		return result, false, err
	}
	if err := op.Identify(ctx, c); err != nil {
		return result, false, err
	}
	if call.Release != nil {
		defer call.Release()
	}
	if err := x.Limits.MiniApp(call.App.ID); err != nil {
		return result, true, err
	}
	if origin := call.HTTP.Header.Get("Origin"); origin != "" { // only browsers send it
		x.Journal.Trace(event.CredentialInPage.Entry(event.Scope{MiniAppID: call.App.ID}, event.PageRequest{Origin: Excerpt(origin), Path: call.HTTP.URL.Path}))
	}
	err = fault.Inject(ctx, x.Faults, x.Done, op.Name, func() (err error) {
		result, err = op.Serve(ctx, c)
		return err
	})
	return result, true, err
}
