package webview

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

func TestLink_delays_and_loses_evenly(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		link := NewLink()
		link.Set(Network{LatencyMS: 300, LossPercent: 25})
		var got []bool
		start := time.Now()
		for range 8 {
			lost, err := link.Cross(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, lost)
		}
		if took := time.Since(start); took != 8*300*time.Millisecond {
			t.Errorf("8 requests took %s", took)
		}
		for i, lost := range got {
			if lost != (i%4 == 3) {
				t.Errorf("lost: %v; want every fourth", got)
			}
		}
	})
}

func TestLink_releases_what_waits_when_it_changes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		link := NewLink()
		link.Set(Network{LatencyMS: 60_000, Bandwidth: 1})
		start := time.Now()
		done := make(chan error, 2)
		go func() { _, err := link.Cross(t.Context()); done <- err }()
		go func() { done <- link.Send(t.Context(), 1<<20) }()
		synctest.Wait()
		link.Set(Network{})
		for range 2 {
			if err := <-done; err != nil || time.Since(start) != 0 {
				t.Errorf("%v after %s", err, time.Since(start))
			}
		}
		ctx, cancel := context.WithCancel(t.Context())
		link.Set(Network{LatencyMS: 60_000})
		cancel()
		if _, err := link.Cross(ctx); !errors.Is(err, context.Canceled) {
			t.Errorf("a request that was cancelled: %v", err)
		}
	})
}

func TestLink_shares_the_bandwidth(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		link := NewLink()
		link.Set(Network{Bandwidth: 80}) // 10,000 bytes a second
		start := time.Now()
		done := make(chan error, 2)
		for range 2 {
			go func() { done <- link.Send(t.Context(), 5_000) }()
		}
		if err := errors.Join(<-done, <-done); err != nil {
			t.Fatal(err)
		}
		if took := time.Since(start); took != time.Second {
			t.Errorf("10,000 bytes took %s", took)
		}
	})
}

func TestHandler_loses_a_request_without_an_answer(t *testing.T) {
	link, lost, served := NewLink(), 0, 0
	server := httptest.NewServer(link.Handler(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		served++
		_, _ = io.WriteString(w, strings.Repeat("x", 3*piece))
	}), func(*http.Request) { lost++ }))
	defer server.Close()
	link.Set(Network{LossPercent: 50, Bandwidth: mostBandwidth})
	answer, err := http.Get(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	if body, err := io.ReadAll(answer.Body); err != nil || len(body) != 3*piece {
		t.Errorf("%d bytes, %v", len(body), err)
	}
	_ = answer.Body.Close()
	if answer, err := http.Get(server.URL); err == nil {
		t.Errorf("the second request was answered with %s", answer.Status)
		_ = answer.Body.Close()
	}
	if lost != 1 || served != 1 {
		t.Errorf("%d requests were lost, %d served", lost, served)
	}
}

func TestNetwork_names_a_mistake(t *testing.T) {
	for want, n := range map[string]Network{
		"":                            {60_000, 100, 0},
		"latency_ms lies between":     {60_001, 0, 0},
		"loss_percent lies between":   {0, 101, 0},
		"loss_percent lies between 0": {0, -1, 0},
		"bandwidth_kbps lies between": {0, 0, -1},
	} {
		err := n.Check()
		if (err == nil) != (want == "") || (err != nil && !strings.Contains(err.Error(), want)) {
			t.Errorf("%+v: %v, want %q", n, err, want)
		}
	}
}

func TestLink_without_latency_makes_nobody_wait(t *testing.T) {
	link := NewLink()
	for _, n := range []Network{{}, {LossPercent: 50}, {Bandwidth: 1}} {
		link.Set(n)
		if _, wait := link.Enter(); wait != nil {
			t.Errorf("%+v: a call waits", n)
		}
	}
	link.Set(Network{LatencyMS: 1})
	if _, wait := link.Enter(); wait == nil || wait(t.Context()) != nil {
		t.Error("a call does not wait for the latency")
	}
}
