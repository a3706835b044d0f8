package control

import (
	"context"
	"sync"

	"github.com/selasar/selasar/internal/dev/simulator"
)

// Current fills in the running mini app and the current user if a request names none. It
// also separates requests from resets: no request sees a platform that is empty before
// it is filled again.
type Current struct {
	Simulator *simulator.Simulator
	People    *simulator.People
	MiniApp   string // id of the mini app that runs: the manifest's

	resetting sync.RWMutex // locked by a reset, read-locked by requests
}

// Fill returns the mini app and the user of a request to open a mini app. A reset
// waits until done is called.
func (c *Current) Fill(ctx context.Context, miniAppID, userID string) (app, user string, done func(), err error) {
	c.resetting.RLock()
	c.fill(&miniAppID, &userID)
	return miniAppID, userID, c.resetting.RUnlock, nil
}

// fill sets the mini app and the user where they are empty.
func (c *Current) fill(miniAppID, userID *string) {
	if *userID == "" {
		*userID = c.Simulator.User()
	}
	c.fillApp(miniAppID)
}

// fillApp sets the mini app where it is empty. A database may also have mini apps of
// earlier runs, so that a request may name them.
func (c *Current) fillApp(miniAppID *string) {
	if *miniAppID == "" {
		*miniAppID = c.MiniApp
	}
}
