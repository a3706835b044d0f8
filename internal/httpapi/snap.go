package httpapi

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"time"

	"github.com/selasar/selasar/internal/credential"
	"github.com/selasar/selasar/internal/miniapp"
	"github.com/selasar/selasar/internal/notification"
	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/request"
)

// BI-SNAP is how a mini app's backend makes payments, asks for them, takes
// them back and refunds them (core-api-snap-open-api-overview). Every request
// passes the same steps, and the first that fails answers:
//
//	body 1 MiB · headers · X-TIMESTAMP · token · partner · X-SIGNATURE ·
//	mini app · X-EXTERNAL-ID runs · fault · JSON · X-EXTERNAL-ID used · the rule
//
// The access token has steps of its own; see snap_token.go.

// snapCall is one request.
type snapCall struct {
	HTTP       *http.Request
	Operation  snapOperation
	Body       []byte
	App        miniapp.App
	Request    request.Request  // its X-EXTERNAL-ID
	Ahead      time.Duration    // of the sender's clock, the platform's is
	PaymentRef string           // what it is about, as soon as that is known
	Replayed   bool             // answered with the first answer of its X-EXTERNAL-ID
	party      credential.Party // of an access token: who gets it
	generation int              // and on the strength of which credentials
}

// snapEndpoint gives the answer's bytes, or a problem.
type snapEndpoint func(ctx context.Context, c *snapCall) ([]byte, error)

// snap serves an operation; identify finds out who calls.
func (a *API) snap(op snapOperation, identify func(context.Context, *snapCall) error, serve snapEndpoint) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		began := time.Now()
		c := &snapCall{HTTP: r, Operation: op}
		answer, err := a.serveSnap(r.Context(), c, identify, serve)
		status := http.StatusOK
		if err != nil {
			p := problem.Of(err)
			logCause(r, p)
			status, answer = a.snapFailure(c, p)
		}
		a.traceSnap(c, status, answer, err, began) // first: who has the answer finds it in the journal
		h := w.Header()
		h.Set("Content-Type", "application/json")
		h.Set("X-TIMESTAMP", snapTime(a.Clock.Now()))
		h.Set("Cache-Control", "no-store")
		h.Set("X-Content-Type-Options", "nosniff")
		w.WriteHeader(status)
		_, _ = w.Write(answer) // the caller went away
	})
}

func (a *API) serveSnap(ctx context.Context, c *snapCall, identify func(context.Context, *snapCall) error, serve snapEndpoint) (answer []byte, err error) {
	if c.Body, err = readBody(c.HTTP); err != nil {
		return nil, err
	}
	if err := identify(ctx, c); err != nil {
		return nil, err
	}
	if c.App, err = a.caller(ctx, c.App.ID); err != nil {
		return nil, err
	}
	end, err := a.begin(c)
	if err != nil {
		return nil, err
	}
	defer end()
	err = a.faulted(ctx, c.Operation.name, func() (err error) { answer, err = serve(ctx, c); return err })
	return answer, err
}

// snapHead opens every answer. Hint is Selasar's addition: what was wrong and
// what to do.
type snapHead struct {
	Code    string `json:"responseCode"`
	Message string `json:"responseMessage"`
	DebugID string `json:"referenceNo,omitempty"` // of a token that was refused
	Hint    string `json:"hint,omitempty"`
}

func (c *snapCall) success() snapHead {
	return snapHead{Code: "200" + c.Operation.service + "00", Message: "Successful"}
}

const maxDebugID = 255

func (a *API) snapFailure(c *snapCall, p *problem.Problem) (int, []byte) {
	row := c.Operation.codeFor(p)
	head := snapHead{Code: row.response(c.Operation), Message: row.message, Hint: p.Message}
	if c.Operation == snapToken {
		if head.DebugID = c.HTTP.Header.Get("debug-id"); head.DebugID == "" || len(head.DebugID) > maxDebugID {
			head.DebugID = a.Engine.IDs.New()
		}
	}
	answer, _ := encoded(head) // texts only
	return row.status, answer
}

// encoded is v as compact JSON, in which nothing is escaped that need not be.
func encoded(v any) ([]byte, error) {
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false)
	err := enc.Encode(v)
	return bytes.TrimSuffix(buf.Bytes(), []byte("\n")), err
}

// snapTime writes a time as BI-SNAP does: 2026-11-23T10:00:00+07:00.
func snapTime(t time.Time) string { return notification.Time(t.UnixMilli()) }
