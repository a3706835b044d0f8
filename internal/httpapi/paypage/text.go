package paypage

import (
	"fmt"
	"time"

	"github.com/selasar/selasar/internal/clock"
	"github.com/selasar/selasar/internal/language"
	"github.com/selasar/selasar/internal/problem"
)

// texts are the payment page's texts in one language.
type texts struct {
	PayTo, For, Reference, Until, Wallet, Short, PIN, PINHint string
	Pay, Cancel, Fail, Later, Back, Again, Refunded, Double   string

	Headings map[string]string
	Says     map[string]string
	Problems map[problem.Code]string
	Months   [12]string
	Clock    string // layout of a time of day, for package time
}

func (t texts) moment(at time.Time) string {
	at = at.In(clock.Jakarta)
	return fmt.Sprintf("%d %s %d, %s WIB", at.Day(), t.Months[at.Month()-1], at.Year(), at.Format(t.Clock))
}

// momentOf is moment for ms since the epoch.
func (t texts) momentOf(at int64) string { return t.moment(time.UnixMilli(at)) }

var pageTexts = map[language.Language]texts{
	language.Indonesian: {
		PayTo: "Bayar ke", For: "Untuk", Reference: "Nomor referensi", Until: "Berlaku sampai", Wallet: "Dompet", Short: "kurang",
		PIN: "PIN", PINHint: "enam digit apa saja", Pay: "Bayar", Cancel: "Batalkan", Fail: "Gagalkan", Later: "Nanti",
		Back: "Kembali ke toko", Again: "Muat ulang", Refunded: "Sudah dikembalikan",
		Double: "Ini tiruan lokal dari Selasar. Tidak ada uang sungguhan yang berpindah.",
		Headings: map[string]string{
			"open": "Pembayaran", "held": "Sedang dibuka di ponsel", "later": "Belum selesai", "paid": "Sudah dibayar", "cancelled": "Dibatalkan",
			"failed": "Pembayaran gagal", "expired": "Kedaluwarsa", "unknown": "Pembayaran tidak ada", "denied": "Client key salah",
		},
		Says: map[string]string{
			"held":      "Lembar pembayaran ini terbuka di ponsel. Selesaikan di sana, lalu muat ulang halaman ini.",
			"later":     "Pembayaran ini masih bisa diselesaikan.",
			"paid":      "Uangnya sudah keluar dari dompet.",
			"cancelled": "Tidak ada uang yang berpindah. Minta pembayaran baru dari toko.",
			"failed":    "Tidak ada uang yang berpindah. Minta pembayaran baru dari toko.",
			"expired":   "Waktu membayar sudah lewat, dan tidak ada uang yang berpindah. Minta pembayaran baru dari toko.",
			"unknown":   "Tidak ada pembayaran dengan nomor referensi atau token ini. Pakai webRedirectUrl atau redirect_url tanpa diubah.",
			"denied":    "data-client-key dari snap.js bukan milik mini app ini. Pakai SELASAR_CHECKOUT_CLIENT_KEY.",
		},
		Problems: map[problem.Code]string{
			problem.InsufficientFunds: "Saldo dompet kurang. Isi saldonya di simulator, atau bayar dengan pengguna lain.",
			problem.AnswerInvalid:     "PIN terdiri dari enam digit.",
			problem.Conflict:          "Belum ada yang berubah: lembar pembayaran ini terbuka di ponsel.",
			problem.MiniAppSuspended:  "Mini app ini sedang dinonaktifkan, jadi tidak bisa menerima pembayaran.",
			problem.BadRequest:        "Formulirnya tidak terbaca. Muat ulang halaman ini dan coba lagi.",
			problem.Unavailable:       "Basis data sedang tidak bisa menyimpan. Tidak ada yang berubah; coba lagi sebentar lagi.",
			problem.Internal:          "Ada yang salah di dalam Selasar; log-nya menjelaskan apa. Tidak ada yang berubah.",
		},
		Months: [12]string{"Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November", "Desember"},
		Clock:  "15.04.05",
	},
	language.English: {
		PayTo: "Pay to", For: "For", Reference: "Reference number", Until: "Valid until", Wallet: "Wallet", Short: "short by",
		PIN: "PIN", PINHint: "any six digits", Pay: "Pay", Cancel: "Cancel", Fail: "Fail", Later: "Later",
		Back: "Back to the shop", Again: "Load again", Refunded: "Given back",
		Double: "This is Selasar, a double on this machine. No real money moves.",
		Headings: map[string]string{
			"open": "Payment", "held": "Open in the phone", "later": "Not finished", "paid": "Paid", "cancelled": "Cancelled",
			"failed": "The payment failed", "expired": "Expired", "unknown": "No such payment", "denied": "Wrong client key",
		},
		Says: map[string]string{
			"held":      "The sheet of this payment is open in the phone. Finish it there, then load this page again.",
			"later":     "This payment can still be finished.",
			"paid":      "The money has left the wallet.",
			"cancelled": "No money has moved. Ask the shop for a new payment.",
			"failed":    "No money has moved. Ask the shop for a new payment.",
			"expired":   "The time to pay is over, and no money has moved. Ask the shop for a new payment.",
			"unknown":   "There is no payment with this reference number or token. Use the webRedirectUrl or redirect_url unchanged.",
			"denied":    "The data-client-key of snap.js is not this mini app's. Use SELASAR_CHECKOUT_CLIENT_KEY.",
		},
		Problems: map[problem.Code]string{
			problem.InsufficientFunds: "The wallet is short. Top it up in the simulator, or pay with another user.",
			problem.AnswerInvalid:     "The PIN is six digits.",
			problem.Conflict:          "Nothing has changed: the sheet of this payment is open in the phone.",
			problem.MiniAppSuspended:  "This mini app is suspended, so it takes no payments.",
			problem.BadRequest:        "The form could not be read. Load this page again and retry.",
			problem.Unavailable:       "The database cannot store anything at the moment. Nothing has changed; try again soon.",
			problem.Internal:          "Something went wrong inside Selasar; its log says what. Nothing has changed.",
		},
		Months: [12]string{"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"},
		Clock:  "15:04:05",
	},
}
