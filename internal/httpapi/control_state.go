package httpapi

import (
	"context"
	"net/http"

	"github.com/selasar/selasar/internal/dev/simulator"
	"github.com/selasar/selasar/internal/jsapi"
	"github.com/selasar/selasar/internal/miniapp"
)

// stateView is all that the simulator's page shows beside the journal.
type stateView struct {
	Version     string            `json:"version"`
	URLs        URLs              `json:"urls"`
	Apps        []registeredView  `json:"apps"`
	Users       []userView        `json:"users"`
	CurrentUser string            `json:"current_user"`
	Device      simulator.Device  `json:"device"`
	Answers     simulator.Answers `json:"answers"`
	Clock       clockView         `json:"clock"`
	Consents    []consentView     `json:"consents"`
	Target      Target            `json:"target"`
	Faults      []simulator.Fault `json:"faults"`
	// JournalAfter is the seq up to which a reset has taken the journal away, so
	// that a page drops those too.
	JournalAfter int64 `json:"journal_after"`
}

type registeredView struct {
	appView
	EntryURL  string            `json:"entry_url"`
	Consents  []miniapp.Consent `json:"consents"`
	Deeplinks []string          `json:"deeplinks"`
	Status    miniapp.Status    `json:"status"`
}

func (c *control) appOf(app miniapp.App) registeredView {
	v := registeredView{c.api.view(app), app.EntryURL, app.Consents, app.Deeplinks, app.Status}
	if v.Consents == nil {
		v.Consents = []miniapp.Consent{}
	}
	if v.Deeplinks == nil {
		v.Deeplinks = []string{}
	}
	return v
}

func (c *control) state(r *http.Request) (any, error) { return c.wholeState(r.Context(), r.Host) }

func (c *control) wholeState(ctx context.Context, host string) (stateView, error) {
	v := stateView{
		Version: c.Version, URLs: c.URLs, Apps: []registeredView{}, Users: []userView{}, CurrentUser: c.Simulator.User(),
		Device: c.Simulator.Now(), Answers: c.Simulator.Answers(), Clock: c.clockNow(), Consents: []consentView{}, Target: c.Target(), Faults: c.Simulator.Faults(),
		JournalAfter: c.api.Journal.Cleared(),
	}
	err := c.api.DB.Read(ctx, func(tx jsapi.Tx) error {
		apps, err := tx.MiniApps().List(ctx)
		if err != nil {
			return err
		}
		for _, app := range apps {
			v.Apps = append(v.Apps, c.appOf(c.api.at(host, app)))
		}
		people, err := tx.Users().List(ctx)
		if err != nil {
			return err
		}
		for _, u := range people {
			v.Users = append(v.Users, c.userOf(u))
		}
		if len(apps) > 0 {
			v.Consents, err = standing(ctx, tx, v.CurrentUser, apps[0])
		}
		return err
	})
	return v, err
}
