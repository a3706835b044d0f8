package outbound_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/selasar/selasar/internal/outbound"
)

func TestDownload_gets_a_file_within_its_limits(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/png":
			w.Header().Set("Content-Type", "text/html")
			_, _ = w.Write([]byte("\x89PNG\r\n\x1a\n"))
		case "/csv":
			w.Header().Set("Content-Type", "text/csv; charset=utf-8")
			_, _ = w.Write([]byte("a,b"))
		case "/moved":
			http.Redirect(w, r, "/csv", http.StatusFound)
		case "/loop":
			http.Redirect(w, r, "/loop", http.StatusFound)
		case "/out":
			http.Redirect(w, r, "file:///etc/passwd", http.StatusFound)
		case "/inside":
			http.Redirect(w, r, "http://169.254.169.254/", http.StatusFound)
		case "/large":
			_, _ = w.Write([]byte(strings.Repeat("x", 101)))
		case "/empty":
		case "/hangs":
			<-r.Context().Done()
		default:
			http.NotFound(w, r)
		}
	}))
	defer server.Close()
	c := outbound.New(outbound.Config{Loopback: true, Timeout: 2 * time.Second})
	defer c.Close()
	for path, want := range map[string]string{
		"/png": "image/png 8", "/csv": "text/csv 3", "/moved": "text/csv 3",
		"/loop": "more than 3 times", "/out": `scheme "file"`, "/inside": "refused", "/large": "larger than 100 bytes", "/empty": "empty", "/none": "status 404", "/hangs": "longer than 2s",
	} {
		mediaType, data, err := c.Download(t.Context(), server.URL+path, 100)
		got := fmt.Sprintf("%s %d", mediaType, len(data))
		if err != nil {
			got = err.Error()
		}
		if !strings.Contains(got, want) {
			t.Errorf("%s: %s, want %s", path, got, want)
		}
	}
}
