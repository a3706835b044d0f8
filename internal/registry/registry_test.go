package registry_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/selasar/selasar/internal/bus"
	"github.com/selasar/selasar/internal/consent"
	"github.com/selasar/selasar/internal/journal"
	"github.com/selasar/selasar/internal/miniapp"
	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/registry"
	"github.com/selasar/selasar/internal/store"
	"github.com/selasar/selasar/internal/testkit/stage"
)

// office is where an operator's mini apps are managed.
type office struct {
	*stage.Stage
	registry *registry.Service
}

func newOffice(t *testing.T) *office {
	s := stage.New(t)
	return &office{s, &registry.Service{
		DB: stage.View[registry.Tx](s), Clock: s.Clock, Events: bus.NewBus(),
		Consents: consent.Keeper{Clock: s.Clock, IDs: s.IDs, Chains: consent.Chains(s.Key)},
	}}
}

const kopi = `{"id":"kopi","name":"Kopi","consents":[{"name":"profile","mandatory":true},{"name":"location"}],"jsapis":["getLocation"],"deeplinks":["gopay://home"]}`

func submission(manifest string) registry.Submission {
	return registry.Submission{Origin: "https://kopi.example", Manifest: json.RawMessage(manifest)}
}

func (o *office) register(in registry.Submission) error {
	return o.Try(func(tx *stage.Tx) error { _, err := o.registry.Register(o.Ctx, tx, in, "key"); return err })
}

func (o *office) decide(number int64, approve bool) error {
	return o.Try(func(tx *stage.Tx) error {
		_, err := o.registry.Decide(o.Ctx, tx, "kopi", registry.Decision{Number: number, Approve: approve, By: "key"})
		return err
	})
}

func (o *office) submit(manifest string) error {
	return o.Try(func(tx *stage.Tx) error {
		_, err := o.registry.Submit(o.Ctx, tx, "kopi", submission(manifest), "key")
		return err
	})
}

func (o *office) permit(p registry.Permissions, match registry.Match) error {
	return o.Try(func(tx *stage.Tx) error { _, err := o.registry.Permit(o.Ctx, tx, "kopi", p, match); return err })
}

func (o *office) running() (a miniapp.App, err error) {
	o.Read(func(tx *stage.Tx) error {
		a, err = tx.MiniApps().Get(o.Ctx, "kopi")
		return nil
	})
	return a, err
}

func (o *office) stands() (r registry.Registration) {
	o.Read(func(tx *stage.Tx) (err error) {
		r, err = tx.Registrations().Get(o.Ctx, "kopi")
		return err
	})
	return r
}

func (o *office) versions() string {
	var states []string
	o.Read(func(tx *stage.Tx) error {
		list, err := tx.Registrations().ListVersions(o.Ctx, "kopi", store.First(10))
		for _, v := range list {
			states = append(states, string(v.State))
		}
		return err
	})
	return strings.Join(states, " ")
}

func TestRegister_refuses_mistakes(t *testing.T) {
	o := newOffice(t)
	for what, one := range map[string]struct {
		in   registry.Submission
		word string
	}{
		"no origin":            {registry.Submission{Manifest: json.RawMessage(kopi)}, "origin"},
		"an origin with path":  {registry.Submission{Origin: "https://kopi.example/", Manifest: json.RawMessage(kopi)}, "origin"},
		"an origin of capital": {registry.Submission{Origin: "https://Kopi.example", Manifest: json.RawMessage(kopi)}, "origin"},
		"http elsewhere":       {registry.Submission{Origin: "http://kopi.example", Manifest: json.RawMessage(kopi)}, "https"},
		"a user in the origin": {registry.Submission{Origin: "https://a@kopi.example", Manifest: json.RawMessage(kopi)}, "origin"},
		"no manifest":          {submission(``), "empty"},
		"an unknown key":       {submission(`{"id":"kopi","nam":"x"}`), "name"},
		"an entry elsewhere":   {submission(`{"id":"kopi","entry":"https://evil.example/"}`), "entry"},
	} {
		err := o.register(one.in)
		o.Refused(err, problem.BadRequest)
		if !strings.Contains(err.Error(), one.word) {
			t.Errorf("%s: %v does not say %q", what, err, one.word)
		}
	}
	o.Must(o.register(registry.Submission{Origin: "http://localhost:9000", Manifest: json.RawMessage(`{"id":"teh"}`)}))
	o.Must(o.register(submission(kopi)))
	o.Refused(o.register(submission(kopi)), problem.Conflict)
}

