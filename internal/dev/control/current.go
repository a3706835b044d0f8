package control

import (
	"context"
	"sync"

	"github.com/selasar/selasar/internal/dev/simulator"
	"github.com/selasar/selasar/internal/problem"
)

// Current fills in the only mini app and the current user if a request names none. It
// also separates requests from resets: no request sees a platform that is empty before
// it is filled again.
type Current struct {
	Simulator *simulator.Simulator
	People    *simulator.People

	resetting sync.RWMutex // locked by a reset, read-locked by requests
}

// Fill returns the mini app and the user of a request to open a mini app. A reset
// waits until done is called.
func (c *Current) Fill(ctx context.Context, miniAppID, userID string) (app, user string, done func(), err error) {
	c.resetting.RLock()
	if err := c.fill(ctx, &miniAppID, &userID); err != nil {
		c.resetting.RUnlock()
		return "", "", nil, err
	}
	return miniAppID, userID, c.resetting.RUnlock, nil
}

// fill sets the mini app and the user where they are empty.
func (c *Current) fill(ctx context.Context, miniAppID, userID *string) error {
	if *userID == "" {
		*userID = c.Simulator.User()
	}
	return c.fillApp(ctx, miniAppID)
}

// fillApp sets the mini app where it is empty.
func (c *Current) fillApp(ctx context.Context, miniAppID *string) error {
	if *miniAppID != "" {
		return nil
	}
	return c.People.DB.Read(ctx, func(tx simulator.PeopleTx) error {
		apps, err := tx.MiniApps().List(ctx)
		if err != nil {
			return err
		}
		if len(apps) != 1 {
			return problem.New(problem.BadRequest, "there are %d mini apps; name one as mini_app_id", len(apps))
		}
		*miniAppID = apps[0].ID
		return nil
	})
}
