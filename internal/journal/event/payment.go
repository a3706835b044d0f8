package event

import (
	"github.com/selasar/selasar/internal/journal"
	"github.com/selasar/selasar/internal/language"
	"github.com/selasar/selasar/internal/money"
	"github.com/selasar/selasar/internal/problem"
)

var paymentNoun = language.Text{English: "payment", Indonesian: "pembayaran"}

// Payment is the data of a payment that came to a state.
type Payment struct {
	ReferenceNo string       `json:"reference_no"`
	State       string       `json:"state"`
	Amount      money.Rupiah `json:"amount"`
	Title       string       `json:"title"`      // what is paid for
	ExpiresAt   int64        `json:"expires_at"` // ms since the epoch
	Notified    Notified     `json:"notified,omitempty"`
}

// Notified says who is notified of a change of a payment. It is empty for the usual case:
// a notification is stored, which has an event of its own.
type Notified string

// Nobody is notified: the mini app has no address for notifications.
const Nobody Notified = "nobody"

var notifiedTexts = map[Notified]language.Text{
	Nobody: {
		English:    "nobody is notified: the mini app has neither a notification_url nor a server of its own",
		Indonesian: "tidak ada yang diberi tahu: mini app tidak punya notification_url maupun server sendiri",
	},
}

func (n Notified) wording() language.Text { return notifiedTexts[n] }

var whoIsNotified = language.Text{English: "[{notified}]", Indonesian: "[{notified}]"}

// Refund is the data of a refund.
type Refund struct {
	ReferenceNo     string       `json:"reference_no"`
	RefundNo        string       `json:"refund_no"`
	PartnerRefundNo string       `json:"partner_refund_no"`
	Amount          money.Rupiah `json:"amount"`
	Refunded        money.Rupiah `json:"refunded"` // in all, with this refund
	Paid            money.Rupiah `json:"paid"`
	Reason          string       `json:"reason,omitempty"` // as the mini app's backend gave it
	Notified        Notified     `json:"notified,omitempty"`
}

// Shortage is the data of a payment that the wallet could not cover.
type Shortage struct {
	ReferenceNo string       `json:"reference_no"`
	Reason      problem.Code `json:"reason"`
	Balance     money.Rupiah `json:"balance"`
	Missing     money.Rupiah `json:"missing"`
}

// Transfer is the data of a charge or a refund at the operator's provider.
type Transfer struct {
	ReferenceNo string       `json:"reference_no"`
	TransferID  string       `json:"transfer_id"`
	Amount      money.Rupiah `json:"amount"`
	Reason      string       `json:"reason"`
}

// Unproved is the data of a payment whose backend never made sure of it.
type Unproved struct {
	ReferenceNo string `json:"reference_no"`
	AfterMS     int64  `json:"after_ms"` // how long the backend had, in ms
}

// LooseAmount is an amount in another form than the documentation's.
type LooseAmount struct {
	Member string `json:"member"`
	Value  string `json:"value"`
}

