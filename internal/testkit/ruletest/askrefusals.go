package ruletest

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/selasar/selasar/internal/ask"
	"github.com/selasar/selasar/internal/payment"
	"github.com/selasar/selasar/internal/problem"
)

func refusedAnswers(s *sheets) {
	other := s.Launched(s.app, s.user)
	for _, make := range kinds {
		one := make(s, s.launch)
		before := s.kept()
		unchanged := func(what string, code problem.Code, launchID, askID, answer string) {
			s.T.Helper()
			_, err := s.engine.Answer(s.Ctx, launchID, askID, json.RawMessage(answer))
			if !problem.Is(err, code) || s.kept() != before {
				s.T.Errorf("%s answer to a %s ask: %v, want %s\nbefore %s\nafter  %s", what, one.ask.Kind, err, code, before, s.kept())
			}
		}
		good := fmt.Sprintf(`{"answer":%q}`, one.good[0])
		unchanged("a foreign", problem.AskForeign, other, one.ask.ID, good)
		unchanged("an unknown", problem.AskUnknown, one.launch, s.IDs.New(), good)
		unchanged("a wrong", problem.AnswerInvalid, one.launch, one.ask.ID, `{"answer":"perhaps"}`)
		unchanged("a malformed", problem.AnswerInvalid, one.launch, one.ask.ID, `{"answer":7}`)
		s.Wall.Set(time.UnixMilli(one.ask.ExpiresAt))
		before = s.kept()
		unchanged("a late", problem.AskExpired, one.launch, one.ask.ID, good)
		_, err := s.engine.Sweep(s.Ctx)
		s.Must(err)
		before = s.kept()
		unchanged("a still later", problem.AskExpired, one.launch, one.ask.ID, good)
		again := make(s, s.launch)
		_, err = s.answer(again, 0)
		s.Must(err)
		before = s.kept()
		unchanged("a second", problem.AskAnswered, again.launch, again.ask.ID, good)
		unchanged("a second and foreign", problem.AskForeign, other, again.ask.ID, good)
	}
	s.poor()
}

// poor pays with too little balance: the sheet stays open.
func (s *sheets) poor() {
	p, err := s.payments.Create(s.Ctx, payment.Order{MiniAppID: s.app.ID, Amount: s.user.Balance * 2})
	s.Must(err)
	one := s.called(s.launch, "triggerPayment", map[string]string{"deeplink": payment.Deeplink(p.Ref)}, "success", "cancelled")
	before := s.kept()
	_, err = s.answer(one, 0)
	s.Refused(err, problem.InsufficientFunds)
	s.Same("what is kept after paying with too little", s.kept(), before)
	_, err = s.answer(one, 1)
	s.Must(err)
}

// stuckAsk is an ask of a method that this version no longer knows. It is due before
// the others.
func stuckAsk(s *sheets) {
	s.Write(func(tx Tx) error {
		return tx.Asks().Insert(s.Ctx, ask.Ask{
			ID: s.IDs.New(), LaunchID: s.launch, CallID: s.IDs.New(), Method: "getHoroscope", Params: json.RawMessage(`{}`), Kind: ask.Consent,
			State: ask.Open, Show: json.RawMessage(`{}`), CreatedAt: s.Now(), ExpiresAt: s.Now(),
		})
	})
	one := kinds[0](s, s.launch)
	s.Pass(time.Hour)
	_, _ = s.engine.Sweep(s.Ctx)
	s.Same("an ask that is due behind it", s.state(one.ask.ID), ask.Expired)
}
