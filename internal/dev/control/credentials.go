package control

import (
	"context"
	"net/http"

	"github.com/selasar/selasar/internal/httpapi/edge"
	"github.com/selasar/selasar/internal/jsapi"
)

func (d *door) credentials(r *http.Request) (any, error) {
	miniAppID := r.URL.Query().Get("mini_app_id")
	if err := d.knownApp(r.Context(), &miniAppID); err != nil {
		return nil, err
	}
	return d.Credentials.Of(r.Context(), miniAppID)
}

func (d *door) rotate(r *http.Request) (any, error) {
	var in struct {
		MiniAppID string `json:"mini_app_id"`
		Revoke    bool   `json:"revoke"`
	}
	if err := edge.Decode(r, &in); err != nil {
		return nil, err
	}
	if err := d.knownApp(r.Context(), &in.MiniAppID); err != nil {
		return nil, err
	}
	return d.Credentials.Rotate(r.Context(), in.MiniAppID, in.Revoke)
}

// knownApp fills in the running mini app if none is named, and refuses an unknown one.
func (d *door) knownApp(ctx context.Context, miniAppID *string) error {
	d.fillApp(miniAppID)
	return d.DB.Read(ctx, func(tx jsapi.Tx) error {
		_, err := tx.MiniApps().Get(ctx, *miniAppID)
		return err
	})
}
