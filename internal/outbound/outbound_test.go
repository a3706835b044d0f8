package outbound_test

import (
	"context"
	"encoding/binary"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/selasar/selasar/internal/notification"
	"github.com/selasar/selasar/internal/outbound"
)

// listens counts the connections to a port of this machine, over IPv4 and IPv6.
func listens(t *testing.T) (port string, dials *atomic.Int64) {
	t.Helper()
	dials = new(atomic.Int64)
	count := func(l net.Listener) {
		t.Cleanup(func() { _ = l.Close() })
		go func() {
			for {
				c, err := l.Accept()
				if err != nil {
					return
				}
				dials.Add(1)
				_ = c.Close()
			}
		}()
	}
	four, err := net.Listen("tcp4", "0.0.0.0:0")
	if err != nil {
		t.Fatal(err)
	}
	count(four)
	_, port, _ = net.SplitHostPort(four.Addr().String())
	if six, err := net.Listen("tcp6", "[::]:"+port); err == nil { // some machines have no IPv6
		count(six)
	}
	return port, dials
}

func post(t *testing.T, c *outbound.Client, url string) (notification.Reply, error) {
	t.Helper()
	return c.Post(t.Context(), notification.Request{URL: url, Body: "{}", Headers: []notification.Header{{Name: "X-TIMESTAMP", Value: "now"}}})
}

// Private and special addresses are refused in every notation.
func TestPost_refuses_private_addresses(t *testing.T) {
	port, dials := listens(t)
	t.Setenv("HTTP_PROXY", "http://127.0.0.1:"+port) // a proxy must not be used
	c := outbound.New(outbound.Config{})
	t.Cleanup(c.Close)
	for _, host := range []string{
		"127.0.0.1", "127.0.0.2", "127.255.255.254", "localhost", "localhost.", "LOCALHOST", "0.0.0.0", "0",
		"[::1]", "[::]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[0:0:0:0:0:ffff:7f00:0001]", "[::127.0.0.1]", "[::1%25lo]",
		"10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "100.64.0.1", "169.254.169.254", "169.254.0.1", "192.0.0.192",
		"224.0.0.1", "255.255.255.255", "240.0.0.1", "198.18.0.1", "192.0.2.1",
		"[::ffff:169.254.169.254]", "[::ffff:10.0.0.1]", "[64:ff9b::7f00:1]", "[64:ff9b::a9fe:a9fe]", "[2002:7f00:1::]", "[2002:a9fe:a9fe::1]",
		"[fe80::1]", "[fe80::1%25eth0]", "[fc00::1]", "[fd00:ec2::254]", "[fec0::1]", "[ff02::1]", "[2001:db8::1]", "[2001::1]", "[100::1]",
	} {
		t.Run(host, func(t *testing.T) {
			reply, err := post(t, c, "http://"+host+":"+port+"/v1.0/debit/notify")
			if err == nil || reply.Status != 0 {
				t.Fatalf("answered %d", reply.Status)
			}
			if !strings.Contains(err.Error(), "refused") && !strings.Contains(err.Error(), "no such host") {
				t.Errorf("the error is %v, not the guard's refusal", err)
			}
		})
	}
	for _, url := range []string{"file:///etc/passwd", "gopher://127.0.0.1:" + port, "ftp://127.0.0.1:" + port, "http://", "://", "unix:/var/run/docker.sock", "http://127.0.0.1:" + port + "%0d%0aX: y"} {
		if _, err := post(t, c, url); err == nil {
			t.Errorf("%s was sent to", url)
		}
	}
	if dials.Load() != 0 {
		t.Errorf("%d connections were made", dials.Load())
	}
}

// names returns a resolver that answers each lookup with the next address.
func names(t *testing.T, addresses ...string) *net.Resolver {
	t.Helper()
	server, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Close() })
	go func() {
		buf := make([]byte, 512)
		for i := 0; ; {
			n, from, err := server.ReadFrom(buf)
			if err != nil {
				return
			}
			question := buf[12:n]
			end := strings.IndexByte(string(question), 0) + 5
			answer := append([]byte{buf[0], buf[1], 0x81, 0x80, 0, 1, 0, 0, 0, 0, 0, 0}, question[:end]...)
			if binary.BigEndian.Uint16(question[end-4:]) == 1 { // A
				answer[7] = 1
				answer = append(answer, 0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 0, 0, 4)
				answer = append(answer, net.ParseIP(addresses[i%len(addresses)]).To4()...)
				i++
			}
			_, _ = server.WriteTo(answer, from)
		}
	}()
	return &net.Resolver{PreferGo: true, Dial: func(ctx context.Context, _, _ string) (net.Conn, error) {
		return new(net.Dialer).DialContext(ctx, "udp", server.LocalAddr().String())
	}}
}

func TestPost_refuses_names_with_private_addresses(t *testing.T) {
	port, dials := listens(t)
	c := outbound.NewResolving(outbound.Config{}, names(t, "127.0.0.1", "169.254.169.254", "10.0.0.1"))
	t.Cleanup(c.Close)
	for range 6 {
		if _, err := post(t, c, "http://kopi.example:"+port); err == nil || !strings.Contains(err.Error(), "refused") {
			t.Errorf("got %v", err)
		}
	}
	if dials.Load() != 0 {
		t.Errorf("%d connections were made", dials.Load())
	}
}

