package httpapi

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"

	"github.com/selasar/selasar/internal/journal/event"
	"github.com/selasar/selasar/internal/miniapp"
	"github.com/selasar/selasar/internal/money"
	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/reward"
)

// rewardFields are what a reward is made from (reward-coins-emoney-v2,
// reward-gems-v2).
type rewardFields struct {
	Amount struct {
		Value    *int64 `json:"value"` // whole rupiah, coins or gems
		Currency string `json:"currency"`
	} `json:"amount"`
	Description string                     `json:"description"`
	Type        string                     `json:"reward_type"`
	Metadata    map[string]json.RawMessage `json:"metadata"`
}

// maxDescription is the length of a reward's description, in characters.
const maxDescription = 256

func (in rewardFields) gift() (reward.Gift, error) {
	if in.Amount.Value == nil {
		return reward.Gift{}, problem.New(fieldBlank, "amount.value is missing")
	}
	if err := cmp.Or(line("amount.currency", in.Amount.Currency, maxLine), line("description", in.Description, maxDescription)); err != nil {
		return reward.Gift{}, err
	}
	if in.Amount.Currency != "IDR" {
		return reward.Gift{}, problem.New(fieldWrong, "amount.currency is %q; only IDR is known", cut(in.Amount.Currency))
	}
	return reward.Gift{Type: miniapp.RewardType(in.Type), Amount: money.Rupiah(*in.Amount.Value), Description: in.Description}, nil
}

type paidView struct {
	PaymentID string `json:"payment_id"`
}

// reward is POST /v1/mini-apps/rewards (reward-coins-emoney-v2).
func (a *API) reward(ctx context.Context, c *backendCall) (any, error) {
	var in rewardFields
	if err := c.fields(&in); err != nil {
		return nil, err
	}
	gift, err := in.gift()
	if err != nil {
		return nil, err
	}
	if err := line("reward_type", in.Type, maxLine); err != nil {
		return nil, err
	}
	if !slices.Contains(miniapp.RewardTypes, gift.Type) {
		return nil, problem.New(fieldWrong, "reward_type is EMONEY, GOPAY_COINS or GOPAY_GEMS, not %q", cut(in.Type))
	}
	paymentID, err := a.Rewards.Give(ctx, c.Session, gift, c.Request)
	if err != nil {
		return nil, err
	}
	return paidView{paymentID}, nil
}

// gemsBalance is GET /v1/mini-apps/gems/balance (reward-gems-v2).
func (a *API) gemsBalance(_ context.Context, c *backendCall) (any, error) {
	gems, err := a.Rewards.Gems(c.Session)
	if err != nil {
		return nil, err
	}
	return struct {
		Balance int64 `json:"balance"`
	}{int64(gems)}, nil
}

// collectGems is POST /v1/mini-apps/gems/collect (reward-gems-v2).
func (a *API) collectGems(ctx context.Context, c *backendCall) (any, error) {
	var in rewardFields
	if err := c.fields(&in); err != nil {
		return nil, err
	}
	gift, err := in.gift()
	if err != nil {
		return nil, err
	}
	if gift.Advice, err = in.named(); err != nil {
		return nil, err
	}
	paymentID, err := a.Rewards.Collect(ctx, c.Session, gift, c.Request)
	if err != nil {
		return nil, err
	}
	return paidView{paymentID}, nil
}

// named checks that the metadata names the mini app, and advises where it does
// not name the activity: reward-gems-v2 requires both, and its own samples
// leave the activity out.
func (in rewardFields) named() (advice event.RewardAdvice, err error) {
	app, err := in.noted("mini_app_name")
	if err != nil {
		return "", err
	}
	if err := line("metadata.mini_app_name", app, maxLine); err != nil {
		return "", err
	}
	activity, err := in.noted("activity_name")
	if err == nil && activity == "" {
		advice = event.ActivityUnnamed
	}
	return advice, err
}

// noted gives a text of the metadata; empty when it is not there.
func (in rewardFields) noted(name string) (text string, err error) {
	value, ok := in.Metadata[name]
	if ok && json.Unmarshal(value, &text) != nil {
		return "", problem.New(fieldWrong, "metadata.%s must be a string", name)
	}
	return text, nil
}
