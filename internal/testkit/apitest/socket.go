package apitest

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"
)

// Conn is the socket of a launch.
type Conn struct {
	T  testing.TB
	Ws *websocket.Conn
}

func (c *Conn) Say(message string) {
	c.T.Helper()
	Must(c.T, c.Ws.Write(c.T.Context(), websocket.MessageText, []byte(message)))
}

// Hear returns the next message.
func (c *Conn) Hear() Answer {
	c.T.Helper()
	ctx, cancel := context.WithTimeout(c.T.Context(), 20*time.Second)
	defer cancel()
	_, data, err := c.Ws.Read(ctx)
	Must(c.T, err)
	got := Answer{T: c.T, What: "the socket", Body: data, Status: 200}
	if got.Text("type") == "event" {
		documented(c.T, got.Member("event"))
	}
	return got
}

// Ended waits for the end and returns its status and reason.
func (c *Conn) Ended() (end websocket.CloseError) {
	c.T.Helper()
	ctx, cancel := context.WithTimeout(c.T.Context(), 20*time.Second)
	defer cancel()
	for {
		if _, _, err := c.Ws.Read(ctx); err != nil {
			if !errors.As(err, &end) {
				c.T.Errorf("the socket ends without a status: %v", err)
			}
			return end
		}
	}
}

func (c *Conn) Closed() websocket.StatusCode {
	c.T.Helper()
	return c.Ended().Code
}

func (c *Conn) Close() { _ = c.Ws.Close(websocket.StatusNormalClosure, "") }

// HearUntil returns the messages up to the first one that contains a text.
func (c *Conn) HearUntil(text string) (all []string) {
	c.T.Helper()
	for {
		one := string(c.Hear().Body)
		if all = append(all, one); strings.Contains(one, text) {
			return all
		}
	}
}
