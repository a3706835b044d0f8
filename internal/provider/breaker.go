package provider

import (
	"fmt"
	"sync"
	"time"

	"github.com/selasar/selasar/internal/transfer"
)

const (
	// mostFailures is the number of consecutive failures that opens a breaker.
	mostFailures = 5
	// rest is how long an open breaker refuses requests.
	rest = 5 * time.Second
)

// breaker stops requests of one kind while they fail, so that a provider that is down
// costs callers no time-out, and can come back without a rush.
//
//	closed ──▶ open         mostFailures in a row
//	open ────▶ half open    after rest: one request is the trial
//	half open ▶ closed      the trial was answered
//	half open ▶ open        the trial failed
type breaker struct {
	mu       sync.Mutex
	failures int
	until    time.Time // refuses until then; only with mostFailures
	trial    bool
}

// enter lets a request pass, or returns an error that wraps transfer.ErrNotSent.
func (b *breaker) enter(now time.Time) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.failures < mostFailures {
		return nil
	}
	if b.trial || now.Before(b.until) {
		return fmt.Errorf("the last %d requests failed, so %w; the next trial is within %s", b.failures, transfer.ErrNotSent, rest)
	}
	b.trial = true
	return nil
}

// leave records the result of a request that passed.
func (b *breaker) leave(now time.Time, answered bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.trial = false
	if answered {
		b.failures = 0
		return
	}
	if b.failures++; b.failures >= mostFailures {
		b.until = now.Add(rest)
	}
}

// abandon records that the caller gave a request up, which says nothing about the provider.
func (b *breaker) abandon() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.trial = false
}