func TestVersions_run_after_approval(t *testing.T) {
	o := newOffice(t)
	o.Must(o.register(submission(kopi)))
	_, err := o.running()
	o.Refused(err, problem.MiniAppUnknown)
	o.Refused(o.decide(2, true), problem.VersionUnknown)
	o.Whole(func() error { return o.decide(1, true) })
	app, err := o.running()
	o.Must(err)
	stage.Is(t, "the mini app", app.Name+" "+string(app.Status)+" "+app.EntryURL, "Kopi active https://kopi.example/")
	o.Refused(o.decide(1, false), problem.Conflict)
	o.Must(o.submit(strings.Replace(kopi, `"Kopi"`, `"Kopi 2"`, 1)))
	o.Must(o.submit(strings.Replace(kopi, `"Kopi"`, `"Kopi 3"`, 1)))
	o.Refused(o.submit(`{"id":"teh"}`), problem.BadRequest)
	app, _ = o.running()
	stage.Is(t, "before the approval", app.Name, "Kopi")
	o.Must(o.decide(3, true))
	o.Must(o.decide(2, false))
	app, _ = o.running()
	stage.Is(t, "after it", app.Name+", "+o.versions(), "Kopi 3, live rejected replaced")
	stage.Is(t, "the registration", []any{o.stands().Name, o.stands().Live, o.stands().Versions}, []any{"Kopi 3", int64(3), int64(3)})
}

func TestPermissions_limit_what_the_manifest_asks_for(t *testing.T) {
	o := newOffice(t)
	o.Must(o.register(submission(kopi)))
	o.Must(o.decide(1, true))
	app, _ := o.running()
	stage.Is(t, "without permissions", []any{len(app.Consents), app.JSAPIs == nil, len(app.JSAPIs), len(app.Deeplinks), app.Rewards.Types == nil}, []any{0, false, 0, 0, false})
	hour := o.Now() + time.Hour.Milliseconds()
	o.Must(o.permit(registry.Permissions{
		Consents:  []string{"profile", "camera"},
		JSAPIs:    []registry.Grant{{Name: "getAuthCode"}, {Name: "getLocation", ExpiresAt: hour}},
		Deeplinks: []string{"gopay://home"}, NotificationURL: "https://kopi.example/notify",
	}, nil))
	app, _ = o.running()
	stage.Is(t, "the consents", len(app.Consents) == 1 && app.Consents[0].Name == "profile" && app.Consents[0].Mandatory, true)
	stage.Is(t, "the JSAPIs", strings.Join(app.JSAPIs, " "), "getAuthCode getLocation")
	o.Pass(time.Hour)
	n, err := o.registry.Expire(o.Ctx)
	o.Must(err)
	app, _ = o.running()
	stage.Is(t, "after an hour", []any{n, strings.Join(app.JSAPIs, " "), o.stands().NextExpiry}, []any{1, "getAuthCode", int64(0)})
	n, err = o.registry.Expire(o.Ctx)
	o.Must(err)
	stage.Is(t, "a second look", n, 0)
}