// The events of payments.
var (
	PaymentCreated = declare[Payment](Declaration{
		Name: "payment.created", Kind: journal.Payment, Outcome: journal.Info, When: "A payment was created and can be paid.",
		Noun: paymentNoun, Title: language.Text{English: "created {amount}", Indonesian: "dibuat {amount}"}, Message: whoIsNotified,
	})
	PaymentPending = declare[Payment](Declaration{
		Name: "payment.pending", Kind: journal.Payment, Outcome: journal.Info, When: "A user left the payment sheet without finishing.",
		Noun: paymentNoun, Title: language.Text{English: "pending {amount}", Indonesian: "tertunda {amount}"}, Message: whoIsNotified,
	})
	PaymentPaid = declare[Payment](Declaration{
		Name: "payment.paid", Kind: journal.Payment, Outcome: journal.OK, When: "A user paid; the wallet was charged in the same transaction.",
		Noun: paymentNoun, Title: language.Text{English: "paid {amount}", Indonesian: "lunas {amount}"}, Message: whoIsNotified,
	})
	PaymentCancelled = declare[Payment](Declaration{
		Name: "payment.cancelled", Kind: journal.Payment, Outcome: journal.Info, When: "The user declined a payment, or the backend withdrew it.",
		Noun: paymentNoun, Title: language.Text{English: "cancelled {amount}", Indonesian: "dibatalkan {amount}"}, Message: whoIsNotified,
	})
	PaymentFailed = declare[Payment](Declaration{
		Name: "payment.failed", Kind: journal.Payment, Outcome: journal.Failed, When: "A payment failed while it was processed.",
		Noun: paymentNoun, Title: language.Text{English: "failed {amount}", Indonesian: "gagal {amount}"}, Message: whoIsNotified,
	})
	PaymentExpired = declare[Payment](Declaration{
		Name: "payment.expired", Kind: journal.Payment, Outcome: journal.Failed, When: "A payment expired.",
		Noun: paymentNoun, Title: language.Text{English: "expired {amount}", Indonesian: "kedaluwarsa {amount}"}, Message: whoIsNotified,
	})
	PaymentRefunded = declare[Refund](Declaration{
		Name: "payment.refunded", Kind: journal.Payment, Outcome: journal.OK, When: "A part or all of a payment was refunded to the wallet that paid.",
		Title:   language.Text{English: "refunded {amount} of {paid}", Indonesian: "dikembalikan {amount} dari {paid}"},
		Message: language.Text{English: "{reason}", Indonesian: "{reason}"}, Next: whoIsNotified,
	})
	PaymentRefused = declare[Shortage](Declaration{
		Name: "payment.refused", Kind: journal.Payment, Outcome: journal.Failed,
		When: "The wallet had too little balance. Nothing changed, and the user can try again.",
		Noun: paymentNoun, Title: language.Text{English: "refused", Indonesian: "ditolak"},
		Message: language.Text{English: "the wallet holds {balance}, {missing} short", Indonesian: "dompet berisi {balance}, kurang {missing}"},
		Next: language.Text{
			English:    "top the wallet up in the sheet or under Users, or pay with another user",
			Indonesian: "isi saldo dompet di lembar pembayaran atau di panel Pengguna, atau bayar dengan pengguna lain",
		},
	})
	PaymentDeclined = declare[Transfer](Declaration{
		Name: "payment.declined", Kind: journal.Payment, Outcome: journal.Failed,
		When: "The operator's provider did not charge the user. The payment is open again.",
		Noun: paymentNoun, Title: language.Text{English: "declined {amount}", Indonesian: "ditolak {amount}"},
		Message: language.Text{English: "the provider says: {reason}", Indonesian: "kata penyedia: {reason}"},
	})
	RefundDeclined = declare[Transfer](Declaration{
		Name: "refund.declined", Kind: journal.Payment, Outcome: journal.Failed,
		When: "The operator's provider declined a refund. No money moved.",
		Noun: paymentNoun, Title: language.Text{English: "refund of {amount} declined", Indonesian: "pengembalian {amount} ditolak"},
		Message: language.Text{English: "the provider says: {reason}", Indonesian: "kata penyedia: {reason}"},
	})
	TransferUnclear = declare[Transfer](Declaration{
		Name: "payment.unclear", Kind: journal.Warning, Outcome: journal.Warn,
		When:    "The operator's provider gave no certain answer to a charge or a refund. Selasar asks again until it is certain.",
		Title:   language.Text{English: "{amount} without a certain answer", Indonesian: "{amount} tanpa jawaban pasti"},
		Message: language.Text{English: "the provider: {reason}", Indonesian: "penyedia: {reason}"},
		Next:    language.Text{English: "it is asked again until its answer is certain", Indonesian: "penyedia ditanya lagi sampai jawabannya pasti"},
	})
	PaymentUnproved = declare[Unproved](Declaration{
		Name: "payment.unproved", Kind: journal.Warning, Outcome: journal.Warn,
		When:  "The page got the result success, but the backend neither asked for the status nor accepted a notification.",
		Title: language.Text{English: "payment trusted without proof", Indonesian: "pembayaran dipercaya tanpa bukti"},
		Message: language.Text{
			English:    "the page was told success {after_ms:ms} ago; since then the mini app's backend neither asked for the status nor took a notification",
			Indonesian: "halaman diberi tahu success {after_ms:ms} yang lalu; sejak itu backend mini app tidak menanyakan status dan tidak menerima notifikasi",
		},
		Next: language.Text{
			English:    "before you give anything out, ask /v1.0/debit/status on the backend, or wait for the notification: a page can be made to say anything",
			Indonesian: "sebelum menyerahkan barang, tanyakan /v1.0/debit/status dari backend atau tunggu notifikasi: halaman bisa dibuat mengatakan apa saja",
		},
	})
	PaymentLoose = declare[LooseAmount](Declaration{
		Name: "payment.loose", Kind: journal.Warning, Outcome: journal.Warn,
		When:  "A BI-SNAP request had an amount that is a number, or has no two decimals.",
		Title: language.Text{English: "{member} that strict providers refuse", Indonesian: "{member} yang ditolak penyedia yang ketat"},
		Message: language.Text{
			English:    "the value {value} is accepted here; the documentation has a string with two decimals, and other providers of BI-SNAP refuse anything else",
			Indonesian: "nilai {value} diterima di sini; dokumentasi memakai teks dengan dua desimal, dan penyedia BI-SNAP lain menolak bentuk selain itu",
		},
		Next: language.Text{English: `send "10000.00"`, Indonesian: `kirim "10000.00"`},
	})
	PaymentUnplaced = declare[None](Declaration{
		Name: "payment.unplaced", Kind: journal.Warning, Outcome: journal.Warn,
		When:  "A BI-SNAP payment was created without additionalInfo.pointOfPurchaseId.",
		Title: language.Text{English: "payment without pointOfPurchaseId", Indonesian: "pembayaran tanpa pointOfPurchaseId"},
		Message: language.Text{
			English:    "the payment names no mini app; here it is the partner's, but GoPay would not return from it to the mini app",
			Indonesian: "pembayaran ini tidak menyebut mini app; di sini dianggap milik mini app partner, tetapi GoPay tidak akan kembali ke mini app",
		},
		Next: language.Text{
			English:    "send additionalInfo.pointOfPurchaseId with SELASAR_POP_ID",
			Indonesian: "kirim additionalInfo.pointOfPurchaseId berisi SELASAR_POP_ID",
		},
	})
)
