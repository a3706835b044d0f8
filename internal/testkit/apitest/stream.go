package apitest

import (
	"bufio"
	"context"
	"net/http"
	"strings"
	"testing"
	"time"
)

// Happening is one server-sent event.
type Happening struct{ ID, Name, Data string }

// Stream reads server-sent events until the test ends.
func (d *Platform) Stream(path string, headers ...Header) <-chan Happening {
	d.T.Helper()
	ctx, cancel := context.WithCancel(d.T.Context())
	r, err := http.NewRequestWithContext(ctx, "GET", d.URLs.API+path, nil)
	Must(d.T, err)
	r.Header.Set("Accept", "text/event-stream")
	for _, set := range headers {
		set(r)
	}
	got, err := http.DefaultClient.Do(r)
	Must(d.T, err)
	if got.StatusCode != 200 || got.Header.Get("Content-Type") != "text/event-stream" || got.Header.Get("Cache-Control") != "no-store" {
		d.T.Fatalf("%s: %d %v", path, got.StatusCode, got.Header)
	}
	all, done := make(chan Happening, 1000), make(chan struct{})
	go func() {
		defer close(done)
		defer close(all)
		var one Happening
		for lines := bufio.NewReader(got.Body); ; {
			line, err := lines.ReadString('\n')
			if err != nil {
				return
			}
			name, value, _ := strings.Cut(strings.TrimSuffix(line, "\n"), ": ")
			switch name {
			case "id":
				one.ID = value
			case "event":
				one.Name = value
			case "data":
				one.Data = value
			case "":
				if one.Name != "" {
					if strings.HasPrefix(path, "/host/") && one.Name != "stream_ended" {
						documented(d.T, one.Data)
					}
					all <- one
				}
				one = Happening{}
			}
		}
	}()
	d.T.Cleanup(func() { cancel(); _ = got.Body.Close(); <-done })
	return all
}

func Next(t testing.TB, all <-chan Happening, name string) Happening {
	t.Helper()
	select {
	case got, ok := <-all:
		if !ok || got.Name != name {
			t.Fatalf("got %+v, want %s", got, name)
		}
		return got
	case <-time.After(20 * time.Second):
		t.Fatalf("%s does not come", name)
		return Happening{}
	}
}
