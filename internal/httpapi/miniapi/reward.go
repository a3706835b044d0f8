package miniapi

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"

	"github.com/selasar/selasar/internal/httpapi/edge"
	"github.com/selasar/selasar/internal/journal/event"
	"github.com/selasar/selasar/internal/miniapp"
	"github.com/selasar/selasar/internal/money"
	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/reward"
)

// rewardFields are the members of a reward (reward-coins-emoney-v2, reward-gems-v2).
type rewardFields struct {
	Amount struct {
		Value    *int64 `json:"value"` // whole rupiah, coins or gems
		Currency string `json:"currency"`
	} `json:"amount"`
	Description string                     `json:"description"`
	Type        string                     `json:"reward_type"`
	Metadata    map[string]json.RawMessage `json:"metadata"`
}

// maxDescription is the largest length of a reward's description, in characters.
const maxDescription = 256

func (in rewardFields) gift() (reward.Gift, error) {
	if in.Amount.Value == nil {
		return reward.Gift{}, problem.New(edge.FieldBlank, "amount.value is missing")
	}
	if err := cmp.Or(edge.Line("amount.currency", in.Amount.Currency, edge.MaxLine), edge.Line("description", in.Description, maxDescription)); err != nil {
		return reward.Gift{}, err
	}
	if in.Amount.Currency != "IDR" {
		return reward.Gift{}, problem.New(edge.FieldWrong, "amount.currency is %q; only IDR is known", edge.Excerpt(in.Amount.Currency))
	}
	return reward.Gift{Type: miniapp.RewardType(in.Type), Amount: money.Rupiah(*in.Amount.Value), Description: in.Description}, nil
}

type paidView struct {
	PaymentID string `json:"payment_id"`
}

// reward is POST /v1/mini-apps/rewards (reward-coins-emoney-v2).
func (d *door) reward(ctx context.Context, c *call) (any, error) {
	var in rewardFields
	if err := c.fields(&in); err != nil {
		return nil, err
	}
	gift, err := in.gift()
	if err != nil {
		return nil, err
	}
	if err := edge.Line("reward_type", in.Type, edge.MaxLine); err != nil {
		return nil, err
	}
	if !slices.Contains(miniapp.RewardTypes, gift.Type) {
		return nil, problem.New(edge.FieldWrong, "reward_type is EMONEY, GOPAY_COINS or GOPAY_GEMS, not %q", edge.Excerpt(in.Type))
	}
	paymentID, err := d.Rewards.Give(ctx, c.session, gift, c.request)
	if err != nil {
		return nil, err
	}
	return paidView{paymentID}, nil
}

// gemsBalance is GET /v1/mini-apps/gems/balance (reward-gems-v2).
func (d *door) gemsBalance(_ context.Context, c *call) (any, error) {
	gems, err := d.Rewards.Gems(c.session)
	if err != nil {
		return nil, err
	}
	return struct {
		Balance int64 `json:"balance"`
	}{int64(gems)}, nil
}

// collectGems is POST /v1/mini-apps/gems/collect (reward-gems-v2).
func (d *door) collectGems(ctx context.Context, c *call) (any, error) {
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
	paymentID, err := d.Rewards.Collect(ctx, c.session, gift, c.request)
	if err != nil {
		return nil, err
	}
	return paidView{paymentID}, nil
}

// named checks that the metadata names the mini app. It returns advice if the activity
// is missing: reward-gems-v2 requires both, but its own samples omit the activity.
func (in rewardFields) named() (advice event.RewardAdvice, err error) {
	app, err := in.noted("mini_app_name")
	if err != nil {
		return "", err
	}
	if err := edge.Line("metadata.mini_app_name", app, edge.MaxLine); err != nil {
		return "", err
	}
	activity, err := in.noted("activity_name")
	if err == nil && activity == "" {
		advice = event.ActivityUnnamed
	}
	return advice, err
}

// noted returns a text of the metadata, empty if it is absent.
func (in rewardFields) noted(name string) (text string, err error) {
	value, ok := in.Metadata[name]
	if ok && json.Unmarshal(value, &text) != nil {
		return "", problem.New(edge.FieldWrong, "metadata.%s must be a string", name)
	}
	return text, nil
}
