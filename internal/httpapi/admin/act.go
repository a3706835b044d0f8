package admin

import (
	"context"
	"encoding/json"
	"log/slog"
	"net/http"
	"strconv"

	"github.com/selasar/selasar/internal/audit"
	"github.com/selasar/selasar/internal/httpapi/edge"
	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/registry"
	"github.com/selasar/selasar/internal/request"
	"github.com/selasar/selasar/internal/strict"
)

// done is what an act has done.
type done struct {
	Status int    // of HTTP; 0 for 200
	Body   any    // nil for no body
	ETag   string // without quotation marks; empty for none

	// These members are for the audit log. Detail has no secrets.
	Target    string
	MiniAppID string
	UserID    string
	Detail    any

	// after, when set, runs after the commit, and not for a retry.
	after func(ctx context.Context) error
}

// answer is the answer to a request, as it is stored for retries.
type answer struct {
	Status int             `json:"status"`
	ETag   string          `json:"etag,omitempty"`
	Raw    json.RawMessage `json:"body,omitempty"`
	Body   any             `json:"-"` // instead of Raw, for a request that reads

	replayed bool
}

func (a answer) write(w http.ResponseWriter) {
	if a.ETag != "" {
		w.Header().Set("ETag", strconv.Quote(a.ETag))
	}
	if a.replayed {
		w.Header().Set("Idempotent-Replayed", "true")
	}
	if read, ok := a.Body.(tagged); ok {
		w.Header().Set("ETag", strconv.Quote(read.etag))
		a.Body = read.body
	}
	switch {
	case a.Body != nil:
		edge.WriteJSON(w, http.StatusOK, a.Body)
	case len(a.Raw) == 0:
		w.WriteHeader(http.StatusNoContent)
	default:
		edge.Answer{Status: a.Status, Body: append(a.Raw, '\n')}.Write(w)
	}
}

// tagged is a body with an ETag.
type tagged struct {
	body any
	etag string
}

// maxKey is the longest Idempotency-Key in bytes.
const maxKey = 255

// act runs a route that changes something. Its effect, its audit entry and its answer for
// a retry are one transaction.
func (d *door) act(ctx context.Context, c *call, one route) (answer, error) {
	r, err := d.keyed(c, one)
	if err != nil {
		return answer{}, err
	}
	end, err := d.flight.Begin(r)
	if err != nil {
		return answer{}, err
	}
	defer end()
	run := one.act
	if one.prepare != nil {
		if run, err = one.prepare(ctx, c); err != nil {
			return answer{}, err
		}
	}
	var did done
	var a answer
	kept, replayed, err := request.Once(ctx, d.DB, r, func(tx Tx) (string, []byte, error) {
		if did, err = run(ctx, tx, c); err != nil {
			return "", nil, err
		}
		if a, err = newAnswer(did); err != nil {
			return "", nil, err
		}
		sealed, err := d.seal(a, r)
		if err != nil {
			return "", nil, err
		}
		return did.Target, sealed, d.record(ctx, tx, c, one, did)
	})
	switch {
	case err != nil:
		return answer{}, err
	case replayed:
		return d.unseal(kept)
	case did.after != nil:
		if err := did.after(ctx); err != nil {
			slog.Error("after a change by the operator API", "action", one.action, "error", err) // the change itself is stored
		}
	}
	return a, nil
}

func newAnswer(did done) (a answer, err error) {
	a = answer{Status: did.Status, ETag: did.ETag}
	if a.Status == 0 {
		a.Status = http.StatusOK
	}
	if did.Body != nil {
		a.Raw, err = json.Marshal(did.Body)
	}
	return a, err
}

// keyed returns the request with its Idempotency-Key. Without one, each request is a new
// one.
func (d *door) keyed(c *call, one route) (request.Request, error) {
	id := c.Header.Get("Idempotency-Key")
	if len(id) > maxKey || !edge.Storable(id) {
		return request.Request{}, problem.New(problem.BadRequest, "Idempotency-Key must be one line of at most %d bytes, without control characters", maxKey)
	}
	r := request.Of("key "+c.key.ID, id, one.action, c.body, d.Clock.Now()).With(c.URL.RequestURI(), c.Header.Get("If-Match"))
	r.Space = request.IdempotencyKey
	return r, nil
}

// An answer may contain a secret, such as a new key. So it is stored encrypted.

func (d *door) seal(a answer, r request.Request) ([]byte, error) {
	if r.ID == "" {
		return nil, nil
	}
	data, err := json.Marshal(a)
	return d.Key.Encrypt(string(data), sealedFor(r)), err
}

func (d *door) unseal(r request.Request) (a answer, err error) {
	text, err := d.Key.Decrypt(r.Answer, sealedFor(r))
	if err == nil {
		err = json.Unmarshal([]byte(text), &a)
	}
	a.replayed = true
	return a, err
}

func sealedFor(r request.Request) string { return "answer to " + r.MiniAppID + " " + r.ID }

// record appends the audit entry of an act.
func (d *door) record(ctx context.Context, tx Tx, c *call, one route, did done) error {
	if one.unaudited {
		return nil
	}
	detail := json.RawMessage(nil)
	if did.Detail != nil {
		data, err := json.Marshal(did.Detail)
		if err != nil {
			return err
		}
		detail = data
	}
	return d.Audit.Append(ctx, tx, audit.Entry{
		Actor: c.key.ID, Name: c.key.Name, Role: string(c.key.Role), Action: one.action,
		Target: did.Target, MiniAppID: did.MiniAppID, UserID: did.UserID, Detail: detail,
		RequestID: edge.RequestIDOf(ctx), Address: edge.CallerOf(c.Request),
	})
}

// decode reads the JSON body of a call, and refuses unknown members. An empty body is an
// empty object.
func (c *call) decode(v any) error {
	if len(c.body) == 0 {
		return nil
	}
	if err := strict.Decode(c.body, v); err != nil {
		return problem.New(problem.BadRequest, "the body: %v", err)
	}
	return nil
}

// match reads If-Match: an ETag that the API has returned. A missing header and * match
// any revision.
func (c *call) match() (registry.Match, error) {
	text := c.Header.Get("If-Match")
	if text == "" || text == "*" {
		return nil, nil
	}
	unquoted, err := strconv.Unquote(text)
	if err == nil && len(unquoted) > 1 && unquoted[0] == 'r' {
		if revision, err := strconv.ParseInt(unquoted[1:], 10, 64); err == nil {
			return &revision, nil
		}
	}
	return nil, problem.New(problem.BadRequest, `If-Match is one ETag of an earlier answer, with its quotation marks, such as "r3"`)
}
