package httpapi

import (
	"net/http"
	"slices"
	"strings"

	"github.com/selasar/selasar/internal/dev/simulator"
	"github.com/selasar/selasar/internal/problem"
)

// The operations that can be made to fail.
var (
	snapOperations    = []snapOperation{snapToken, snapPayment, snapStatus, snapCancel, snapRefund}
	miniAppOperations = strings.Fields("token profile bank-details reminder push rewards gems-balance gems-collect")
)

// checkout is the operation of Snap Checkout; it answers with HTTP statuses
// (miniapp-x-snap-checkout-payment).
const checkout = "checkout"

// checkoutCodes are what Snap Checkout can be made to answer.
var checkoutCodes = map[string]int{"400": 400, "401": 401, "402": 402, "403": 403, "404": 404, "406": 406, "409": 409, "429": 429, "500": 500, "503": 503}

// faultyView is an operation with all that a fault can make it answer.
type faultyView struct {
	Operation string          `json:"operation"`
	API       string          `json:"api"`
	Codes     []faultCodeView `json:"codes"`
}

type faultCodeView struct {
	Code    string `json:"code"`
	Message string `json:"message"` // the documentation's
}

func (c *control) faults(*http.Request) (any, error) {
	return map[string]any{"faults": c.Simulator.Faults(), "available": faultsAvailable()}, nil
}

func faultsAvailable() (list []faultyView) {
	for _, operation := range faultOperations() {
		one := faultyView{Operation: operation, API: apiOf(operation)}
		one.Codes, _ = codesOf(operation)
		list = append(list, one)
	}
	return list
}

func apiOf(operation string) string {
	switch {
	case operation == checkout:
		return "Snap Checkout"
	case slices.Contains(miniAppOperations, operation):
		return "mini-app APIs"
	default:
		return "BI-SNAP"
	}
}

func (c *control) addFault(r *http.Request) (any, error) {
	in := simulator.Fault{Times: 1}
	if err := decode(r, &in); err != nil {
		return nil, err
	}
	if err := faultPossible(in); err != nil {
		return nil, err
	}
	if in.Always {
		in.Times = 0
	}
	in.ID = c.api.Engine.IDs.New()
	if !c.Simulator.AddFault(in) {
		return nil, problem.New(problem.Conflict, "there are %d faults already; remove some", simulator.MaxFaults)
	}
	return created{in}, nil
}

func faultPossible(f simulator.Fault) error {
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
	codes, known := codesOf(f.Operation)
	var list []string
	for _, one := range codes {
		list = append(list, one.Code)
	}
	switch {
	case !known:
		return problem.New(problem.BadRequest, "operation %q is not known; it is one of %s", cut(f.Operation), strings.Join(faultOperations(), ", "))
	case f.Code != "" && !slices.Contains(list, f.Code):
		return problem.New(problem.BadRequest, "%s does not answer the code %q; it is one of %s", f.Operation, cut(f.Code), strings.Join(list, ", "))
	}
	return nil
}

func faultOperations() (names []string) {
	for _, op := range snapOperations {
		names = append(names, op.name)
	}
	return append(append(names, miniAppOperations...), checkout)
}

// codesOf gives the failures that the documentation lists for an operation,
// each code once.
func codesOf(operation string) (codes []faultCodeView, known bool) {
	for _, op := range snapOperations {
		if op.name != operation {
			continue
		}
		for _, row := range snapCodes {
			if row.status != http.StatusOK && strings.Contains(row.services, op.service) {
				codes = append(codes, faultCodeView{row.response(op), row.message})
			}
		}
		return sorted(codes), true
	}
	if operation == checkout {
		for code, status := range checkoutCodes {
			codes = append(codes, faultCodeView{code, http.StatusText(status)})
		}
		return sorted(codes), true
	}
	for _, row := range backendCodes {
		if row.of(operation) {
			codes = append(codes, faultCodeView{row.code, row.symbol})
		}
	}
	return codes, slices.Contains(miniAppOperations, operation)
}

// sorted sorts codes; of the rows of one code the first stays.
func sorted(codes []faultCodeView) []faultCodeView {
	slices.SortStableFunc(codes, func(a, b faultCodeView) int { return strings.Compare(a.Code, b.Code) })
	return slices.CompactFunc(codes, func(a, b faultCodeView) bool { return a.Code == b.Code })
}

func (c *control) removeFaults(*http.Request) (any, error) {
	c.Simulator.RemoveFaults("")
	return nil, nil
}

func (c *control) removeFault(r *http.Request) (any, error) {
	if id := r.PathValue("id"); c.Simulator.RemoveFaults(id) == 0 {
		return nil, problem.New(problem.NotFound, "there is no fault %q; it may have been given as often as it was to be", cut(id))
	}
	return nil, nil
}
