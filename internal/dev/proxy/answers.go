package proxy

import (
	"context"
	"net/http"
	"time"
)

// Answers waits until the server answers a request for a path with any status. A folder always answers.
func (p *Proxy) Answers(ctx context.Context, path string) error {
	if p.door == nil {
		return nil
	}
	for pause := 10 * time.Millisecond; ; pause = min(pause*2, 100*time.Millisecond) {
		if p.asks(ctx, path) == nil {
			return nil
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(pause):
		}
	}
}

// asks requests a path as a browser does that opens the page without the proxy.
func (p *Proxy) asks(ctx context.Context, path string) error {
	server, err := p.door.await(ctx)
	if err != nil {
		return err
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, server.Origin.String()+path, nil)
	if err != nil {
		return err
	}
	r.Header.Set("Accept", "text/html,*/*;q=0.8")
	r.Header.Set(passedHeader, "1")
	answer, err := p.transport.RoundTrip(r)
	if err != nil {
		return err
	}
	return answer.Body.Close()
}
