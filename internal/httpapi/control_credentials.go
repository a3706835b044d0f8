package httpapi

import (
	"context"
	"net/http"

	"github.com/selasar/selasar/internal/jsapi"
)

func (c *control) credentials(r *http.Request) (any, error) {
	miniAppID := r.URL.Query().Get("mini_app_id")
	if err := c.knownApp(r.Context(), &miniAppID); err != nil {
		return nil, err
	}
	return c.api.Credentials.Of(r.Context(), miniAppID)
}

func (c *control) rotate(r *http.Request) (any, error) {
	var in struct {
		MiniAppID string `json:"mini_app_id"`
		Revoke    bool   `json:"revoke"`
	}
	if err := decode(r, &in); err != nil {
		return nil, err
	}
	if err := c.knownApp(r.Context(), &in.MiniAppID); err != nil {
		return nil, err
	}
	return c.api.Credentials.Rotate(r.Context(), in.MiniAppID, in.Revoke)
}

// knownApp puts the only mini app where none is named, and refuses one that is
// not there.
func (c *control) knownApp(ctx context.Context, miniAppID *string) error {
	if err := c.fillApp(ctx, miniAppID); err != nil {
		return err
	}
	return c.api.DB.Read(ctx, func(tx jsapi.Tx) error {
		_, err := tx.MiniApps().Get(ctx, *miniAppID)
		return err
	})
}
