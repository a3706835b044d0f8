package event

import (
	"github.com/selasar/selasar/internal/journal"
	"github.com/selasar/selasar/internal/language"
)

// Message is the data of a push notification or a reminder.
type Message struct {
	MessageID  string      `json:"message_id"`
	Kind       MessageKind `json:"kind"`
	Template   string      `json:"template_name"`
	ReminderID string      `json:"reminder_id,omitempty"`
}

// MessageKind is push or reminder.
type MessageKind string

var messageKinds = map[MessageKind]language.Text{
	"push":     {English: "push", Indonesian: "push"},
	"reminder": {English: "reminder", Indonesian: "pengingat"},
}

func (k MessageKind) wording() language.Text { return messageKinds[k] }

// Reward is the data of a reward.
type Reward struct {
	PaymentID   string       `json:"payment_id"`
	Type        RewardType   `json:"reward_type"`
	Amount      int64        `json:"amount"` // whole rupiah, coins or gems
	Description string       `json:"description"`
	Advice      RewardAdvice `json:"advice,omitempty"`
}

// RewardType is what a reward is paid in (reward-coins-emoney-v2).
type RewardType string

var rewardTypes = map[RewardType]language.Text{
	"EMONEY":      {English: "{amount:rupiah}", Indonesian: "{amount:rupiah}"},
	"GOPAY_COINS": {English: "{amount} coins", Indonesian: "{amount} koin"},
	"GOPAY_GEMS":  {English: "{amount} gems", Indonesian: "{amount} permata"},
}

func (t RewardType) wording() language.Text { return rewardTypes[t] }

// RewardAdvice is what the developer could do better.
type RewardAdvice string

// ActivityUnnamed says that metadata.activity_name is missing (reward-gems-v2).
const ActivityUnnamed RewardAdvice = "activity_unnamed"

var rewardAdvice = map[RewardAdvice]language.Text{
	ActivityUnnamed: {
		English:    "the documentation asks for metadata.activity_name; its samples, and Selasar, do without",
		Indonesian: "dokumentasi meminta metadata.activity_name; contohnya, dan Selasar, tidak memerlukannya",
	},
}

func (a RewardAdvice) wording() language.Text { return rewardAdvice[a] }

// The events of messages and rewards.
var (
	MessageShown = declare[Message](Declaration{
		Name: "message.shown", Kind: journal.Message, Outcome: journal.OK, When: "A user sees a push notification or a reminder.",
		Title: language.Text{English: "{kind} shown: {template_name}", Indonesian: "{kind} ditampilkan: {template_name}"},
	})
	MessageDeleted = declare[Message](Declaration{
		Name: "message.deleted", Kind: journal.Message, Outcome: journal.OK, When: "A mini app's backend deleted a reminder.",
		Title: language.Text{English: "{kind} deleted: {template_name}", Indonesian: "{kind} dihapus: {template_name}"},
	})
	MessageDismissed = declare[Message](Declaration{
		Name: "message.dismissed", Kind: journal.Message, Outcome: journal.OK, When: "A user dismissed a message.",
		Title: language.Text{English: "{kind} dismissed: {template_name}", Indonesian: "{kind} disingkirkan: {template_name}"},
	})
	RewardGiven = declare[Reward](Declaration{
		Name: "reward.given", Kind: journal.Reward, Outcome: journal.OK, When: "A mini app gave its user e-money, coins or gems.",
		Title: language.Text{English: "rewarded with {reward_type}", Indonesian: "diberi hadiah {reward_type}"},
		Next:  language.Text{English: "[{advice}]", Indonesian: "[{advice}]"},
	})
)
