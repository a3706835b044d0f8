package edge

import (
	"fmt"
	"net"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// pipe is a listener of one connection.
type pipe chan net.Conn

func (p pipe) Accept() (net.Conn, error) {
	if conn, ok := <-p; ok {
		return conn, nil
	}
	return nil, net.ErrClosed
}

func (p pipe) Close() error   { return nil }
func (p pipe) Addr() net.Addr { return &net.UnixAddr{} }

// A stream whose client reads nothing ends, although its writes do not fail by
// themselves.
func TestStream_without_a_reader_ends(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		listener, ended := make(pipe, 1), make(chan error, 1)
		server := &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			s := NewStream(w)
			err := s.Flush()
			time.Sleep(10 * WriteWait)
			for err == nil {
				if err = s.Send("event", 0, strings.Repeat("a", 1<<10)); err == nil {
					err = s.Flush()
				}
			}
			ended <- err
		})}
		served := make(chan error, 1)
		go func() { served <- server.Serve(listener) }()
		far, near := net.Pipe()
		listener <- near
		if _, err := fmt.Fprint(far, "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"); err != nil {
			t.Fatal(err)
		}
		began := time.Now()
		if _, err := far.Read(make([]byte, 1<<10)); err != nil { // the response head, and nothing after it
			t.Fatal(err)
		}
		err := <-ended
		if took := time.Since(began); took != 11*WriteWait {
			t.Errorf("it was written to for %s: %v", took, err)
		}
		close(listener)
		<-served
		_ = far.Close()
	})
}
