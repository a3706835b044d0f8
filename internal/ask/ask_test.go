package ask_test

import (
	"context"
	"encoding/json"
	"slices"
	"testing"
	"time"

	"github.com/selasar/selasar/internal/ask"
	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/testkit/stage"
)

// counter makes a stage with two launches.
func counter(t *testing.T) (s *stage.Stage, own, other string) {
	s = stage.New(t)
	app, u := s.App("kopi"), s.Person("sari", 0)
	return s, s.Launch(app.ID, u.ID).ID, s.Launch(app.ID, u.ID).ID
}

// opened puts an open ask of a launch there, with a minute to go.
func opened(s *stage.Stage, launchID string) ask.Ask {
	s.Helper()
	a := ask.Ask{
		ID: s.IDs.New(), LaunchID: launchID, CallID: "call", Method: "getConsent", Params: json.RawMessage("{}"), Kind: ask.Consent,
		State: ask.Open, Show: json.RawMessage("{}"), CreatedAt: s.Now(), ExpiresAt: s.Now() + 60_000,
	}
	s.Write(func(tx *stage.Tx) error { return tx.Asks().Insert(s.Ctx, a) })
	return a
}

func kept(s *stage.Stage, id string) (a ask.Ask) {
	s.Read(func(tx *stage.Tx) (err error) { a, err = tx.Asks().Get(s.Ctx, id); return err })
	return a
}

func answer(s *stage.Stage, launchID, askID string) (a ask.Ask, err error) {
	err = s.Try(func(tx *stage.Tx) (err error) {
		a, err = ask.Answer(s.Ctx, tx.Asks(), launchID, askID, s.Clock.Now())
		return err
	})
	return a, err
}

func TestAnswer_takes_an_ask_once(t *testing.T) {
	becomes := func(state ask.State) func(s *stage.Stage, a ask.Ask) {
		return func(s *stage.Stage, a ask.Ask) {
			s.Write(func(tx *stage.Tx) error { _, err := tx.Asks().Take(s.Ctx, a.ID, state, 7); return err })
		}
	}
	s, own, other := counter(t)
	for _, one := range []struct {
		name   string
		before func(s *stage.Stage, a ask.Ask)
		own    bool // by the ask's own launch
		pass   time.Duration
		code   string
		state  ask.State
	}{
		{"an open ask", nil, true, 0, "none", ask.Answered},
		{"just before its deadline", nil, true, time.Minute - time.Millisecond, "none", ask.Answered},
		{"at its deadline", nil, true, time.Minute, "ask_expired", ask.Open},
		{"another launch's", nil, false, 0, "ask_foreign", ask.Open},
		{"another launch's that has expired", nil, false, time.Hour, "ask_foreign", ask.Open},
		{"answered", becomes(ask.Answered), true, 0, "ask_answered", ask.Answered},
		{"answered, after its deadline", becomes(ask.Answered), true, time.Hour, "ask_answered", ask.Answered},
		{"withdrawn", becomes(ask.Withdrawn), true, 0, "ask_answered", ask.Withdrawn},
		{"expired", becomes(ask.Expired), true, 0, "ask_expired", ask.Expired},
	} {
		launch := map[bool]string{true: own, false: other}
		a := opened(s, own)
		if one.before != nil {
			one.before(s, a)
		}
		a = kept(s, a.ID)
		s.Pass(one.pass)
		got, err := answer(s, launch[one.own], a.ID)
		stage.Is(t, one.name, stage.Code(err), one.code)
		stage.Is(t, one.name+": the ask returned", got, a)
		now := kept(s, a.ID)
		stage.Is(t, one.name+": the state", now.State, one.state)
		if err == nil {
			stage.Is(t, one.name+": when", now.AnsweredAt, s.Now())
		}
	}
	_, err := answer(s, own, "none")
	s.Refused(err, problem.AskUnknown)
}

