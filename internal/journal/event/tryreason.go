package event

import "github.com/selasar/selasar/internal/language"

// TryReason is why a try to deliver a notification failed.
type TryReason string

// The reasons.
const (
	AppUnregistered TryReason = "app_unregistered"
	NoReceiver      TryReason = "no_receiver"
	ReceiverGone    TryReason = "receiver_gone" // it answered 410 before; nothing was sent
	AnsweredGone    TryReason = "answered_gone" // it answered 410 now
	SenderStopped   TryReason = "sender_stopped"
	NotMade         TryReason = "not_made"
	AnswerCut       TryReason = "answer_cut"
	NoAnswer        TryReason = "no_answer"
	Redirected      TryReason = "redirected"
	AnsweredError   TryReason = "answered_error"
	AnswerTooLong   TryReason = "answer_too_long"
	NotTaken        TryReason = "not_taken"
)

const (
	enableEnglish    = "replay a notification when it is back, or set another notification_url in the manifest"
	enableIndonesian = "kirim ulang satu notifikasi setelah penerimanya kembali, atau ganti notification_url di manifes"
)

var tryReasons = map[TryReason]struct{ words, advice language.Text }{
	AppUnregistered: {words: language.Text{
		English: "the mini app is not registered any more", Indonesian: "mini app tidak terdaftar lagi",
	}},
	NoReceiver: {
		words: language.Text{English: "the mini app has no server to tell", Indonesian: "mini app tidak punya server yang bisa diberi tahu"},
		advice: language.Text{
			English:    "set notification_url in the manifest, then replay the notification",
			Indonesian: "isi notification_url di manifes, lalu kirim ulang notifikasinya",
		},
	},
	ReceiverGone: {
		words: language.Text{
			English:    "not sent, because the receiver has answered 410 Gone; " + enableEnglish,
			Indonesian: "tidak dikirim karena penerima pernah menjawab 410 Gone; " + enableIndonesian,
		},
		advice: language.Text{English: enableEnglish, Indonesian: enableIndonesian},
	},
	AnsweredGone: {
		words: language.Text{
			English:    "the receiver answered 410 Gone: nothing is sent there any more",
			Indonesian: "penerima menjawab 410 Gone: tidak ada lagi yang dikirim ke sana",
		},
		advice: language.Text{
			English:    enableEnglish + "; a receiver that only does not know the payment answers something else",
			Indonesian: enableIndonesian + "; penerima yang hanya tidak mengenal pembayarannya menjawab dengan kode lain",
		},
	},
	SenderStopped: {words: language.Text{
		English: "broken off: Selasar was stopped", Indonesian: "terputus: Selasar dihentikan",
	}},
	NotMade: {words: language.Text{
		English: "the notification could not be made: {error}", Indonesian: "notifikasi tidak dapat dibuat: {error}",
	}},
	AnswerCut: {
		words:  language.Text{English: "the answer {http_status} broke off: {error}", Indonesian: "jawaban {http_status} terputus: {error}"},
		advice: answerAdvice,
	},
	NoAnswer: {
		words: language.Text{English: "no answer: {error}", Indonesian: "tidak ada jawaban: {error}"},
		advice: language.Text{
			English:    "is the server running, and is notification_url right?",
			Indonesian: "apakah servernya berjalan, dan apakah notification_url benar?",
		},
	},
	Redirected: {
		words: language.Text{
			English:    "the receiver answered {http_status}[, to {location:quoted}]; only 307 and 308 within the same origin are followed, at most three",
			Indonesian: "penerima menjawab {http_status}[, ke {location:quoted}]; hanya 307 dan 308 di origin yang sama yang diikuti, paling banyak tiga",
		},
		advice: language.Text{
			English:    "set notification_url to [{location}, or to ]the address that accepts it in the end",
			Indonesian: "isi notification_url dengan [{location}, atau dengan ]alamat akhir yang menerimanya",
		},
	},
	AnsweredError: {
		words:  language.Text{English: "the receiver answered {http_status}", Indonesian: "penerima menjawab {http_status}"},
		advice: language.Text{English: "answer 200 with " + NotificationTaken, Indonesian: "jawab 200 dengan " + NotificationTaken},
	},
	AnswerTooLong: {
		words:  language.Text{English: "the answer is longer than 64 KiB", Indonesian: "jawabannya lebih panjang dari 64 KiB"},
		advice: answerAdvice,
	},
	NotTaken: {
		words: language.Text{
			English:    "the receiver answered {http_status} without responseCode 2005600: {answer}",
			Indonesian: "penerima menjawab {http_status} tanpa responseCode 2005600: {answer}",
		},
		advice: language.Text{
			English:    "answer " + NotificationTaken + ", or nothing",
			Indonesian: "jawab " + NotificationTaken + ", atau tanpa isi",
		},
	},
}

var answerAdvice = language.Text{English: "answer " + NotificationTaken, Indonesian: "jawab " + NotificationTaken}

func (r TryReason) wording() language.Text { return tryReasons[r].words }

func (r TryReason) advice() language.Text { return tryReasons[r].advice }
