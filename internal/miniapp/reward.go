package miniapp

import (
	"slices"

	"github.com/selasar/selasar/internal/money"
)

// RewardType is the unit of a reward (reward-coins-emoney-v2).
type RewardType string

// The types of reward.
const (
	Emoney RewardType = "EMONEY"
	Coins  RewardType = "GOPAY_COINS"
	Gems   RewardType = "GOPAY_GEMS"
)

// RewardTypes lists the types in the order of the documentation.
var RewardTypes = []RewardType{Emoney, Coins, Gems}

// Rewards states which rewards a mini app may give to its users.
type Rewards struct {
	Types   []RewardType `json:"types"`              // nil allows all types
	MaxGems int64        `json:"max_gems,omitempty"` // the most gems of one reward; 0 means money.Max
}

// Rewarding reports whether the app may give rewards of a type.
func (a App) Rewarding(t RewardType) bool {
	return a.Rewards.Types == nil || slices.Contains(a.Rewards.Types, t)
}

// MaxGems returns the most gems of one reward of the app.
func (a App) MaxGems() money.Rupiah {
	if a.Rewards.MaxGems > 0 {
		return money.Rupiah(a.Rewards.MaxGems)
	}
	return money.Max
}