func TestPost_with_Loopback_reaches_this_machine_only(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		w.Header().Set("Set-Cookie", "session=secret")
		fmt.Fprintf(w, "%s %s %s", r.Method, body, r.Header.Get("X-Timestamp"))
	}))
	t.Cleanup(server.Close)
	c := outbound.New(outbound.Config{Loopback: true})
	t.Cleanup(c.Close)
	reply, err := post(t, c, server.URL)
	if err != nil || reply.Status != 200 || string(reply.Body) != "POST {} now" || !reply.Whole || reply.Duration <= 0 {
		t.Errorf("%+v, %v", reply, err)
	}
	if reply.Header("set-cookie") != "(hidden)" || reply.Header("Content-Length") != "11" {
		t.Errorf("headers %v", reply.Headers)
	}
	for _, host := range []string{"10.0.0.1", "169.254.169.254", "192.168.0.1", "[fe80::1]", "[fc00::1]", "0.0.0.0"} {
		if _, err := post(t, c, "http://"+host); err == nil || !strings.Contains(err.Error(), "refused") {
			t.Errorf("%s: %v", host, err)
		}
	}
}

// misbehaves starts a server with one kind of answer and counts its requests.
func misbehaves(t *testing.T, answer http.HandlerFunc) (url string, asked *atomic.Int64) {
	t.Helper()
	asked = new(atomic.Int64)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked.Add(1)
		_, _ = io.Copy(io.Discard, r.Body) // a server notices that its caller left only after it has read the body
		answer(w, r)
	}))
	t.Cleanup(server.Close)
	return server.URL, asked
}

func TestPost_survives_misbehaving_servers(t *testing.T) {
	elsewhere, visited := misbehaves(t, func(http.ResponseWriter, *http.Request) {})
	flood := []byte(strings.Repeat("x", 64<<10))
	forever := func(w http.ResponseWriter, r *http.Request, write func() error) {
		for r.Context().Err() == nil && write() == nil && http.NewResponseController(w).Flush() == nil {
		}
	}
	for name, one := range map[string]struct {
		answer http.HandlerFunc
		status int
		body   int // the length of the body
		whole  bool
		err    string
	}{
		"redirects": {func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, elsewhere, http.StatusTemporaryRedirect)
		}, 307, 0, true, ""},
		"sends a gigabyte": {func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Length", "1073741824")
			forever(w, r, func() error { _, err := w.Write(flood); return err })
		}, 200, 64 << 10, false, ""},
		"never ends, and is fast": {func(w http.ResponseWriter, r *http.Request) {
			forever(w, r, func() error { _, err := w.Write(flood); return err })
		}, 200, 64 << 10, false, ""},
		"begins, and then hangs": {func(w http.ResponseWriter, r *http.Request) {
			_, _ = io.WriteString(w, "{")
			_ = http.NewResponseController(w).Flush()
			<-r.Context().Done()
		}, 200, 1, false, "longer than"},
		"hangs":      {func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }, 0, 0, false, "longer than"},
		"breaks off": {func(w http.ResponseWriter, _ *http.Request) { panic(http.ErrAbortHandler) }, 0, 0, false, "EOF"},
		"is cut in a body": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "9")
			_, _ = io.WriteString(w, "{")
		}, 200, 1, false, "EOF"},
		"has endless headers": {func(w http.ResponseWriter, _ *http.Request) {
			for i := range 100 {
				w.Header().Set(fmt.Sprint("X-", i), strings.Repeat("y", 1000))
			}
		}, 0, 0, false, "header"},
		"is packed": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Encoding", "gzip")
			_, _ = io.WriteString(w, "bomb")
		}, 200, 4, true, ""},
		"changes the protocol, and then hangs": {func(w http.ResponseWriter, r *http.Request) {
			conn, _, err := http.NewResponseController(w).Hijack()
			if err != nil {
				panic(err)
			}
			defer conn.Close()
			_, _ = io.WriteString(conn, "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: chat\r\n\r\n{")
			_, _ = io.Copy(io.Discard, conn) // until the caller leaves
		}, 101, 0, true, ""},
		"says nothing": {func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(204) }, 204, 0, true, ""},
	} {
		t.Run(name, func(t *testing.T) {
			url, asked := misbehaves(t, one.answer)
			timeout := 15 * time.Second
			if one.err == "longer than" {
				timeout = 4 * time.Second // long enough for the request to arrive on a loaded machine
			}
			c := outbound.New(outbound.Config{Loopback: true, Timeout: timeout})
			t.Cleanup(c.Close)
			reply, err := post(t, c, url)
			if reply.Status != one.status || len(reply.Body) != one.body || reply.Whole != one.whole {
				t.Errorf("status %d, %d bytes, whole %v", reply.Status, len(reply.Body), reply.Whole)
			}
			if (err == nil) != (one.err == "") || err != nil && !strings.Contains(err.Error(), one.err) {
				t.Errorf("error %v, want %q", err, one.err)
			}
			if asked.Load() != 1 {
				t.Errorf("it was asked %d times", asked.Load())
			}
		})
	}
	if visited.Load() != 0 {
		t.Error("a redirect was followed")
	}
}
