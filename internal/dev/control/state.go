package control

import (
	"net/http"
	"slices"

	"github.com/selasar/selasar/internal/dev/simulator"
	"github.com/selasar/selasar/internal/httpapi/edge"
	"github.com/selasar/selasar/internal/jsapi"
	"github.com/selasar/selasar/internal/miniapp"
	"github.com/selasar/selasar/internal/store"
)

// stateView is everything that the simulator's page shows except the journal.
type stateView struct {
	Version     string            `json:"version"`
	URLs        URLs              `json:"urls"`
	Apps        []registeredView  `json:"apps"`
	Users       []userView        `json:"users"` // the first page, and the current user
	UsersNext   string            `json:"users_next,omitempty"`
	CurrentUser string            `json:"current_user"`
	Device      simulator.Device  `json:"device"`
	Answers     simulator.Answers `json:"answers"`
	Files       []simulator.File  `json:"files"` // of the device, newest first
	Clock       clockView         `json:"clock"`
	Consents    []consentView     `json:"consents"`
	Target      Target            `json:"target"`
	Faults      []simulator.Fault `json:"faults"`
	registered  []miniapp.App     // the apps without a caller's addresses
	// JournalAfter is the last seq that a reset deleted from the journal, so that a
	// page removes those entries too.
	JournalAfter int64 `json:"journal_after"`
}

type registeredView struct {
	edge.AppView
	EntryURL  string            `json:"entry_url"`
	Consents  []miniapp.Consent `json:"consents"`
	Deeplinks []string          `json:"deeplinks"`
	Status    miniapp.Status    `json:"status"`
}

func (d *door) appOf(app miniapp.App) registeredView {
	v := registeredView{d.Apps.View(app), app.EntryURL, app.Consents, app.Deeplinks, app.Status}
	if v.Consents == nil {
		v.Consents = []miniapp.Consent{}
	}
	if v.Deeplinks == nil {
		v.Deeplinks = []string{}
	}
	return v
}

// state returns the whole state, or with ?since= the members that have changed since the
// state of that version.
func (d *door) state(r *http.Request) (any, error) {
	return d.stateSince(r, r.URL.Query().Get("since"))
}

// wholeState has the running mini app only; with ?apps=all it also has those of earlier
// runs on the same database.
func (d *door) wholeState(r *http.Request) (stateView, error) {
	all := r.URL.Query().Get("apps") == "all"
	v := stateView{
		Version: d.Version, URLs: d.URLs, Apps: []registeredView{}, Users: []userView{}, CurrentUser: d.Simulator.User(),
		Device: d.Simulator.Now(), Answers: d.Simulator.Answers(), Files: d.Simulator.Files(), Clock: d.clockNow(), Consents: []consentView{}, Target: d.Target(), Faults: d.Simulator.Faults(),
		JournalAfter: d.Journal.Cleared(),
	}
	err := d.DB.Read(r.Context(), func(tx jsapi.Tx) error {
		ctx := r.Context()
		apps, err := tx.MiniApps().List(ctx)
		if err != nil {
			return err
		}
		v.registered = apps
		for _, app := range apps {
			switch view := d.appOf(d.Apps.At(r.Host, app)); {
			case app.ID == d.MiniApp:
				v.Apps = slices.Insert(v.Apps, 0, view) // pages show the first
				if v.Consents, err = standing(ctx, tx, v.CurrentUser, app); err != nil {
					return err
				}
			case all:
				v.Apps = append(v.Apps, view)
			}
		}
		v.Users, v.UsersNext, err = d.usersOn(ctx, tx, store.First(edge.MostOnPage), v.CurrentUser)
		return err
	})
	return v, err
}
