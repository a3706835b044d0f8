package request

import (
	"sync"

	"github.com/selasar/selasar/internal/problem"
)

// Flight knows the requests that run on this node. The zero value is ready.
//
// Other nodes do not know of them: in their transactions the second request waits
// for the first, and gets its answer.
type Flight struct{ running sync.Map }

// Begin marks a request with an id as running until end is called. A second
// request under the same id is refused with KeyReused in the meantime.
func (f *Flight) Begin(r Request) (end func(), err error) {
	if r.ID == "" {
		return func() {}, nil
	}
	key := [3]string{r.MiniAppID, string(r.Space), r.ID}
	if _, running := f.running.LoadOrStore(key, nil); running {
		return nil, problem.New(problem.KeyReused, "the first request with the %s %q is still running; send this again when that is answered", r.Space, r.ID)
	}
	return func() { f.running.Delete(key) }, nil
}
