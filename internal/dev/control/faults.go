package control

import (
	"net/http"
	"slices"
	"strings"

	"github.com/selasar/selasar/internal/dev/simulator"
	"github.com/selasar/selasar/internal/httpapi"
	"github.com/selasar/selasar/internal/httpapi/edge"
	"github.com/selasar/selasar/internal/problem"
)

// faultyView is an operation with the codes that a fault can return.
type faultyView struct {
	Operation string         `json:"operation"`
	API       string         `json:"api"`
	Codes     []httpapi.Code `json:"codes"`
}

func (d *door) faults(*http.Request) (any, error) {
	return map[string]any{"faults": d.Simulator.Faults(), "available": d.faultsAvailable()}, nil
}

func (d *door) faultsAvailable() (list []faultyView) {
	for _, op := range d.Operations {
		list = append(list, faultyView{op.Name, op.API, op.Codes})
	}
	return list
}

func (d *door) addFault(r *http.Request) (any, error) {
	in := simulator.Fault{Times: 1}
	if err := edge.Decode(r, &in); err != nil {
		return nil, err
	}
	if err := d.faultPossible(in); err != nil {
		return nil, err
	}
	if in.Always {
		in.Times = 0
	}
	in.ID = d.IDs.New()
	if !d.Simulator.AddFault(in) {
		return nil, problem.New(problem.Conflict, "there are %d faults already; remove some", simulator.MaxFaults)
	}
	return edge.Created{Body: in}, nil
}

func (d *door) faultPossible(f simulator.Fault) error {
	longest := simulator.MaxFaultDelay.Milliseconds()
	switch {
	case f.ID != "":
		return problem.New(problem.BadRequest, "a fault gets its id here; leave it out")
	case f.Times < 1 || f.Times > simulator.MaxFaultTimes:
		return problem.New(problem.BadRequest, "times is 1 to %d, not %d", simulator.MaxFaultTimes, f.Times)
	case f.DelayMS < 0 || f.DelayMS > longest:
		return problem.New(problem.BadRequest, "delay_ms is 0 to %d, not %d", longest, f.DelayMS)
	case f.Code == "" && f.DelayMS == 0:
		return problem.New(problem.BadRequest, "a fault needs a code, or a delay_ms for an answer that is only late")
	case f.Code == "" && f.After:
		return problem.New(problem.BadRequest, "after goes with a code: the answer that comes in place of the lost one")
	}
	at := slices.IndexFunc(d.Operations, func(op httpapi.Operation) bool { return op.Name == f.Operation })
	if at < 0 {
		return problem.New(problem.BadRequest, "operation %q is not known; it is one of %s", edge.Excerpt(f.Operation), strings.Join(d.faultOperations(), ", "))
	}
	var codes []string
	for _, one := range d.Operations[at].Codes {
		codes = append(codes, one.Code)
	}
	if f.Code != "" && !slices.Contains(codes, f.Code) {
		return problem.New(problem.BadRequest, "%s does not answer the code %q; it is one of %s", f.Operation, edge.Excerpt(f.Code), strings.Join(codes, ", "))
	}
	return nil
}

func (d *door) faultOperations() (names []string) {
	for _, op := range d.Operations {
		names = append(names, op.Name)
	}
	return names
}

func (d *door) removeFaults(*http.Request) (any, error) {
	d.Simulator.RemoveFaults("")
	return nil, nil
}

func (d *door) removeFault(r *http.Request) (any, error) {
	if id := r.PathValue("id"); d.Simulator.RemoveFaults(id) == 0 {
		return nil, problem.New(problem.NotFound, "there is no fault %q; it may have been given as often as it was to be", edge.Excerpt(id))
	}
	return nil, nil
}
