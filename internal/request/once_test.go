package request_test

import (
	"errors"
	"testing"
	"time"

	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/request"
	"github.com/selasar/selasar/internal/testkit/stage"
)

// desk does requests once, and counts how often it did something.
type desk struct {
	*stage.Stage
	done int
}

func newDesk(t *testing.T) *desk { return &desk{Stage: stage.New(t)} }

func (d *desk) request(id, body string) request.Request {
	return request.Of("kopi", id, "pay", []byte(body), d.Clock.Now())
}

func (d *desk) once(r request.Request, subject string, fails error) (kept request.Request, replayed bool, err error) {
	return request.Once(d.Ctx, stage.View[request.Tx](d.Stage), r, func(request.Tx) (string, []byte, error) {
		d.done++
		return subject, []byte("answer of " + subject), fails
	})
}

func TestOnce_does_a_request_once(t *testing.T) {
	d := newDesk(t)
	errNo := errors.New("no")
	for _, one := range []struct {
		name     string
		id, body string
		subject  string
		fails    error
		pass     time.Duration
		code     string
		kept     string
		replayed bool
		done     bool
	}{
		{"a failure keeps nothing", "a", "1", "one", errNo, 0, "no", "", false, true},
		{"the id is free then", "a", "1", "two", nil, 0, "none", "two", false, true},
		{"a retry gets the first answer", "a", "1", "three", nil, 0, "none", "two", true, false},
		{"another body is refused", "a", "2", "four", nil, 0, "request_id_reused", "", false, false},
		{"another id is another request", "b", "2", "five", nil, 0, "none", "five", false, true},
		{"no id is no retry", "", "1", "six", nil, 0, "none", "six", false, true},
		{"nor is a second one without", "", "1", "seven", nil, 0, "none", "seven", false, true},
		{"the last moment of a day", "a", "1", "eight", nil, 24*time.Hour - time.Millisecond, "none", "two", true, false},
		{"after a day the id is free", "a", "1", "nine", nil, time.Millisecond, "none", "nine", false, true},
	} {
		d.Pass(one.pass)
		d.done = 0
		kept, replayed, err := d.once(d.request(one.id, one.body), one.subject, one.fails)
		stage.Is(t, one.name, stage.Code(err), one.code)
		stage.Is(t, one.name, replayed, one.replayed)
		stage.Is(t, one.name, d.done > 0, one.done)
		if err == nil {
			stage.Is(t, one.name, kept.Subject+", "+string(kept.Answer), one.kept+", answer of "+one.kept)
			stage.Is(t, one.name, kept.ID, one.id)
		}
	}
}

func TestOnce_is_whole(t *testing.T) {
	d := newDesk(t)
	d.Whole(func() error { _, _, err := d.once(d.request("a", "1"), "one", nil); return err })
	d.Whole(func() error { _, _, err := d.once(d.request("a", "1"), "one", nil); return err })
}

func TestOf_keeps_what_a_call_says(t *testing.T) {
	d := newDesk(t)
	r := d.request("a", "body")
	r.BodyHash = r.BodyHash[:4]
	stage.Is(t, "the request", r, request.Request{
		MiniAppID: "kopi", Space: request.RequestID, ID: "a", Operation: "pay", BodyHash: []byte{0x23, 0x0d, 0x83, 0x58}, At: d.Now(),
	})
	if fmtLen := len(d.request("a", "body").With("x").BodyHash); fmtLen != 32 {
		t.Errorf("a hash of %d bytes", fmtLen)
	}
}

func TestEarlier_tells_spaces_apart(t *testing.T) {
	d := newDesk(t)
	r := d.request("a", "1")
	d.Write(func(tx *stage.Tx) error { return request.Keep(d.Ctx, tx.Requests(), r, "one") })
	r.Space = request.OrderID
	d.Read(func(tx *stage.Tx) error {
		_, found, err := request.Earlier(d.Ctx, tx.Requests(), r)
		stage.Is(t, "found in another space", found, false)
		return err
	})
	r.Space, r.Operation = request.RequestID, "refund"
	d.Read(func(tx *stage.Tx) error {
		first, found, err := request.Earlier(d.Ctx, tx.Requests(), r)
		d.Refused(err, problem.KeyReused)
		stage.Is(t, "what comes with the refusal", []any{first.ID, found}, []any{"", false})
		return nil
	})
}
