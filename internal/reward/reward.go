// Package reward lets mini apps give their users e-money, GoPay Coins and GoPay
// Gems (reward-coins-emoney-v2, reward-gems-v2). A reward is one wallet entry with
// its own payment id. The funds of the mini app are not modelled.
package reward

import (
	"context"

	"github.com/selasar/selasar/internal/clock"
	"github.com/selasar/selasar/internal/id"
	"github.com/selasar/selasar/internal/journal"
	"github.com/selasar/selasar/internal/journal/event"
	"github.com/selasar/selasar/internal/login"
	"github.com/selasar/selasar/internal/mask"
	"github.com/selasar/selasar/internal/miniapp"
	"github.com/selasar/selasar/internal/money"
	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/request"
	"github.com/selasar/selasar/internal/store"
	"github.com/selasar/selasar/internal/wallet"
)

// Tx is the part of a transaction that rewards use.
type Tx interface {
	wallet.Tx
	Requests() request.Store
	Journal() journal.Appender
}

// Service gives rewards.
type Service struct {
	DB    store.Database[Tx]
	Clock clock.Clock
	IDs   *id.Source
}

// Gift is the content of a reward.
type Gift struct {
	Type        miniapp.RewardType
	Amount      money.Rupiah // whole rupiah, coins or gems
	Description string
	Advice      event.RewardAdvice // a hint for the developer in the journal; empty for none
}

// Give gives a reward to the session's user and returns the payment id. Its
// problems: ParamValue (an amount below 1 or above money.Max), RewardUnknown (the
// mini app may not give this type), OverLimit (more gems than allowed), KeyReused.
// A retry returns the same payment id and gives no second reward.
func (s *Service) Give(ctx context.Context, to login.Session, g Gift, req request.Request) (paymentID string, err error) {
	kept, _, err := request.Once(ctx, s.DB, req, func(tx Tx) (string, []byte, error) {
		if err := g.permitted(to.App); err != nil {
			return "", nil, err
		}
		now := s.Clock.Now()
		paymentID := id.Number("01", now)
		err := wallet.Move(ctx, tx, wallet.Entry{
			ID: s.IDs.New(), UserID: to.User.ID, Unit: units[g.Type], Amount: g.Amount, Title: mask.Text(g.Description),
			MiniAppID: to.App.ID, Payment: paymentID, Cause: wallet.CauseReward, At: now.UnixMilli(),
		})
		if err != nil {
			return "", nil, err
		}
		return paymentID, nil, told(ctx, tx, to, g, paymentID)
	})
	return kept.Subject, err
}

// Collect is Give for gems. Its problem is GemsUnknown when the mini app may not
// give gems.
func (s *Service) Collect(ctx context.Context, to login.Session, g Gift, req request.Request) (paymentID string, err error) {
	if _, err := s.Gems(to); err != nil {
		return "", err
	}
	g.Type = miniapp.Gems
	return s.Give(ctx, to, g, req)
}

// Gems returns the number of gems of the session's user. Its problem: GemsUnknown.
func (s *Service) Gems(of login.Session) (money.Rupiah, error) {
	if !of.App.Rewarding(miniapp.Gems) {
		return 0, problem.New(problem.GemsUnknown, "%s has no gems; add %s to rewards.types in its manifest", of.App.ID, miniapp.Gems)
	}
	return of.User.Gems, nil
}

// units maps a reward type to the unit of the wallet.
var units = map[miniapp.RewardType]wallet.Unit{
	miniapp.Emoney: wallet.Rupiah, miniapp.Coins: wallet.Coins, miniapp.Gems: wallet.Gems,
}

func (g Gift) permitted(app miniapp.App) error {
	switch {
	case !app.Rewarding(g.Type):
		return problem.New(problem.RewardUnknown, "%s may not give %s; add it to rewards.types in its manifest", app.ID, g.Type)
	case g.Type == miniapp.Gems && g.Amount > app.MaxGems():
		return problem.New(problem.OverLimit, "a reward of %s is at most %d gems, got %d", app.ID, int64(app.MaxGems()), int64(g.Amount))
	case g.Amount < 1 || g.Amount > money.Max:
		return problem.New(problem.ParamValue, "amount.value must lie between 1 and %d, got %d", int64(money.Max), int64(g.Amount))
	}
	return nil
}

func told(ctx context.Context, tx Tx, to login.Session, g Gift, paymentID string) error {
	return tx.Journal().Append(ctx, event.RewardGiven.Entry(
		event.Scope{MiniAppID: to.App.ID, UserID: to.User.ID, LaunchID: to.LaunchID},
		event.Reward{
			PaymentID: paymentID, Type: event.RewardType(g.Type), Amount: int64(g.Amount), Description: g.Description, Advice: g.Advice,
		},
	))
}
