package jsapi

import (
	"context"

	"github.com/selasar/selasar/internal/ask"
	"github.com/selasar/selasar/internal/journal/event"
)

// concludeShared settles the calls that share the sheet of an ask, in the transaction
// that took it. They get the outcome of its call.
func (e *Engine) concludeShared(ctx context.Context, c *Call, a ask.Ask, step Step, failed error) (all []lapsed, err error) {
	sharing, err := c.Tx.Asks().Sharing(ctx, a.ID)
	if err != nil {
		return nil, err
	}
	for _, one := range sharing {
		took, err := c.Tx.Asks().Take(ctx, one.ID, ask.Answered, c.Now.UnixMilli())
		if err != nil {
			return nil, err
		}
		if !took {
			continue
		}
		reply, err := e.concludeOne(ctx, c, one, step, failed)
		if err != nil {
			return nil, err
		}
		all = append(all, lapsed{ask: one, reply: reply})
	}
	return all, nil
}

func (e *Engine) concludeOne(ctx context.Context, first *Call, one ask.Ask, step Step, failed error) (Reply, error) {
	c, err := e.revive(ctx, first.Tx, first.Launch, one)
	var own Step
	if err == nil {
		err = failed
	}
	if err == nil && step.Data != nil && c.Binding.Operation.Share != nil {
		own.Data = c.Binding.Operation.Share(c, step.Data)
	}
	result := c.settle(own, err)
	one.AnsweredAt = c.Now.UnixMilli()
	how := asked{Ask: one, By: event.Settler(event.SameSheet)}
	return Reply{CallID: c.ID, Result: &result}, c.Tx.Journal().Append(ctx, c.entry(&result, how))
}
