package ruletest

import (
	"encoding/json"
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"github.com/selasar/selasar/internal/ask"
	"github.com/selasar/selasar/internal/jsapi"
	"github.com/selasar/selasar/internal/launch"
	"github.com/selasar/selasar/internal/miniapp"
	"github.com/selasar/selasar/internal/payment"
	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/store"
	"github.com/selasar/selasar/internal/testkit/storetest"
	"github.com/selasar/selasar/internal/user"
)

// asks checks that an ask is settled once: by one answer, its deadline, or the end of
// its launch, with any number of concurrent attempts.
func asks(t *testing.T, open Open) {
	for _, one := range []struct {
		name string
		run  func(s *sheets)
	}{
		{"one of many answers is taken", racingAnswers},
		{"one of many who take an ask at once gets it", racingTakers},
		{"an answer and the deadline", answersAtDeadline},
		{"an answer and the end of the launch", answersAtEnd},
		{"a call and the end of the launch", callsAtEnd},
		{"what cannot be answered changes nothing", refusedAnswers},
		{"one that cannot be settled does not hold up the others", stuckAsk},
	} {
		t.Run(one.name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, open)
			app, u := w.App("kopi", "location", "wifi"), w.person("Sari", 100_000_000)
			app.Consents[0].Mandatory = true // so that every new launch opens a sheet
			w.Write(func(tx Tx) error { return tx.MiniApps().Put(w.Ctx, app) })
			one.run(&sheets{world: w, app: app, user: u, launch: w.Launched(app, u)})
		})
	}
}

// sheets is a world with a mini app whose calls open sheets.
type sheets struct {
	*world
	app    miniapp.App
	user   user.User
	launch string
}

// sheet is an ask with its valid answers.
type sheet struct {
	launch string
	ask    ask.Ask
	good   []string
}

// kinds open one sheet each, in the given launch if it matters.
var kinds = []func(s *sheets, launchID string) sheet{
	func(s *sheets, launchID string) sheet { // a payment
		p, err := s.payments.Create(s.Ctx, payment.Order{MiniAppID: s.app.ID, Amount: 100, Title: "kopi", Life: time.Hour})
		if err != nil {
			s.T.Error(err)
		}
		return s.called(launchID, "triggerPayment", map[string]string{"deeplink": payment.Deeplink(p.Ref)}, "success", "cancelled", "failed", "pending")
	},
	func(s *sheets, launchID string) sheet {
		return s.called(launchID, "openDeeplink", map[string]string{"deeplink": "gopay://home"}, "open", "decline")
	},
	func(s *sheets, launchID string) sheet {
		return s.called(launchID, "getConsent", map[string]string{"consent_name": "wifi"}, "decline")
	},
	func(s *sheets, _ string) sheet { // the sheet before a launch
		opened, err := s.launches.Open(s.Ctx, launch.Request{MiniAppID: s.app.ID, UserID: s.user.ID})
		if err != nil || opened.Ask == nil {
			s.T.Errorf("opening: %+v, %v", opened, err)
			return sheet{}
		}
		return sheet{launch: opened.Launch.ID, ask: *opened.Ask, good: []string{"decline"}}
	},
}

func (s *sheets) called(launchID, method string, params any, good ...string) sheet {
	s.T.Helper()
	raw, err := json.Marshal(params)
	s.Must(err)
	reply := s.engine.Call(s.Ctx, launchID, method, raw)
	if reply.Ask == nil {
		s.T.Errorf("%s: %+v", method, reply.Result)
		return sheet{launch: launchID}
	}
	return sheet{launch: launchID, ask: *reply.Ask, good: good}
}

func (s *sheets) answer(one sheet, i int) (jsapi.Reply, error) {
	return s.engine.Answer(s.Ctx, one.launch, one.ask.ID, fmt.Appendf(nil, `{"answer":%q}`, one.good[i%len(one.good)]))
}

// kept returns the state that an answer could have changed.
func (s *sheets) kept() string {
	s.T.Helper()
	var state []any
	s.Read(func(tx Tx) error {
		list, err := tx.Payments().List(s.Ctx, store.First(1000))
		s.Must(err)
		ledger, err := tx.Consents().List(s.Ctx, s.user.ID, s.app.ID, store.First(100))
		s.Must(err)
		u, err := tx.Users().Get(s.Ctx, s.user.ID)
		s.Must(err)
		open, err := tx.Asks().Due(s.Ctx, 1<<60, 1000)
		state = append(state, list, ledger, u, open)
		return err
	})
	saved, err := s.DB.Keeper.LoadJournal(s.Ctx, store.First(100_000))
	s.Must(err)
	return fmt.Sprintf("%+v, %d entries in the journal", state, len(saved))
}

func (s *sheets) state(id string) (state ask.State) {
	s.T.Helper()
	s.Read(func(tx Tx) error {
		a, err := tx.Asks().Get(s.Ctx, id)
		state = a.State
		return err
	})
	return state
}

