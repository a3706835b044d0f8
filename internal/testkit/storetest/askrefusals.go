package storetest

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/selasar/selasar/internal/ask"
	"github.com/selasar/selasar/internal/payment"
	"github.com/selasar/selasar/internal/problem"
)

func refusedAnswers(s *sheets) {
	other := s.launched(s.app, s.user)
	for _, make := range kinds {
		one := make(s, s.launch)
		before := s.kept()
		unchanged := func(what string, code problem.Code, launchID, askID, answer string) {
			s.t.Helper()
			_, err := s.engine.Answer(s.ctx, launchID, askID, json.RawMessage(answer))
			if !problem.Is(err, code) || s.kept() != before {
				s.t.Errorf("%s answer to a %s ask: %v, want %s\nbefore %s\nafter  %s", what, one.ask.Kind, err, code, before, s.kept())
			}
		}
		good := fmt.Sprintf(`{"answer":%q}`, one.good[0])
		unchanged("a foreign", problem.AskForeign, other, one.ask.ID, good)
		unchanged("an unknown", problem.AskUnknown, one.launch, s.ids.New(), good)
		unchanged("a wrong", problem.AnswerInvalid, one.launch, one.ask.ID, `{"answer":"perhaps"}`)
		unchanged("a malformed", problem.AnswerInvalid, one.launch, one.ask.ID, `{"answer":7}`)
		s.wall.Set(time.UnixMilli(one.ask.ExpiresAt))
		before = s.kept()
		unchanged("a late", problem.AskExpired, one.launch, one.ask.ID, good)
		_, err := s.engine.Sweep(s.ctx)
		s.must(err)
		before = s.kept()
		unchanged("a still later", problem.AskExpired, one.launch, one.ask.ID, good)
		again := make(s, s.launch)
		_, err = s.answer(again, 0)
		s.must(err)
		before = s.kept()
		unchanged("a second", problem.AskAnswered, again.launch, again.ask.ID, good)
		unchanged("a second and foreign", problem.AskForeign, other, again.ask.ID, good)
	}
	s.poor()
}

// poor pays with a wallet that is short: the sheet stays open.
func (s *sheets) poor() {
	p, err := s.payments.Create(s.ctx, payment.Order{MiniAppID: s.app.ID, Amount: s.user.Balance * 2})
	s.must(err)
	one := s.called(s.launch, "triggerPayment", map[string]string{"deeplink": payment.Deeplink(p.Ref)}, "success", "cancelled")
	before := s.kept()
	_, err = s.answer(one, 0)
	s.refused(err, problem.InsufficientFunds)
	s.same("what is kept after paying with too little", s.kept(), before)
	_, err = s.answer(one, 1)
	s.must(err)
}

// stuckAsk: an ask of a method that this version does not know any more, due
// before the others.
func stuckAsk(s *sheets) {
	s.write(func(tx Tx) error {
		return tx.Asks().Insert(s.ctx, ask.Ask{
			ID: s.ids.New(), LaunchID: s.launch, CallID: s.ids.New(), Method: "getHoroscope", Params: json.RawMessage(`{}`), Kind: ask.Consent,
			State: ask.Open, Show: json.RawMessage(`{}`), CreatedAt: s.now(), ExpiresAt: s.now(),
		})
	})
	one := kinds[0](s, s.launch)
	s.pass(time.Hour)
	_, _ = s.engine.Sweep(s.ctx)
	s.same("an ask that is due behind it", s.state(one.ask.ID), ask.Expired)
}