// The host of a launch takes its own open asks back, and no others.
func TestWithdraw_takes_an_open_ask_back(t *testing.T) {
	s, own, other := counter(t)
	a := opened(s, own)
	withdraw := func(launchID string) (got ask.Ask, err error) {
		err = s.Try(func(tx *stage.Tx) (err error) {
			got, err = ask.Withdraw(s.Ctx, tx.Asks(), launchID, a.ID, s.Clock.Now())
			return err
		})
		return got, err
	}
	_, err := withdraw(other)
	s.Refused(err, problem.AskForeign)
	got, err := withdraw(own)
	s.Must(err)
	stage.Is(t, "the ask returned", got.ID, a.ID)
	stage.Is(t, "the state", kept(s, a.ID).State, ask.Withdrawn)
	_, err = withdraw(own)
	s.Refused(err, problem.AskAnswered)
}

// A host knows the id of a sheet, and not the ids of the asks that share it.
func TestAnswer_of_an_ask_that_shares_a_sheet(t *testing.T) {
	s, own, _ := counter(t)
	sheet := opened(s, own)
	shares := sheet
	shares.ID, shares.Sheet = s.IDs.New(), sheet.ID
	s.Write(func(tx *stage.Tx) error { return tx.Asks().Insert(s.Ctx, shares) })
	_, err := answer(s, own, shares.ID)
	s.Refused(err, problem.AskUnknown)
	stage.Is(t, "its state", kept(s, shares.ID).State, ask.Open)
}

func TestAnswer_is_whole(t *testing.T) {
	s, own, _ := counter(t)
	a := opened(s, own)
	s.Whole(func() error { _, err := answer(s, own, a.ID); return err })
}

// late are asks that somebody else takes after they were read.
type late struct{ ask.Store }

func (late) Take(context.Context, string, ask.State, int64) (bool, error) { return false, nil }

func TestAnswer_loses_to_another_that_took_the_ask_meanwhile(t *testing.T) {
	s, own, _ := counter(t)
	a := opened(s, own)
	err := s.Try(func(tx *stage.Tx) error {
		_, err := ask.Answer(s.Ctx, late{tx.Asks()}, own, a.ID, s.Clock.Now())
		return err
	})
	s.Refused(err, problem.AskAnswered)
}

func TestKinds(t *testing.T) {
	for kind, personal := range map[ask.Kind]bool{
		ask.Consent: true, ask.Payment: true, ask.Deeplink: true, ask.Location: false, ask.SystemInfo: false, ask.WifiInfo: false,
	} {
		patience := 10 * time.Second
		if personal {
			patience = 10 * time.Minute
		}
		stage.Is(t, string(kind), []any{kind.Personal(), kind.Patience()}, []any{personal, patience})
	}
}

func TestNeedsConnection_of_answers_with_an_effect(t *testing.T) {
	needs := map[ask.Kind][]string{ask.Consent: {"allow"}, ask.Payment: {"success", "failed"}, ask.Deeplink: {"open"}}
	for _, d := range ask.Declarations {
		for _, f := range d.Answers {
			stage.Is(t, string(d.Kind)+" "+f.Answer, d.Kind.NeedsConnection(f.Answer), slices.Contains(needs[d.Kind], f.Answer))
		}
		stage.Is(t, string(d.Kind)+", an unknown answer", d.Kind.NeedsConnection("?"), false)
	}
}

func TestReading_names_what_the_device_reads(t *testing.T) {
	for kind, want := range map[ask.Kind]string{
		ask.Location: "location", ask.SystemInfo: "system information", ask.WifiInfo: "Wi-Fi network", ask.Consent: "consent",
	} {
		stage.Is(t, string(kind), kind.Reading(), want)
	}
}

func TestMarshalJSON_puts_what_to_show_beside_the_id(t *testing.T) {
	for _, one := range []struct{ name, show, want string }{
		{"something to show", `{"title":"Es kopi","id":"else"}`, `{"expires_at":9,"id":"a","kind":"payment","title":"Es kopi"}`},
		{"nothing to show", "", `{"expires_at":9,"id":"a","kind":"payment"}`},
		{"what is no object", `7`, "fails"},
	} {
		data, err := json.Marshal(ask.Ask{ID: "a", Kind: ask.Payment, ExpiresAt: 9, Show: json.RawMessage(one.show), Params: json.RawMessage(`{"secret":1}`)})
		if got := string(data); (err != nil) != (one.want == "fails") || err == nil && got != one.want {
			t.Errorf("%s: %s, %v", one.name, got, err)
		}
	}
}
