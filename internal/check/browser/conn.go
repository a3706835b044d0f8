package browser

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync"

	"github.com/coder/websocket"
)

// conn is a connection of the Chrome DevTools Protocol: commands with answers, and events.
type conn struct {
	socket *websocket.Conn

	mu      sync.Mutex
	last    int
	waiting map[int]chan message
	lost    error

	hearing sync.Mutex
	hear    func(message) // of events, in their order; it must not wait for an answer

	gone chan struct{} // closed when nothing is read any more
}

// message is an answer or an event.
type message struct {
	ID      int             `json:"id"`
	Session string          `json:"sessionId"`
	Method  string          `json:"method"`
	Params  json.RawMessage `json:"params"`
	Result  json.RawMessage `json:"result"`
	Error   *struct {
		Message string `json:"message"`
	} `json:"error"`
}

// errGone says that the browser has ended, or closed the connection.
var errGone = errors.New("the browser is gone")

func dial(ctx context.Context, url string) (*conn, error) {
	socket, _, err := websocket.Dial(ctx, url, nil)
	if err != nil {
		return nil, fmt.Errorf("connecting to the browser: %w", err)
	}
	socket.SetReadLimit(-1)
	c := &conn{socket: socket, waiting: map[int]chan message{}, gone: make(chan struct{})}
	go c.read()
	return c, nil
}

func (c *conn) read() {
	defer close(c.gone)
	for {
		_, data, err := c.socket.Read(context.Background())
		if err != nil {
			c.end()
			return
		}
		var m message
		if json.Unmarshal(data, &m) == nil {
			c.receive(m)
		}
	}
}

func (c *conn) receive(m message) {
	if m.Method != "" {
		c.hearing.Lock()
		defer c.hearing.Unlock()
		if c.hear != nil {
			c.hear(m)
		}
		return
	}
	c.mu.Lock()
	answer := c.waiting[m.ID]
	delete(c.waiting, m.ID)
	c.mu.Unlock()
	if answer != nil {
		answer <- m
	}
}

func (c *conn) end() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.lost = errGone
	for id, answer := range c.waiting {
		close(answer)
		delete(c.waiting, id)
	}
}

// listen sets the receiver of events. The last one gets no event after its return.
func (c *conn) listen(hear func(message)) {
	c.hearing.Lock()
	defer c.hearing.Unlock()
	c.hear = hear
}

// call sends a command to a session, or to the browser, and reads its result into a value.
func (c *conn) call(ctx context.Context, session, method string, params, into any) error {
	answer := make(chan message, 1)
	c.mu.Lock()
	if c.lost != nil {
		c.mu.Unlock()
		return c.lost
	}
	c.last++
	id := c.last
	c.waiting[id] = answer
	c.mu.Unlock()

	command := map[string]any{"id": id, "method": method}
	if session != "" {
		command["sessionId"] = session
	}
	if params != nil {
		command["params"] = params
	}
	data, err := json.Marshal(command)
	if err == nil {
		err = c.socket.Write(ctx, websocket.MessageText, data)
	}
	if err != nil {
		return fmt.Errorf("sending %s to the browser: %w", method, err)
	}
	select {
	case m, ok := <-answer:
		if !ok {
			return errGone
		}
		if m.Error != nil {
			return fmt.Errorf("the browser refused %s: %s", method, m.Error.Message)
		}
		if into == nil {
			return nil
		}
		return json.Unmarshal(m.Result, into)
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (c *conn) close() {
	_ = c.socket.CloseNow()
	<-c.gone
}
