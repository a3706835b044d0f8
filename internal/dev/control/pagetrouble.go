package control

import (
	"net/http"

	"github.com/selasar/selasar/internal/httpapi/edge"
	"github.com/selasar/selasar/internal/journal/event"
	"github.com/selasar/selasar/internal/problem"
)

// longest is the length of a text from the mini app's page in the journal.
const longest = 500

// killPage lets the simulators kill the mini app's page. They read it in the journal.
func (d *door) killPage(r *http.Request) (any, error) {
	if _, err := edge.ReadBody(r); err != nil {
		return nil, err
	}
	d.Journal.Trace(event.PageKilled.Entry(event.Scope{MiniAppID: d.MiniApp, UserID: d.Simulator.User()}, event.None{}))
	return nil, nil
}

// reportPage records what the simulator saw of the page in its frame.
func (d *door) reportPage(r *http.Request) (any, error) {
	var in struct {
		LaunchID string `json:"launch_id"`
		event.PageProblem
	}
	if err := edge.Decode(r, &in); err != nil {
		return nil, err
	}
	if !in.Reason.Known() {
		return nil, problem.New(problem.BadRequest, "there is no reason %q for trouble with a page", edge.Excerpt(string(in.Reason)))
	}
	for _, text := range []string{in.LaunchID, in.Path, in.Origin, in.Error, in.Feature, in.Target} {
		if len(text) > 4*longest {
			return nil, problem.New(problem.BadRequest, "a text is longer than %d bytes", 4*longest)
		}
	}
	d.Journal.Trace(event.PageTrouble.Entry(event.Scope{MiniAppID: d.MiniApp, UserID: d.Simulator.User(), LaunchID: in.LaunchID}, in.PageProblem))
	return nil, nil
}
