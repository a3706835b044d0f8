package bisnap

import (
	"bytes"
	"context"
	"net/http"
	"time"

	"github.com/selasar/selasar/internal/credential"
	"github.com/selasar/selasar/internal/httpapi/edge"
	"github.com/selasar/selasar/internal/notification"
	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/request"
)

// call is one request of BI-SNAP.
type call struct {
	edge.Call
	op         operation
	request    request.Request  // under its X-EXTERNAL-ID
	skew       time.Duration    // how far the platform's clock runs ahead of the sender's
	replayed   bool             // the answer is the first answer of its X-EXTERNAL-ID
	party      credential.Party // of an access token: its owner
	generation int              // of the credentials that signed the token's request
}

// serve runs an operation and returns the answer's bytes.
type serve func(ctx context.Context, c *call) ([]byte, error)

func (c *call) fields(v any) error { return edge.ReadFields(c.Body, v) }

func (d *door) dialect() edge.Dialect[*call, []byte] {
	return edge.Dialect[*call, []byte]{
		Open:    func(c edge.Call) *call { return &call{Call: c, op: operationNamed(c.Operation)} },
		Success: success,
		Failure: d.failure,
		Head:    func(_ *call, _ int, h http.Header) { timestamp.Set(h, timeText(d.Clock.Now())) },
		Shown:   append(edge.HeadersNamed("Content-Type", "Debug-Id", "Request-Id", "User-Agent"), timestamp, clientKey, partnerID, externalID, channelID),
	}
}

// head is the beginning of every answer. Hint is Selasar's addition: the mistake and
// its remedy.
type head struct {
	Code    string `json:"responseCode"`
	Message string `json:"responseMessage"`
	DebugID string `json:"referenceNo,omitempty"` // of a token that was refused
	Hint    string `json:"hint,omitempty"`
}

func (c *call) success() head {
	return head{Code: "200" + c.op.service + "00", Message: "Successful"}
}

func success(c *call, body []byte) edge.Answer {
	a := edge.Answer{Status: http.StatusOK, Body: body}
	if c.replayed {
		a.Replayed = true
	}
	return a
}

const maxDebugID = 255

func (d *door) failure(c *call, err error) edge.Answer {
	p := problem.Of(err)
	row := c.op.codeFor(p)
	h := head{Code: row.response(c.op), Message: row.message, Hint: p.Message}
	if c.op == accessToken {
		if h.DebugID = c.HTTP.Header.Get("Debug-Id"); h.DebugID == "" || len(h.DebugID) > maxDebugID {
			h.DebugID = d.IDs.New()
		}
	}
	body, _ := encoded(h) // strings only, so it cannot fail
	return edge.Answer{Status: row.status, Body: body, Message: h.Code + " " + h.Message, Next: p.Message}
}

// encoded returns v as compact JSON without a line feed at its end.
func encoded(v any) ([]byte, error) {
	data, err := edge.Encode(v)
	return bytes.TrimSuffix(data, []byte("\n")), err
}

// timeText formats a time as BI-SNAP does: 2026-11-23T10:00:00+07:00.
func timeText(t time.Time) string { return notification.Time(t.UnixMilli()) }
