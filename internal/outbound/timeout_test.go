package outbound

import (
	"context"
	"io"
	"net"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/selasar/selasar/internal/notification"
)

// A try ends after 15 seconds, at whatever point its receiver hangs. The test uses
// the fake clock of synctest.
func TestPost_ends_after_fifteen_seconds(t *testing.T) {
	for name, dial := range map[string]func(ctx context.Context) (net.Conn, error){
		"no connection": func(ctx context.Context) (net.Conn, error) { <-ctx.Done(); return nil, ctx.Err() },
		"no answer":     func(context.Context) (net.Conn, error) { return saying(""), nil },
		"half a body": func(context.Context) (net.Conn, error) {
			return saying("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf"), nil
		},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				c := New(Config{Loopback: true}) // the platform's configuration in dev
				defer c.Close()
				c.transport.DialContext = func(ctx context.Context, _, _ string) (net.Conn, error) { return dial(ctx) }
				began := time.Now()
				_, err := c.Post(t.Context(), notification.Request{URL: "http://kopi.example/", Body: "{}"})
				if took := time.Since(began); took != 15*time.Second || err == nil || !strings.Contains(err.Error(), "longer than 15s") {
					t.Errorf("after %s: %v", took, err)
				}
			})
		})
	}
}

// saying returns a connection to a server that reads the beginning of a request, sends
// text and then waits. An answer before the request would be an unsolicited one.
func saying(text string) net.Conn {
	ours, theirs := net.Pipe()
	go func() {
		_, _ = theirs.Read(make([]byte, 1))
		go func() { _, _ = io.WriteString(theirs, text) }()
		_, _ = io.Copy(io.Discard, theirs)
	}()
	return ours
}
