package webview

import (
	"context"
	"fmt"
	"sync"
	"time"
)

// Network is the quality of the phone's connection. The zero value changes nothing.
type Network struct {
	LatencyMS   int `json:"latency_ms"`
	LossPercent int `json:"loss_percent"`   // of the requests and calls
	Bandwidth   int `json:"bandwidth_kbps"` // of all answers together, in kilobits a second; 0: no limit
}

// The limits of a Network.
const (
	mostLatency   = 60_000
	mostBandwidth = 1_000_000
)

// Check returns the mistake in a network.
func (n Network) Check() error {
	switch {
	case n.LatencyMS < 0 || n.LatencyMS > mostLatency:
		return fmt.Errorf("network.latency_ms lies between 0 and %d milliseconds, got %d", mostLatency, n.LatencyMS)
	case n.LossPercent < 0 || n.LossPercent > 100:
		return fmt.Errorf("network.loss_percent lies between 0 and 100, got %d", n.LossPercent)
	case n.Bandwidth < 0 || n.Bandwidth > mostBandwidth:
		return fmt.Errorf("network.bandwidth_kbps lies between 1 and %d kilobits a second, or is 0 for no limit, got %d", mostBandwidth, n.Bandwidth)
	}
	return nil
}

// Link is a connection of changing quality. It is safe for concurrent use.
type Link struct {
	mu      sync.Mutex
	now     Network
	owed    int       // percent of a loss that is due; see lose
	free    time.Time // when the bandwidth is free again
	changed chan struct{}
}

// NewLink returns a link of full quality.
func NewLink() *Link { return &Link{changed: make(chan struct{})} }

// Set changes the quality. What waits by the old one is released.
func (l *Link) Set(n Network) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if n == l.now {
		return
	}
	l.now, l.owed, l.free = n, 0, time.Time{}
	close(l.changed)
	l.changed = make(chan struct{})
}

// Limited reports whether Send delays anything now.
func (l *Link) Limited() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.now.Bandwidth > 0
}

// Enter reports whether a request or a call is lost on the way. wait waits for the latency; it is nil without one.
func (l *Link) Enter() (lost bool, wait func(context.Context) error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	lost = l.lose()
	if latency, changed := time.Duration(l.now.LatencyMS)*time.Millisecond, l.changed; latency > 0 {
		wait = func(ctx context.Context) error { return sleep(ctx, latency, changed) }
	}
	return lost, wait
}

// Cross waits for the latency, and reports whether the request is lost on the way. The error is ctx's.
func (l *Link) Cross(ctx context.Context) (lost bool, err error) {
	lost, wait := l.Enter()
	if wait == nil {
		return lost, ctx.Err()
	}
	return lost, wait(ctx)
}

// lose decides by turns, without chance: at 25 percent, every fourth request is lost. So a test that runs again sees the
// same losses.
func (l *Link) lose() bool {
	if l.owed += l.now.LossPercent; l.owed < 100 {
		return false
	}
	l.owed -= 100
	return true
}

// Send waits until bytes of an answer are through. All answers share the bandwidth.
func (l *Link) Send(ctx context.Context, bytes int) error {
	l.mu.Lock()
	if l.now.Bandwidth == 0 {
		l.mu.Unlock()
		return nil
	}
	start := time.Now()
	if l.free.After(start) {
		start = l.free
	}
	l.free = start.Add(time.Duration(bytes) * 8 * time.Millisecond / time.Duration(l.now.Bandwidth))
	wait, changed := time.Until(l.free), l.changed
	l.mu.Unlock()
	return sleep(ctx, wait, changed)
}

// sleep waits for a time, the next change of the link, or the end of ctx.
func sleep(ctx context.Context, wait time.Duration, changed <-chan struct{}) error {
	if wait <= 0 {
		return ctx.Err()
	}
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-changed:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
