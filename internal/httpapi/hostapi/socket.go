package hostapi

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strconv"
	"sync"
	"time"

	"github.com/coder/websocket"

	"github.com/selasar/selasar/internal/bus"
	"github.com/selasar/selasar/internal/httpapi/edge"
	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/strict"
)

// A launch's socket carries the host protocol as messages. The host first sends a hello
// with its launch token, then calls and answers, each with its own id. It receives a
// reply or an error for each, and events.

// incoming is a message of a host.
type incoming struct {
	ID      int64           `json:"id"`
	Type    string          `json:"type"` // hello, call, answer, withdraw, leave, capabilities, background
	Token   string          `json:"token"`
	After   int64           `json:"after"`   // with hello: the number of the last report that the host has seen
	Dialect string          `json:"dialect"` // of a call or of capabilities
	Method  string          `json:"method"`
	Params  json.RawMessage `json:"params"`
	Page    int             `json:"page"` // that calls or leaves, by the host's number
	AskID   string          `json:"ask_id"`
	Answer  json.RawMessage `json:"answer"`

	wrong error // the problem of an unreadable message
}

const (
	helloWait  = 10 * time.Second
	maxAtOnce  = 64 // concurrent calls of one socket
	maxMessage = maxParams + 64<<10
)

func (d *door) serveSocket(w http.ResponseWriter, r *http.Request) {
	if d.LocalOnly && !edge.LocalName(r.Host) {
		edge.WriteProblem(w, r, problem.New(problem.ForbiddenOrigin, "the Host is not a name of this machine"))
		return
	}
	if err := edge.Admit(d.Limits, r); err != nil {
		edge.WriteProblem(w, r, err)
		return
	}
	to, err := readerOf(r)
	if err != nil {
		edge.WriteProblem(w, r, err)
		return
	}
	if !d.accepts(r) {
		edge.WriteProblem(w, r, problem.New(problem.ForbiddenOrigin, "the page's origin %s may not connect; its operator adds it with --host-origin", edge.Excerpt(r.Header.Get("Origin"))))
		return
	}
	conn, err := websocket.Accept(w, r, &websocket.AcceptOptions{InsecureSkipVerify: true}) // accepts has checked the origin
	if err != nil {
		return // Accept has written the response
	}
	defer conn.CloseNow()
	conn.SetReadLimit(-1) // see read
	ctx, cancel := context.WithCancel(context.WithoutCancel(r.Context()))
	defer cancel()
	go func() {
		select {
		case <-d.Done:
			_ = conn.Close(websocket.StatusGoingAway, "the platform is stopping")
		case <-ctx.Done():
		}
	}()
	s := &socket{door: d, conn: conn, reader: to, slots: make(chan struct{}, maxAtOnce), turns: newTurns()}
	if err = s.hello(ctx, r.PathValue("id")); err == nil {
		err = s.serve(ctx)
	}
	if p, ok := errors.AsType[*problem.Problem](err); ok {
		_ = conn.Close(closing(p), p.Message)
	}
}

// closing returns the WebSocket status for a problem that closes the socket.
func closing(p *problem.Problem) websocket.StatusCode {
	if p.Code == problem.TooLarge {
		return websocket.StatusMessageTooBig
	}
	return websocket.StatusPolicyViolation
}

type socket struct {
	door   *door
	conn   *websocket.Conn
	reader reader // the host, by the request that opened the socket
	launch string
	after  int64 // the number of the last report that the host has seen
	slots  chan struct{}
	turns  *turns
	calls  sync.WaitGroup
}

func (s *socket) hello(ctx context.Context, launchID string) error {
	ctx, cancel := context.WithTimeout(ctx, helloWait)
	defer cancel()
	in, err := s.read(ctx)
	if problem.Is(err, problem.TooLarge) {
		return err
	}
	if err != nil {
		return problem.New(problem.Unauthorized, "the first message did not come in time")
	}
	named, err := s.door.parseLaunch(in.Token)
	if in.Type != "hello" || err != nil || named != launchID {
		return problem.New(problem.Unauthorized, "the first message must be a hello with this launch's token")
	}
	s.launch, s.after = launchID, in.After
	return nil
}

// serve handles the host's messages until the host disconnects, and returns after the
// last reply. The host receives every event that follows the ready message.
func (s *socket) serve(ctx context.Context) error {
	events, err := s.door.listen(ctx, s.launch, s.after, s.reader.language)
	if err != nil {
		return problem.Of(err)
	}
	defer events.Stop()
	defer s.door.Engine.Hosts.Connect(s.launch)()
	if err := s.write(ctx, map[string]any{"type": "ready"}); err != nil {
		return err
	}
	ctx, cancel := context.WithCancel(ctx)
	var telling sync.WaitGroup
	telling.Go(func() { s.tell(ctx, events) })
	defer telling.Wait()
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
		n := s.turns.next()
		s.calls.Go(func() {
			defer func() { <-s.slots }()
			defer s.turns.end(n)
			s.handle(context.WithoutCancel(ctx), n, in)
		})
	}
}

