package outbound_test

import (
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/selasar/selasar/internal/notification"
	"github.com/selasar/selasar/internal/outbound"
)

// hops is a server that redirects from one path to another, and records its requests.
type hops struct {
	*httptest.Server
	status int
	to     map[string]string
	asked  []string
}

func redirects(t *testing.T, status int, to map[string]string) *hops {
	t.Helper()
	h := &hops{status: status, to: to}
	h.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		h.asked = append(h.asked, r.Method+" "+r.RequestURI+" "+string(body)+" "+r.Header.Get("X-Signature"))
		location, ok := h.to[r.URL.Path]
		if !ok {
			return
		}
		w.Header().Set("Location", location)
		w.WriteHeader(h.status)
	}))
	t.Cleanup(h.Close)
	return h
}

func TestPost_follows_redirects_within_the_origin(t *testing.T) {
	other := redirects(t, 0, nil)
	for _, one := range []struct {
		name   string
		status int
		to     map[string]string
		paths  string // in order
		answer int
	}{
		{"308 to the path with a slash", 308, map[string]string{"/told": "/told/"}, "/told /told/", 200},
		{"307 beside the path", 307, map[string]string{"/told": "there?a=1"}, "/told /there?a=1", 200},
		{"three redirects", 308, map[string]string{"/told": "/1", "/1": "/2", "/2": "/3"}, "/told /1 /2 /3", 200},
		{"four redirects", 308, map[string]string{"/told": "/1", "/1": "/2", "/2": "/3", "/3": "/4"}, "/told /1 /2 /3", 308},
		{"a circle", 307, map[string]string{"/told": "/told"}, "/told /told /told /told", 307},
		{"another origin", 308, map[string]string{"/told": other.URL + "/told"}, "/told", 308},
		{"another scheme", 308, map[string]string{"/told": "https://127.0.0.1/told"}, "/told", 308},
		{"301 may become a GET", 301, map[string]string{"/told": "/told/"}, "/told", 301},
		{"302 may become a GET", 302, map[string]string{"/told": "/told/"}, "/told", 302},
		{"303 becomes a GET", 303, map[string]string{"/told": "/told/"}, "/told", 303},
		{"no address", 308, map[string]string{"/told": ""}, "/told", 308},
		{"no URL", 308, map[string]string{"/told": "http://%zz"}, "/told", 308},
	} {
		t.Run(one.name, func(t *testing.T) {
			h := redirects(t, one.status, one.to)
			c := outbound.New(outbound.Config{Loopback: true})
			t.Cleanup(c.Close)
			reply, err := c.Post(t.Context(), notification.Request{
				URL: h.URL + "/told", Body: "{}", Headers: []notification.Header{{Name: "X-Signature", Value: "s"}},
			})
			if err != nil || reply.Status != one.answer {
				t.Errorf("status %d, %v", reply.Status, err)
			}
			var want []string
			for path := range strings.FieldsSeq(one.paths) {
				want = append(want, "POST "+path+" {} s")
			}
			if !slices.Equal(h.asked, want) {
				t.Errorf("asked %q, want %q", h.asked, want)
			}
			if last := h.URL + strings.Fields(one.paths)[len(want)-1]; reply.URL != last {
				t.Errorf("answered by %s, want %s", reply.URL, last)
			}
		})
	}
	if len(other.asked) != 0 {
		t.Errorf("the other origin got %q", other.asked)
	}
}

// PHP's getallheaders returns the names as they were sent.
func TestPost_writes_header_names_in_the_common_spelling(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	head := make(chan string, 1)
	go func() {
		conn, err := l.Accept()
		if err != nil {
			return
		}
		defer conn.Close()
		data := make([]byte, 4096)
		n, _ := io.ReadAtLeast(conn, data, len("POST / HTTP/1.1"))
		head <- string(data[:n])
		_, _ = io.WriteString(conn, "HTTP/1.1 204 No Content\r\n\r\n")
	}()
	c := outbound.New(outbound.Config{Loopback: true})
	t.Cleanup(c.Close)
	if _, err := post(t, c, "http://"+l.Addr().String()); err != nil {
		t.Fatal(err)
	}
	if got := <-head; !strings.Contains(got, "\r\nX-Timestamp: now\r\n") {
		t.Errorf("%q", got)
	}
}
