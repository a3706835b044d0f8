package check

import (
	"encoding/json"
	"testing"

	"github.com/selasar/selasar/internal/journal"
	"github.com/selasar/selasar/internal/journal/event"
	"github.com/selasar/selasar/internal/miniapp"
	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/version"
)

// visited returns a visit with one call, which failed with a problem unless that is empty.
func visited(t *testing.T, dialect, method string, failed problem.Code) *visit {
	t.Helper()
	entry := journal.Entry{Kind: journal.Call, CallID: "1", Outcome: journal.OK}
	detail := event.Call{Method: method}
	if failed != "" {
		entry.Outcome = journal.Failed
		detail.Checks = []event.CallCheck{{Step: 1, Name: "launch", OK: true}, {Step: 2, Name: "method", Code: string(failed), Note: "why"}}
	}
	data, err := json.Marshal(detail)
	if err != nil {
		t.Fatal(err)
	}
	entry.Detail = data
	opened := journal.Entry{Kind: journal.Call, CallID: "1", Outcome: journal.Open, Detail: data}
	v := newVisit("http://127.0.0.1:7301")
	v.calls, v.entries = []seenCall{{ID: 1, Dialect: dialect, Method: method}}, []journal.Entry{opened, entry}
	return v
}

// A reading gets a visit only if it changes the answer to a call.
func TestReaching_is_true_for_answers_that_depend_on_a_variant(t *testing.T) {
	c := &checker{judge: judge{miniapp.App{Generation: miniapp.ContainerV2}, version.Must("2.10.0")}, Config: Config{Payment: "failed"}}
	const container = "container"
	for _, one := range []struct {
		dialect, method string
		failed          problem.Code
		want            []miniapp.VariantName
	}{
		{container, "GPBase.getLocale", "", []miniapp.VariantName{miniapp.DataForm}},
		{container, "GPBase.getLocale", problem.NotGranted, []miniapp.VariantName{miniapp.ErrorKeys, miniapp.CodeForm}},
		{container, "GPBase.getLocal", problem.MethodUnknown, []miniapp.VariantName{miniapp.ErrorKeys, miniapp.CodeForm}},
		{container, "GPMotion.startCompass", "", []miniapp.VariantName{miniapp.DataForm, miniapp.EventPayload, miniapp.EventBubbles}},
		{container, "GPFile.save", "", []miniapp.VariantName{miniapp.DataForm, miniapp.EventPayload, miniapp.EventBubbles}},
		{container, "GP.authorize", "", []miniapp.VariantName{miniapp.DataForm, miniapp.SuccessScope}},
		{container, "GPConsent.getUserConsent", "", []miniapp.VariantName{miniapp.DataForm, miniapp.SuccessScope}},
		{container, "GP.launchPayment", "", []miniapp.VariantName{miniapp.DataForm, miniapp.PaymentStatus}},
		{container, "GPSystem.getRootedDeviceInfo", "", []miniapp.VariantName{miniapp.DataForm, miniapp.RootedForm}},
		{"", "getLocation", "", nil},
		{"", "getLocation", problem.ConsentMissing, nil},
		{"", "getLocation", problem.MiniAppSuspended, []miniapp.VariantName{miniapp.NotFoundForm}},
	} {
		v := visited(t, one.dialect, one.method, one.failed)
		for _, variant := range miniapp.Variants {
			want := false
			for _, name := range one.want {
				want = want || name == variant.Name
			}
			if got := c.reaching(v, variant.Name) != nil; got != want {
				t.Errorf("%s %s depends on %s: %t, want %t", one.method, one.failed, variant.Name, got, want)
			}
		}
	}
}

// The readings of the first visit are the manifest's, or the defaults of the generation
// and of the app's version.
func TestReading_is_the_one_of_the_first_visit(t *testing.T) {
	for _, one := range []struct {
		app     miniapp.App
		version string
		keys    string
		data    string
	}{
		{miniapp.App{Generation: miniapp.ContainerV2}, "2.10.0", "both", "object"},
		{miniapp.App{Generation: miniapp.ContainerV1}, "2.10.0", "camel", "object"},
		{miniapp.App{Generation: miniapp.Webview}, "1.99.0", "both", "string"},
		{miniapp.App{Variants: map[miniapp.VariantName]string{miniapp.ErrorKeys: "snake", miniapp.DataForm: "string"}}, "2.10.0", "snake", "string"},
	} {
		c := &checker{app: one.app, judge: judge{one.app, version.Must(one.version)}}
		if keys, data := c.reading(miniapp.ErrorKeys), c.reading(miniapp.DataForm); keys != one.keys || data != one.data {
			t.Errorf("%s %s: %s and %s, want %s and %s", one.app.Generation, one.version, keys, data, one.keys, one.data)
		}
	}
}

// Calls of one moment may stand in the journal in another order.
func TestJoin_finds_a_call_by_its_parameters(t *testing.T) {
	v := newVisit("http://127.0.0.1:7301")
	for _, params := range []string{`{"extra": 1}`, `{}`, ``} {
		v.calls = append(v.calls, seenCall{Method: "GPBase.getLocale", Params: params})
	}
	for id, detail := range map[string]string{
		"1": `{"method":"GPBase.getLocale","params":{}}`, "2": `{"method":"GPBase.getLocale","params":{}}`,
		"3": `{"method":"GPBase.getLocale","params":{"extra":1},"notes":[{"code":"unknown_parameters","names":["extra"]}]}`,
	} {
		v.entries = append(v.entries, journal.Entry{Kind: journal.Call, CallID: id, Detail: json.RawMessage(detail)})
	}
	for i, call := range v.join() {
		if call.journaled == nil || len(call.notes) > 0 != (i == 0) {
			t.Errorf("call %d with %q has %+v", i, call.Params, call.journaled)
		}
	}
}
