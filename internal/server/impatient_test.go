package server_test

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/selasar/selasar/internal/httpapi/edge"
	"github.com/selasar/selasar/internal/server"
)

// A body that stops to arrive is answered with 408, whether the handler reads it or not,
// and its connection ends. A slow body without a pause is read whole.
func TestServing_ends_a_body_that_stops(t *testing.T) {
	t.Parallel()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	mux := http.NewServeMux()
	mux.HandleFunc("/read", func(w http.ResponseWriter, r *http.Request) {
		data, err := edge.ReadBody(r)
		if err != nil {
			edge.WriteProblem(w, r, err)
			return
		}
		_, _ = fmt.Fprintf(w, "read %s", data)
	})
	mux.HandleFunc("/ignore", func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "ignored") })
	serving := server.Serving{BodyPause: 200 * time.Millisecond}
	serving.Serve(listener, mux, make(chan error, 1))
	t.Cleanup(func() { serving.Stop(context.Background()) })
	for path, want := range map[string]string{"/read": "408", "/ignore": "ignored"} {
		conn := dial(t, listener)
		_, _ = io.WriteString(conn, "POST "+path+" HTTP/1.1\r\nHost: x\r\nContent-Length: 300000\r\n\r\n{")
		all, err := io.ReadAll(conn) // to the end of the connection
		if err != nil || !strings.Contains(string(all), want) {
			t.Errorf("%s: %q, %v", path, all, err)
		}
	}
	conn := dial(t, listener)
	_, _ = io.WriteString(conn, "POST /read HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n")
	for range 10 {
		_, _ = io.WriteString(conn, "a")
		<-time.After(50 * time.Millisecond) // a slow sender; the whole body takes longer than one pause may
	}
	answer, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil || answer.StatusCode != 200 {
		t.Errorf("a slow body: %v, %v", answer, err)
	}
}

func dial(t *testing.T, l net.Listener) net.Conn {
	t.Helper()
	conn, err := net.Dial("tcp", l.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	_ = conn.SetDeadline(time.Now().Add(time.Minute))
	return conn
}
