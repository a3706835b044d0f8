package control

import (
	"context"

	"github.com/selasar/selasar/internal/jsapi"
	"github.com/selasar/selasar/internal/miniapp"
)

// registered returns the mini apps by their ids, in one statement.
func registered(ctx context.Context, tx jsapi.Tx) (map[string]miniapp.App, error) {
	list, err := tx.MiniApps().List(ctx)
	apps := make(map[string]miniapp.App, len(list))
	for _, app := range list {
		apps[app.ID] = app
	}
	return apps, err
}
