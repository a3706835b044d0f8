package event

import (
	"github.com/selasar/selasar/internal/journal"
	"github.com/selasar/selasar/internal/language"
)

// Notification is the data of a notification.
type Notification struct {
	NotificationID string `json:"notification_id"`
	Number         int    `json:"number"`      // its place among those of the payment, from 1
	Status         string `json:"status"`      // latestTransactionStatus: "00"
	Description    string `json:"status_desc"` // transactionStatusDesc: "SUCCESS"
	Attempts       int    `json:"attempts"`    // tries begun
}

// NotificationReplay is the data of a notification that was made due again.
type NotificationReplay struct {
	Notification
	GoneURL string `json:"gone_url,omitempty"` // the receiver that had answered 410 and is taken to be back
}

// NotificationTry is the data of a try to deliver a notification.
type NotificationTry struct {
	Notification
	Attempt    int       `json:"attempt"` // from 1
	URL        string    `json:"url"`
	HTTPStatus int       `json:"http_status"` // 0: there was no answer
	NextAt     int64     `json:"next_at,omitempty"`
	Reason     TryReason `json:"reason,omitempty"`
	Error      string    `json:"error,omitempty"`    // of the network or the program
	Answer     string    `json:"answer,omitempty"`   // the beginning of the receiver's body, with not_taken
	Location   string    `json:"location,omitempty"` // with redirected
}

// NotificationTaken is the answer that takes a notification
// (payment-notification-api).
const NotificationTaken = `{"responseCode":"2005600","responseMessage":"Request has been processed successfully"}`

var notificationNoun = language.Text{English: "notification", Indonesian: "notifikasi"}

// The events of notifications.
var (
	NotificationQueued = declare[Notification](Declaration{
		Name: "notification.queued", Kind: journal.Notification, Outcome: journal.Info, When: "A change of a payment has a notification, which is sent at once.",
		Noun: notificationNoun, Title: language.Text{English: "{status_desc} queued", Indonesian: "{status_desc} diantrekan"},
	})
	NotificationReplayed = declare[NotificationReplay](Declaration{
		Name: "notification.replayed", Kind: journal.Notification, Outcome: journal.Info, When: "A notification was queued again by hand.",
		Noun: notificationNoun, Title: language.Text{English: "{status_desc} replayed", Indonesian: "{status_desc} dikirim ulang"},
		Message: language.Text{
			English:    "[notifications are sent again to {gone_url}, which has answered 410 Gone]",
			Indonesian: "[notifikasi dikirim lagi ke {gone_url}, yang pernah menjawab 410 Gone]",
		},
	})
	NotificationDelivered = declare[NotificationTry](Declaration{
		Name: "notification.delivered", Kind: journal.Notification, Outcome: journal.OK, When: "The receiver accepted a notification.",
		Noun: notificationNoun, Title: language.Text{English: "{status_desc} delivered", Indonesian: "{status_desc} terkirim"},
	})
	NotificationFailed = declare[NotificationTry](Declaration{
		Name: "notification.failed", Kind: journal.Notification, Outcome: journal.Warn, When: "A try failed; the next one is due at next_at.",
		Noun: notificationNoun, Title: language.Text{English: "{status_desc} not delivered", Indonesian: "{status_desc} tidak terkirim"},
		Message: tryReason, Next: tryAdvice,
	})
	NotificationDead = declare[NotificationTry](Declaration{
		Name: "notification.dead", Kind: journal.Notification, Outcome: journal.Failed, When: "The last try failed, or the receiver is gone; it can be replayed.",
		Noun: notificationNoun, Title: language.Text{English: "{status_desc} dead", Indonesian: "{status_desc} menyerah"},
		Message: tryReason, Next: tryAdvice,
	})
	NotificationUnaddressed = declare[NotificationTry](Declaration{
		Name: "notification.unaddressed", Kind: journal.Notification, Outcome: journal.Warn, When: "A notification had no receiver.",
		Noun: notificationNoun, Title: language.Text{English: "{status_desc} dead", Indonesian: "{status_desc} menyerah"},
		Message: tryReason, Next: tryAdvice,
	})
)

var (
	tryReason = language.Text{English: "[{reason}]", Indonesian: "[{reason}]"}
	tryAdvice = language.Text{English: "[{reason:advice}]", Indonesian: "[{reason:advice}]"}
)
