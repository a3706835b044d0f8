package check

import (
	"testing"

	"github.com/selasar/selasar/internal/journal"
	"github.com/selasar/selasar/internal/miniapp"
	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/version"
)

// A failure that a phone does not always have is a warning of the kind Failed, with the message that the page got.
func TestFromVisit_reports_why_a_call_failed(t *testing.T) {
	for _, one := range []struct {
		name     string
		code     problem.Code // of the failed check
		kind     Kind
		severity Severity
		message  string
	}{
		{"the operation", "", Failed, Warning, "the user took no picture"},
		{"the device", problem.DeviceLacks, Failed, Warning, "the user took no picture"},
		{"the network", problem.Offline, Failed, Warning, "the user took no picture"},
		{"the super app", problem.Internal, Failed, Warning, "the user took no picture"},
		{"a parameter", problem.ParamValue, Form, Error, "why"},
		{"the consent", problem.ConsentMissing, Consent, Error, `the call came before the consent "camera"`},
	} {
		v := visited(t, "container", "GPCamera.takePhoto", one.code)
		v.entries[1].Outcome, v.entries[1].Message = journal.Failed, "the user took no picture"
		c := &checker{judge: judge{miniapp.App{Generation: miniapp.ContainerV2}, version.Must("2.10.0")}, places: &places{}, report: &Report{}}
		c.fromVisit(t.Context(), v)
		found := c.findings.sorted()
		if len(found) != 1 || found[0].Kind != one.kind || found[0].Severity != one.severity || found[0].Message != one.message || found[0].Advice == "" {
			t.Errorf("%s failed: %+v", one.name, found)
		}
	}
}
