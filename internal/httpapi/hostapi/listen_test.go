package hostapi

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"
	"github.com/coder/websocket/wsjson"
	"github.com/google/uuid"

	"github.com/selasar/selasar/internal/bus"
	"github.com/selasar/selasar/internal/clock"
	"github.com/selasar/selasar/internal/httpapi/edge"
	"github.com/selasar/selasar/internal/jsapi"
	"github.com/selasar/selasar/internal/language"
	"github.com/selasar/selasar/internal/launch"
	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/secret"
)

// launches is a database of one launch. It calls read, when set, after each read of the
// launch.
type launches struct {
	jsapi.Tx
	launch.Store
	one  launch.Launch
	read func()
}

func (l *launches) Launches() launch.Store { return l }

func (l *launches) Get(context.Context, string) (launch.Launch, error) {
	defer l.read()
	return l.one, nil
}

func (l *launches) Read(_ context.Context, fn func(jsapi.Tx) error) error  { return fn(l) }
func (l *launches) Write(_ context.Context, fn func(jsapi.Tx) error) error { return fn(l) }

func listening() (*door, *launches) {
	l := &launches{one: launch.Launch{ID: uuid.NewString(), State: launch.Open}, read: func() {}}
	hosts := launch.NewHosts(clock.NewFixed(time.UnixMilli(0)))
	return &door{Config{DB: l, Key: secret.Random(), Events: bus.NewBus(), Engine: &jsapi.Engine{Hosts: hosts}}}, l
}

func TestListen_refuses_a_launch_that_ends_during_the_call(t *testing.T) {
	t.Parallel()
	d, l := listening()
	l.read = func() { l.one.State = launch.Ended }
	if _, err := d.listen(t.Context(), l.one.ID, 0, language.English); !problem.Is(err, problem.LaunchEnded) {
		t.Errorf("got %v, want LaunchEnded: no event reports that end", err)
	}
}

func TestSocket_receives_every_event_after_ready(t *testing.T) {
	t.Parallel()
	d, l := listening()
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{id}", d.serveSocket)
	server := httptest.NewServer(mux)
	defer server.Close()
	for range 200 {
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		ws, _, err := websocket.Dial(ctx, strings.Replace(server.URL, "http", "ws", 1)+"/"+l.one.ID, nil)
		if err != nil {
			t.Fatal(err)
		}
		hello := map[string]string{"type": "hello", "token": d.Key.LaunchToken(uuid.MustParse(l.one.ID))}
		var ready, news struct{ Type string }
		if err := wsjson.Write(ctx, ws, hello); err != nil {
			t.Fatal(err)
		}
		if err := wsjson.Read(ctx, ws, &ready); err != nil || ready.Type != "ready" {
			t.Fatalf("got %+v, %v", ready, err)
		}
		d.Events.Publish(bus.Of{Launch: l.one.ID}, bus.New(bus.CallSettled, nil))
		if err := wsjson.Read(ctx, ws, &news); err != nil || news.Type != "event" {
			t.Fatalf("got %+v, %v", news, err)
		}
		_ = ws.CloseNow()
		cancel()
	}
}

func TestSocket_of_a_host_that_fell_behind_is_closed_with_a_reason(t *testing.T) {
	t.Parallel()
	d, l := listening()
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{id}", d.serveSocket)
	server := httptest.NewServer(mux)
	defer server.Close()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	ws, _, err := websocket.Dial(ctx, strings.Replace(server.URL, "http", "ws", 1)+"/"+l.one.ID, nil)
	if err != nil {
		t.Fatal(err)
	}
	hello := map[string]string{"type": "hello", "token": d.Key.LaunchToken(uuid.MustParse(l.one.ID))}
	if err := wsjson.Write(ctx, ws, hello); err != nil {
		t.Fatal(err)
	}
	var got struct{ Type string }
	if err := wsjson.Read(ctx, ws, &got); err != nil || got.Type != "ready" {
		t.Fatalf("got %+v, %v", got, err)
	}
	long := strings.Repeat("x", 16<<10) // fills the connection's buffers
	for range 16 * bus.Backlog {
		d.Events.Publish(bus.Of{Launch: l.one.ID}, bus.New(bus.DeviceChanged, long))
	}
	for err == nil {
		err = wsjson.Read(ctx, ws, &got)
	}
	if websocket.CloseStatus(err) != websocket.StatusTryAgainLater {
		t.Errorf("the socket ended with %v", err)
	}
}

func TestEvents_of_a_host_that_fell_behind_end_with_a_reason(t *testing.T) {
	t.Parallel()
	b := bus.NewBus()
	l := b.Listen(bus.Of{})
	defer l.Stop()
	for range bus.Backlog + 1 {
		b.Publish(bus.Of{}, bus.New(bus.DeviceChanged, nil))
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		if err := pass(&news{Listener: l}, edge.NewStream(w)); err == nil {
			t.Error("the stream continues")
		}
	}))
	defer server.Close()
	response, err := http.Get(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil || !strings.HasPrefix(string(body), "event: stream_ended\ndata: {\"message\":\"the listener fell behind") {
		t.Errorf("the last event is %q, %v", body, err)
	}
}
