package dev

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// WaitAnswer waits until the mini app's server answers a request for the entry page with any status. It fails after
// limit, when the platform fails, or when ctx ends.
func (d *Platform) WaitAnswer(ctx context.Context, limit time.Duration) error {
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	answered := make(chan error, 1)
	go func() { answered <- d.proxy.Answers(ctx, d.manifest.Path()) }()
	select {
	case err := <-d.failed:
		return err
	case err := <-answered:
		if err == nil {
			return nil
		}
		select {
		case failed := <-d.failed: // the better reason, such as the end of the command
			return failed
		default:
		}
		if errors.Is(err, context.DeadlineExceeded) {
			why := d.proxy.Silence()
			if why == "" {
				why = "its server accepts connections but sends no answer"
			}
			return fmt.Errorf("the mini app did not answer within %s: %s", limit, why)
		}
		return err
	}
}
