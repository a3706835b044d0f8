package miniapp

import (
	"slices"

	"github.com/selasar/selasar/internal/money"
)

// RewardType is what a reward is paid in (reward-coins-emoney-v2).
type RewardType string

// The types of reward.
const (
	Emoney RewardType = "EMONEY"
	Coins  RewardType = "GOPAY_COINS"
	Gems   RewardType = "GOPAY_GEMS"
)

// RewardTypes are the types in the order of the documentation.
var RewardTypes = []RewardType{Emoney, Coins, Gems}

// Rewards is what the operator lets a mini app give to its users.
type Rewards struct {
	Types   []RewardType `json:"types"`              // nil: all of them
	MaxGems int64        `json:"max_gems,omitempty"` // most gems of one reward; 0: money.Max
}

// Rewarding says whether the app may give rewards of a type.
func (a App) Rewarding(t RewardType) bool {
	return a.Rewards.Types == nil || slices.Contains(a.Rewards.Types, t)
}

// MaxGems is the most gems that one reward of the app gives.
func (a App) MaxGems() money.Rupiah {
	if a.Rewards.MaxGems > 0 {
		return money.Rupiah(a.Rewards.MaxGems)
	}
	return money.Max
}