func racingAnswers(s *sheets) {
	for _, of := range []struct{ racers, trials int }{{2, 200}, {16, 100}, {64, 40}} {
		racers := of.racers
		storetest.Lanes(storetest.Trials(of.trials, 100*of.trials), func(trial int) {
			one := kinds[trial%len(kinds)](s, s.Launched(s.app, s.user)) // equal questions of one launch share an ask
			var took atomic.Int32
			storetest.Together(racers, func(i int) {
				_, err := s.answer(one, i)
				if err == nil {
					took.Add(1)
				} else if !problem.Is(err, problem.AskAnswered) {
					s.T.Errorf("a loser got %v", err)
				}
			})
			if took.Load() != 1 || s.state(one.ask.ID) != ask.Answered {
				s.T.Errorf("%d of %d answers were taken; the ask is %s", took.Load(), racers, s.state(one.ask.ID))
			}
		})
	}
}

// racingTakers lock nothing when they take an ask: with concurrent writers, all of
// them find it open, and the take must decide.
func racingTakers(s *sheets) {
	storetest.Lanes(storetest.Trials(100, 10_000), func(int) {
		one := s.called(s.Launched(s.app, s.user), "openDeeplink", map[string]string{"deeplink": "gopay://home"}, "open")
		var took atomic.Int32
		storetest.Together(16, func(int) {
			err := s.DB.Write(s.Ctx, func(tx Tx) error {
				_, err := ask.Answer(s.Ctx, tx.Asks(), one.launch, one.ask.ID, s.Clock.Now())
				return err
			})
			if err == nil {
				took.Add(1)
			} else if !problem.Is(err, problem.AskAnswered) {
				s.T.Errorf("a loser got %v", err)
			}
		})
		if took.Load() != 1 {
			s.T.Errorf("%d of 16 took the ask", took.Load())
		}
	})
}

// answersAtDeadline moves the clock past the deadline while answers arrive.
func answersAtDeadline(s *sheets) {
	for trial := range storetest.Trials(200, 20_000) {
		one := kinds[trial%len(kinds)](s, s.launch)
		var took atomic.Int32
		storetest.Together(8, func(i int) {
			switch {
			case i == 0:
				s.Wall.Set(time.UnixMilli(one.ask.ExpiresAt))
			case i < 4:
				if _, err := s.engine.Sweep(s.Ctx); err != nil {
					s.T.Errorf("sweeping: %v", err)
				}
			default:
				if _, err := s.answer(one, i); err == nil {
					took.Add(1)
				} else if !problem.Is(err, problem.AskAnswered, problem.AskExpired) {
					s.T.Errorf("an answer got %v", err)
				}
			}
		})
		if _, err := s.engine.Sweep(s.Ctx); err != nil {
			s.T.Errorf("sweeping: %v", err)
		}
		s.settledOnce(one, took.Load(), ask.Expired)
	}
}

func answersAtEnd(s *sheets) {
	storetest.Lanes(storetest.Trials(200, 20_000), func(trial int) {
		one := kinds[trial%len(kinds)](s, s.Launched(s.app, s.user))
		var took atomic.Int32
		storetest.Together(6, func(i int) {
			if i < 2 {
				if err := s.engine.End(s.Ctx, one.launch, "closed"); err != nil {
					s.T.Errorf("ending: %v", err)
				}
			} else if _, err := s.answer(one, i); err == nil {
				took.Add(1)
			} else if !problem.Is(err, problem.AskAnswered, problem.LaunchEnded) {
				s.T.Errorf("an answer got %v", err)
			}
		})
		s.settledOnce(one, took.Load(), ask.Withdrawn)
	})
}

// settledOnce checks that one answer took an ask, or that its other end settled it.
func (s *sheets) settledOnce(one sheet, took int32, otherwise ask.State) {
	s.T.Helper()
	want := map[int32]ask.State{0: otherwise, 1: ask.Answered}[took]
	if got := s.state(one.ask.ID); got != want {
		s.T.Errorf("%d answers were taken and the %s ask is %s, want %s", took, one.ask.Kind, got, want)
	}
	if one.ask.Kind != ask.Payment {
		return
	}
	s.Read(func(tx Tx) error {
		p, err := tx.Payments().Get(s.Ctx, one.ask.Subject)
		if p.SheetAsk != "" {
			s.T.Errorf("payment %s is held by a sheet that is gone", p.Ref)
		}
		return err
	})
}

// callsAtEnd checks that no call that runs while its launch ends leaves a sheet open.
func callsAtEnd(s *sheets) {
	storetest.Lanes(storetest.Trials(300, 20_000), func(trial int) {
		launchID := s.Launched(s.app, s.user)
		p, err := s.payments.Create(s.Ctx, payment.Order{MiniAppID: s.app.ID, Amount: 100})
		s.Must(err)
		params := fmt.Appendf(nil, `{"deeplink":%q}`, payment.Deeplink(p.Ref))
		storetest.Together(3, func(i int) {
			if i == 0 {
				if err := s.engine.End(s.Ctx, launchID, "closed"); err != nil {
					s.T.Errorf("ending: %v", err)
				}
				return
			}
			reply := s.engine.Call(s.Ctx, launchID, "triggerPayment", params)
			if reply.Result != nil && reply.Result.Error.Code != 203 && reply.Result.Error.Code != 202 {
				s.T.Errorf("the call got %+v", reply.Result.Error)
			}
		})
		s.Read(func(tx Tx) error {
			open, err := tx.Asks().Open(s.Ctx, launchID)
			if len(open) > 0 {
				s.T.Errorf("a %s sheet is open in a launch that has ended", open[0].Kind)
			}
			return err
		})
	})
}