func TestPermissions_refuse_mistakes(t *testing.T) {
	for _, one := range []struct {
		p    registry.Permissions
		word string
	}{
		{registry.Permissions{Consents: []string{"locatoin"}}, "consents[0]"},
		{registry.Permissions{Consents: []string{"profile", "profile"}}, "repeats"},
		{registry.Permissions{JSAPIs: []registry.Grant{{Name: "getLoction"}}}, "getLocation"},
		{registry.Permissions{JSAPIs: []registry.Grant{{Name: "getLocation", Reason: "a\nb"}}}, "reason"},
		{registry.Permissions{JSAPIs: []registry.Grant{{Name: "getLocation", ExpiresAt: -1}}}, "expires_at"},
		{registry.Permissions{Deeplinks: []string{"home"}}, "deeplinks[0]"},
		{registry.Permissions{Deeplinks: []string{"gopay://home?a=b"}}, "query"},
		{registry.Permissions{Domains: []string{"https://kopi.example"}}, "domains[0]"},
		{registry.Permissions{Domains: []string{"Kopi.example"}}, "domains[0]"},
		{registry.Permissions{NotificationURL: "http://kopi.example/"}, "https"},
		{registry.Permissions{NotificationURL: "https://a:b@kopi.example/"}, "user"},
	} {
		err := one.p.Check()
		if !problem.Is(err, problem.BadRequest) || !strings.Contains(err.Error(), one.word) {
			t.Errorf("%+v: %v does not say %q", one.p, err, one.word)
		}
	}
}

func TestSuspend_and_delete(t *testing.T) {
	o := newOffice(t)
	act := func(what string) error {
		return o.Try(func(tx *stage.Tx) (err error) {
			switch what {
			case "suspend":
				_, err = o.registry.Suspend(o.Ctx, tx, "kopi", "fraud", nil)
			case "resume":
				_, err = o.registry.Resume(o.Ctx, tx, "kopi", nil)
			case "delete":
				_, err = o.registry.Delete(o.Ctx, tx, "kopi", nil)
			}
			return err
		})
	}
	o.Refused(act("suspend"), problem.MiniAppUnknown)
	o.Must(o.register(submission(kopi)))
	o.Refused(act("suspend"), problem.Conflict) // a draft
	o.Must(o.decide(1, true))
	for _, one := range []struct{ act, status, code string }{
		{"resume", "active", "conflict"},
		{"suspend", "suspended", "none"},
		{"suspend", "suspended", "conflict"},
		{"resume", "active", "none"},
		{"suspend", "suspended", "none"},
		{"delete", "deleting", "none"},
		{"resume", "deleting", "mini_app_unknown"},
	} {
		stage.Is(t, one.act, stage.Code(act(one.act)), one.code)
		app, _ := o.running()
		stage.Is(t, one.act, string(o.stands().Status), one.status)
		stage.Is(t, "it runs", app.Runs() == nil, one.status == "active")
	}
	o.Refused(o.register(submission(kopi)), problem.Conflict)
	stage.Is(t, "the journal", o.Told(journal.MiniApp) != "", true)
}

func TestDelete_withdraws_the_consents(t *testing.T) {
	o := newOffice(t)
	o.Must(o.register(submission(kopi)))
	o.Must(o.decide(1, true))
	for _, name := range []string{"sari", "budi"} {
		o.Person(name, 0)
		o.Decides(name, "kopi", consent.Location, consent.Given)
	}
	o.Write(func(tx *stage.Tx) error { _, err := o.registry.Delete(o.Ctx, tx, "kopi", nil); return err })
	for range 2 {
		_, err := o.registry.Withdraw(o.Ctx)
		o.Must(err)
	}
	stage.Is(t, "the status", o.stands().Status, registry.Deleted)
	for _, name := range []string{"sari", "budi"} {
		o.Read(func(tx *stage.Tx) error {
			e, err := tx.Consents().Get(o.Ctx, name, "kopi", consent.Location)
			stage.Is(t, "the consent of "+name, e.State(), consent.StateRevoked)
			return err
		})
	}
}

func TestMatch_refuses_an_older_revision(t *testing.T) {
	o := newOffice(t)
	o.Must(o.register(submission(kopi)))
	first := o.stands().Revision
	o.Must(o.permit(registry.Permissions{}, &first))
	o.Refused(o.permit(registry.Permissions{}, &first), problem.Changed)
	stage.Is(t, "the revision", o.stands().Revision, first+1)
}