func (s *socket) handle(ctx context.Context, n int64, in incoming) {
	answer, err := s.answer(ctx, n, in)
	out := replyMessage{ID: in.ID, Type: "reply", body: answer}
	if err != nil {
		out = replyMessage{ID: in.ID, Type: "error", body: edge.Describe(problem.Of(err))}
	}
	data, err := out.MarshalJSON() // directly: json.Marshal would parse its output again
	if err == nil {
		err = s.send(ctx, data)
	}
	if err != nil {
		_ = s.conn.CloseNow() // the reader gets an error and ends
	}
}

func (s *socket) answer(ctx context.Context, n int64, in incoming) (any, error) {
	if in.wrong != nil {
		return nil, in.wrong
	}
	if err := s.door.Limits.User(s.launch); err != nil {
		return nil, err
	}
	switch in.Type {
	case "call":
		return s.door.run(ctx, s.reader, s.launch, callRequest{in.Dialect, in.Method, in.Params, in.Page},
			func(ctx context.Context) error { return s.turns.wait(ctx, n) })
	case "answer":
		return s.door.take(ctx, s.reader, s.launch, in.AskID, in.Answer)
	case "withdraw":
		return s.door.withdraw(ctx, s.reader, s.launch, in.AskID)
	case "leave":
		if err := s.turns.wait(ctx, n); err != nil { // so that the page's calls have started their subscriptions
			return nil, err
		}
		return s.door.leave(ctx, s.launch, in.Page)
	case "capabilities":
		return s.door.Engine.Capabilities(ctx, in.Dialect, s.launch)
	case "background":
		return s.door.Engine.Running(ctx, s.launch)
	default:
		return nil, problem.New(problem.BadRequest, "there is no message type %q; there are call, answer, withdraw, leave, capabilities and background", edge.Excerpt(in.Type))
	}
}

// replyMessage is the result of a call, with the members id and type added.
type replyMessage struct {
	ID   int64
	Type string
	body any
}

// MarshalJSON writes id and type before the members of the body.
func (m replyMessage) MarshalJSON() ([]byte, error) {
	body, err := json.Marshal(m.body)
	if err != nil {
		return nil, err
	}
	head := append(strconv.AppendInt([]byte(`{"id":`), m.ID, 10), `,"type":"`+m.Type+`",`...)
	return append(head, body[1:]...), nil
}

// tell sends events until the host disconnects. The socket of a host that fell behind
// is closed, so that it reconnects and asks for the state.
func (s *socket) tell(ctx context.Context, events *news) {
	for {
		e, err := events.next(ctx)
		if errors.Is(err, bus.ErrBehind) {
			_ = s.conn.Close(websocket.StatusTryAgainLater, err.Error())
		}
		if err != nil || s.write(ctx, eventMessage{e, "event"}) != nil {
			return
		}
	}
}

type eventMessage struct {
	Event bus.Event `json:"event"`
	Type  string    `json:"type"`
}

// read returns the next message, or TooLarge. It does not use the socket's own limit,
// because that would cut the connection before the reason and the pending replies are
// sent.
func (s *socket) read(ctx context.Context) (in incoming, err error) {
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
		in.wrong = unreadable(err) // the reply has the id, if the id was readable
	} else if err := strict.Texts(data); err != nil {
		in.wrong = problem.New(problem.BadRequest, "the message: %v", err)
	}
	return in, nil
}

// unreadable returns the problem of an unreadable message.
func unreadable(err error) error {
	wrong, ok := errors.AsType[*json.UnmarshalTypeError](err)
	switch {
	case !ok:
		return problem.New(problem.BadRequest, "the message is not JSON: %v", err)
	case wrong.Field == "":
		return problem.New(problem.BadRequest, `a message is an object such as {"id":1,"type":"capabilities"}, got %s`, edge.Excerpt(wrong.Value))
	case wrong.Field == "id", wrong.Field == "after", wrong.Field == "page":
		return problem.New(problem.BadRequest, "%s must be a whole number, got %s", wrong.Field, edge.Excerpt(wrong.Value))
	default:
		return problem.New(problem.BadRequest, "%s must be a string, got %s", wrong.Field, edge.Excerpt(wrong.Value))
	}
}

func (s *socket) write(ctx context.Context, v any) error {
	data, err := json.Marshal(v)
	if err != nil {
		return err
	}
	return s.send(ctx, data)
}

func (s *socket) send(ctx context.Context, data []byte) error {
	ctx, cancel := context.WithTimeout(ctx, edge.WriteWait)
	defer cancel()
	return s.conn.Write(ctx, websocket.MessageText, data)
}
