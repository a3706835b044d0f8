package httpapi

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/coder/websocket"

	"github.com/selasar/selasar/internal/event"
	"github.com/selasar/selasar/internal/journal"
	"github.com/selasar/selasar/internal/problem"
)

// A launch's socket carries the host protocol as messages: the host says hello
// with its launch token, and from then on sends calls and answers, each with
// an id of its own, and receives a reply or an error for each, and events.

// incoming is every message of a host.
type incoming struct {
	ID     int64           `json:"id"`
	Type   string          `json:"type"` // hello, call, answer, capabilities
	Token  string          `json:"token"`
	Method string          `json:"method"`
	Params json.RawMessage `json:"params"`
	AskID  string          `json:"ask_id"`
	Answer json.RawMessage `json:"answer"`

	wrong error // why it could not be read
}

const (
	helloWait  = 10 * time.Second
	writeWait  = 10 * time.Second
	maxAtOnce  = 64 // calls of one socket that run at a time
	maxMessage = maxParams + 64<<10
)

func (a *API) socket(w http.ResponseWriter, r *http.Request) {
	if !localName(r.Host) && a.Dev != nil {
		writeProblem(w, r, problem.New(problem.ForbiddenOrigin, "the Host is not a name of this machine"))
		return
	}
	conn, err := websocket.Accept(w, r, nil) // refuses pages of other origins
	if err != nil {
		return // Accept has answered
	}
	defer conn.CloseNow()
	conn.SetReadLimit(-1) // see read
	ctx, cancel := context.WithCancel(context.WithoutCancel(r.Context()))
	defer cancel()
	go func() {
		select {
		case <-a.Done:
			_ = conn.Close(websocket.StatusGoingAway, "the platform is stopping")
		case <-ctx.Done():
		}
	}()
	s := &hostSocket{api: a, conn: conn, host: r.Host, slots: make(chan struct{}, maxAtOnce)}
	if err = s.hello(ctx, r.PathValue("id")); err == nil {
		err = s.serve(ctx)
	}
	if p, ok := errors.AsType[*problem.Problem](err); ok {
		_ = conn.Close(closing(p), p.Message)
	}
}

// closing is the status that a socket is closed with for a problem.
func closing(p *problem.Problem) websocket.StatusCode {
	if p.Code == problem.TooLarge {
		return websocket.StatusMessageTooBig
	}
	return websocket.StatusPolicyViolation
}

type hostSocket struct {
	api    *API
	conn   *websocket.Conn
	host   string // that the socket was opened under
	launch string
	slots  chan struct{}
	calls  sync.WaitGroup
}

func (s *hostSocket) hello(ctx context.Context, launchID string) error {
	ctx, cancel := context.WithTimeout(ctx, helloWait)
	defer cancel()
	in, err := s.read(ctx)
	if problem.Is(err, problem.TooLarge) {
		return err
	}
	if err != nil {
		return problem.New(problem.Unauthorized, "the first message did not come in time")
	}
	named, err := s.api.parseLaunch(in.Token)
	if in.Type != "hello" || err != nil || named != launchID {
		return problem.New(problem.Unauthorized, "the first message must be a hello with this launch's token")
	}
	s.launch = launchID
	return nil
}

// serve runs what the host sends until the host goes away; when it comes back,
// everything that was sent before has been answered. The host hears of all that
// happens from the moment it is told that the socket is ready.
func (s *hostSocket) serve(ctx context.Context) error {
	events, stop, err := s.api.listen(ctx, s.launch)
	if err != nil {
		return problem.Of(err)
	}
	defer stop()
	defer s.api.Engine.Hosts.Connect(s.launch)()
	if err := s.write(ctx, map[string]any{"type": "ready"}); err != nil {
		return err
	}
	ctx, cancel := context.WithCancel(ctx)
	var news sync.WaitGroup
	news.Go(func() { s.tell(ctx, events) })
	defer news.Wait()
	defer s.calls.Wait()
	defer cancel()
	for {
		in, err := s.read(ctx)
		if err != nil {
			return err
		}
		select {
		case s.slots <- struct{}{}:
		case <-ctx.Done():
			return ctx.Err()
		}
		s.calls.Go(func() {
			defer func() { <-s.slots }()
			s.handle(context.WithoutCancel(ctx), in)
		})
	}
}

