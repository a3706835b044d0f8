package edge

import (
	"encoding/json"

	"github.com/selasar/selasar/internal/ask"
	"github.com/selasar/selasar/internal/miniapp"
)

// Apps describes how pages reach mini apps.
type Apps struct {
	// Under, when set, returns a mini app with the addresses for a Host. The mini app
	// is reached under the same host name, so that both are one site.
	Under func(host string, app miniapp.App) miniapp.App
	// IconURL returns the URL of a mini app's icon; nil: the icon as registered.
	IconURL func(miniapp.App) string
}

// At returns a mini app with the addresses for a Host.
func (a Apps) At(host string, app miniapp.App) miniapp.App {
	if a.Under == nil {
		return app
	}
	return a.Under(host, app)
}

// Icon returns the URL of a mini app's icon.
func (a Apps) Icon(app miniapp.App) string {
	if a.IconURL == nil {
		return app.Icon
	}
	return a.IconURL(app)
}

// AppView is a mini app as a host shows it.
type AppView struct {
	ID         string             `json:"id"`
	Name       string             `json:"name"`
	IconURL    string             `json:"icon_url"`
	Origin     string             `json:"origin"`
	Generation miniapp.Generation `json:"generation"`
}

// View returns a mini app as a host shows it.
func (a Apps) View(app miniapp.App) AppView {
	return AppView{ID: app.ID, Name: app.Name, IconURL: a.Icon(app), Origin: app.Origin, Generation: app.Generation}
}

// AskFor returns an ask as a host shows it: with the mini app that asks.
func AskFor(app AppView, one ask.Ask) ask.Ask {
	members := map[string]json.RawMessage{}
	if err := json.Unmarshal(one.Show, &members); err != nil {
		return one
	}
	data, err := json.Marshal(app)
	if err != nil {
		return one
	}
	members["app"] = data
	if one.Show, err = json.Marshal(members); err != nil {
		return one
	}
	return one
}
