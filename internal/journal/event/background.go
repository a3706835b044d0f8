package event

import (
	"github.com/selasar/selasar/internal/journal"
	"github.com/selasar/selasar/internal/language"
	"github.com/selasar/selasar/internal/problem"
)

// Background is the data of a subscription or a job that has ended.
type Background struct {
	Method       string `json:"method"`                 // of the call that started it
	Subscription string `json:"subscription,omitempty"` // its name; absent for a job
	Reason       Reason `json:"reason,omitempty"`       // absent for a job that is done
}

// RefusedStart is the data of a subscription or a job that did not start.
type RefusedStart struct {
	Method       string       `json:"method"`
	Subscription string       `json:"subscription,omitempty"`
	Refused      problem.Code `json:"refused"`
}

var (
	subscriptionNoun = language.Text{English: "subscription", Indonesian: "langganan"}
	jobNoun          = language.Text{English: "job", Indonesian: "pekerjaan"}
)

// The events of subscriptions and jobs. The message of a failure or a refusal quotes
// what the mini app received.
var (
	SubscriptionEnded = declare[Background](Declaration{
		Name: "subscription.ended", Kind: journal.Subscription, Outcome: journal.Info,
		When: "A subscription ended: the mini app stopped it, or its launch ended.",
		Noun: subscriptionNoun, Title: language.Text{English: "{subscription} ended", Indonesian: "{subscription} berakhir"},
		Message: language.Text{English: "{reason}", Indonesian: "{reason}"},
	})
	SubscriptionFailed = declare[Background](Declaration{
		Name: "subscription.failed", Kind: journal.Subscription, Outcome: journal.Failed,
		When: "A subscription ended, because a reading failed or it is no longer permitted.",
		Noun: subscriptionNoun, Title: language.Text{English: "{subscription} failed", Indonesian: "{subscription} gagal"},
	})
	SubscriptionRefused = declare[RefusedStart](Declaration{
		Name: "subscription.refused", Kind: journal.Subscription, Outcome: journal.Failed,
		When: "A call succeeded, but its subscription could not start.",
		Noun: subscriptionNoun, Title: language.Text{English: "{subscription} refused", Indonesian: "{subscription} ditolak"},
	})
	JobDone = declare[Background](Declaration{
		Name: "job.done", Kind: journal.Job, Outcome: journal.OK, When: "A job that a call started is done.",
		Noun: jobNoun, Title: language.Text{English: "{method} done", Indonesian: "{method} selesai"},
	})
	JobFailed = declare[Background](Declaration{
		Name: "job.failed", Kind: journal.Job, Outcome: journal.Failed, When: "A job failed, or is no longer permitted.",
		Noun: jobNoun, Title: language.Text{English: "{method} failed", Indonesian: "{method} gagal"},
	})
	JobEnded = declare[Background](Declaration{
		Name: "job.ended", Kind: journal.Job, Outcome: journal.Info, When: "A job was given up: its launch ended, or Selasar was stopped.",
		Noun: jobNoun, Title: language.Text{English: "{method} given up", Indonesian: "{method} dihentikan"},
		Message: language.Text{English: "{reason}", Indonesian: "{reason}"},
	})
	JobRefused = declare[RefusedStart](Declaration{
		Name: "job.refused", Kind: journal.Job, Outcome: journal.Failed, When: "A call succeeded, but its job could not start.",
		Noun: jobNoun, Title: language.Text{English: "{method} refused", Indonesian: "{method} ditolak"},
	})
)
