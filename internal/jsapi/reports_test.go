package jsapi

import (
	"fmt"
	"testing"

	"github.com/selasar/selasar/internal/bus"
)

func TestReports_above_the_limit_drop_the_oldest_progress_first(t *testing.T) {
	r := &reports{last: 100}
	r.add(bus.New(bus.JobDone, "end"))
	for i := range mostReports {
		r.add(bus.New(bus.JobProgress, i))
	}
	if len(r.kept) != mostReports || r.kept[0].Data != "end" || r.kept[1].Data != 1 || r.kept[0].Seq != 101 || r.kept[1].Seq != 103 {
		t.Errorf("kept %d: %v", len(r.kept), fmt.Sprint(r.kept[:2]))
	}
	for range mostReports {
		r.add(bus.New(bus.JobDone, "later"))
	}
	if len(r.kept) != mostReports || r.kept[0].Data != "later" {
		t.Errorf("kept %d: %v", len(r.kept), r.kept[0])
	}
}