func (s *hostSocket) handle(ctx context.Context, in incoming) {
	answer, err := s.answer(ctx, in)
	out := replyMessage{ID: in.ID, Type: "reply", body: answer}
	if err != nil {
		out = replyMessage{ID: in.ID, Type: "error", body: describe(problem.Of(err))}
	}
	data, err := out.MarshalJSON() // by itself: json.Marshal would read what it gives again
	if err == nil {
		err = s.send(ctx, data)
	}
	if err != nil {
		_ = s.conn.CloseNow() // the reader sees it and ends
	}
}

func (s *hostSocket) answer(ctx context.Context, in incoming) (any, error) {
	if in.wrong != nil {
		return nil, in.wrong
	}
	switch in.Type {
	case "call":
		return s.api.run(ctx, s.host, s.launch, callRequest{Method: in.Method, Params: in.Params})
	case "answer":
		return s.api.take(ctx, s.host, s.launch, in.AskID, in.Answer)
	case "capabilities":
		return s.api.Engine.Capabilities(ctx, s.launch)
	default:
		return nil, problem.New(problem.BadRequest, "there is no message type %q; there are call, answer and capabilities", cut(in.Type))
	}
}

// cut shortens a text that is shown, and masks what in it could be a secret,
// as long as it can be told.
func cut(text string) string {
	text = journal.Mask(text)
	if len(text) > 40 {
		return strings.ToValidUTF8(text[:40], "") + "…"
	}
	return text
}

// replyMessage is the answer of an endpoint with id and type beside its members.
type replyMessage struct {
	ID   int64
	Type string
	body any
}

// MarshalJSON puts the members side by side.
func (m replyMessage) MarshalJSON() ([]byte, error) {
	body, err := json.Marshal(m.body)
	if err != nil {
		return nil, err
	}
	head := append(strconv.AppendInt([]byte(`{"id":`), m.ID, 10), `,"type":"`+m.Type+`",`...)
	return append(head, body[1:]...), nil
}

func (s *hostSocket) tell(ctx context.Context, events <-chan event.Event) {
	for {
		select {
		case e := <-events:
			if s.write(ctx, map[string]any{"type": "event", "event": e}) != nil {
				return
			}
		case <-ctx.Done():
			return
		}
	}
}

// read gives the next message. One that is too long is TooLarge: the socket's
// own limit would cut the connection, with the reason and every answer on it.
func (s *hostSocket) read(ctx context.Context) (in incoming, err error) {
	_, r, err := s.conn.Reader(ctx)
	if err != nil {
		return in, err
	}
	data, err := io.ReadAll(io.LimitReader(r, maxMessage+1))
	if err != nil {
		return in, err
	}
	if len(data) > maxMessage {
		return in, problem.New(problem.TooLarge, "a message is longer than %d bytes; the parameters of a call take at most %d", maxMessage, maxParams)
	}
	if err := json.Unmarshal(data, &in); err != nil {
		in.wrong = unreadable(err) // answered under the id, if that was read
	}
	return in, nil
}

// unreadable says what is wrong with a message that is no incoming.
func unreadable(err error) error {
	wrong, ok := errors.AsType[*json.UnmarshalTypeError](err)
	switch {
	case !ok:
		return problem.New(problem.BadRequest, "the message is not JSON: %v", err)
	case wrong.Field == "":
		return problem.New(problem.BadRequest, `a message is an object such as {"id":1,"type":"capabilities"}, got %s`, cut(wrong.Value))
	case wrong.Field == "id":
		return problem.New(problem.BadRequest, "id must be a whole number, got %s", cut(wrong.Value))
	default:
		return problem.New(problem.BadRequest, "%s must be a string, got %s", wrong.Field, cut(wrong.Value))
	}
}

func (s *hostSocket) write(ctx context.Context, v any) error {
	data, err := json.Marshal(v)
	if err != nil {
		return err
	}
	return s.send(ctx, data)
}

func (s *hostSocket) send(ctx context.Context, data []byte) error {
	ctx, cancel := context.WithTimeout(ctx, writeWait)
	defer cancel()
	return s.conn.Write(ctx, websocket.MessageText, data)
}
