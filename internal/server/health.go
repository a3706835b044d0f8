package server

import (
	"context"
	"log/slog"
	"sync"
	"time"
)

const (
	// healthEvery is how long the result of a probe holds, so that many checks cost one
	// write a second.
	healthEvery = time.Second
	// healthLimit is the longest time of a probe.
	healthLimit = 5 * time.Second
)

// health is the result of the last probe of the database.
type health struct {
	mu    sync.Mutex
	taken time.Time
	err   error
}

// check returns the problem of a database that cannot write.
func (h *health) check(ctx context.Context, probe func(context.Context) error) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	if time.Since(h.taken) < healthEvery {
		return h.err
	}
	limited, cancel := context.WithTimeout(context.WithoutCancel(ctx), healthLimit)
	defer cancel()
	was := h.err
	h.err, h.taken = probe(limited), time.Now()
	switch {
	case h.err != nil && was == nil:
		slog.Error("the database cannot write", "error", h.err)
	case h.err == nil && was != nil:
		slog.Info("the database writes again")
	}
	return h.err
}
