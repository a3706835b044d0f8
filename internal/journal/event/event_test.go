package event

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/selasar/selasar/internal/journal"
	"github.com/selasar/selasar/internal/language"
)

func TestEntry_reads_in_both_languages(t *testing.T) {
	app := Scope{MiniAppID: "kopi"}
	try := func(reason TryReason, change func(*NotificationTry)) NotificationTry {
		d := NotificationTry{Notification: Notification{Description: "SUCCESS"}, Attempt: 1, URL: "http://x", Reason: reason}
		if change != nil {
			change(&d)
		}
		return d
	}
	for _, one := range []struct {
		entry               journal.Entry
		english, indonesian string // title, message and next
	}{
		{LaunchOpened.Entry(app, Launch{State: "open"}), "launch kopi||", "sesi kopi||"},
		{LaunchRefused.Entry(app, LaunchMove{Reason: ConsentDeclined, AppName: "Kopi", Missing: []ConsentName{"location", "bank_account"}}),
			"launch refused|a mandatory consent was declined: Kopi cannot be used without location, bank account|",
			"sesi ditolak|izin yang wajib ditolak: Kopi tidak dapat digunakan tanpa lokasi, rekening bank|"},
		{LaunchEnded.Entry(app, LaunchMove{Reason: UserClosed}), "launch ended|the user closed the mini app|", "sesi berakhir|pengguna menutup mini app|"},
		{LaunchEnded.Entry(app, LaunchMove{Reason: "newer_reason"}), "launch ended|newer_reason|", "sesi berakhir|newer_reason|"},
		{LaunchBlocked.Entry(app, LaunchBlock{}),
			`launch refused|mini app "kopi" is suspended by its operator|activate it: in the simulator's bar, or PATCH /control/v1/mini-app {"status":"active"}`,
			`sesi ditolak|mini app "kopi" ditangguhkan operatornya|aktifkan di bilah simulator, atau dengan PATCH /control/v1/mini-app {"status":"active"}`},
		{PaymentPaid.Entry(app, Payment{Amount: 15_000}), "payment paid Rp15.000||", "pembayaran lunas Rp15.000||"},
		{PaymentRefunded.Entry(app, Refund{Amount: 5_000, Paid: 15_000, Reason: "cold"}), "refunded Rp5.000 of Rp15.000|cold|", "dikembalikan Rp5.000 dari Rp15.000|cold|"},
		{PaymentUnproved.Entry(app, Unproved{AfterMS: 30_000}),
			"payment trusted without proof|the page was told success 30 s ago; since then the mini app's backend neither asked for the status nor took a notification|before you give anything out, ask /v1.0/debit/status on the backend, or wait for the notification: a page can be made to say anything",
			"pembayaran dipercaya tanpa bukti|halaman diberi tahu success 30 dtk yang lalu; sejak itu backend mini app tidak menanyakan status dan tidak menerima notifikasi|sebelum menyerahkan barang, tanyakan /v1.0/debit/status dari backend atau tunggu notifikasi: halaman bisa dibuat mengatakan apa saja"},
		{RewardGiven.Entry(app, Reward{Type: "GOPAY_COINS", Amount: 1_500}), "rewarded with 1,500 coins||", "diberi hadiah 1.500 koin||"},
		{RewardGiven.Entry(app, Reward{Type: "EMONEY", Amount: 1_500}), "rewarded with Rp1.500||", "diberi hadiah Rp1.500||"},
		{MessageShown.Entry(app, Message{Kind: "reminder", Template: "BILL"}), "reminder shown: BILL||", "pengingat ditampilkan: BILL||"},
		{FaultAdded.Entry(app, Fault{Operation: "status"}), "fault added: status||", "gangguan ditambahkan: status||"},
		{FaultAdded.Entry(app, Fault{Operation: "status", Code: "5045500"}), "fault added: status 5045500||", "gangguan ditambahkan: status 5045500||"},
		{ClockAdvanced.Entry(app, ClockMove{AdvancedMS: 90 * 60_000}), "clock advanced by 1 h 30 min||", "jam dimajukan 1 jam 30 mnt||"},
		{NotificationDelivered.Entry(app, try("", nil)), "notification SUCCESS delivered||", "notifikasi SUCCESS terkirim||"},
		{NotificationFailed.Entry(app, try(Redirected, func(d *NotificationTry) { d.HTTPStatus, d.Location = 302, "http://x/a" })),
			`notification SUCCESS not delivered|the receiver answered 302, to "http://x/a"; only 307 and 308 within the same origin are followed, at most three|set notification_url to http://x/a, or to the address that accepts it in the end`,
			`notifikasi SUCCESS tidak terkirim|penerima menjawab 302, ke "http://x/a"; hanya 307 dan 308 di origin yang sama yang diikuti, paling banyak tiga|isi notification_url dengan http://x/a, atau dengan alamat akhir yang menerimanya`},
		{NotificationDead.Entry(app, try(SenderStopped, nil)), "notification SUCCESS dead|broken off: Selasar was stopped|", "notifikasi SUCCESS menyerah|terputus: Selasar dihentikan|"},
		{CallSucceeded.Entry(app, Call{Method: "getLocation", Notes: []CallNote{
			{Code: UnknownParameters, Method: "getLocation", Names: []string{"a", "b"}}, {Code: PolicyShort, Balance: 10, Missing: 5},
		}}), `getLocation||getLocation does not know the parameters "a", "b"; they are ignored; the policy would pay, but the wallet holds Rp10, Rp5 short; top it up or pay with another user`,
			`getLocation||getLocation tidak mengenal parameter "a", "b"; parameter itu diabaikan; kebijakan jawaban akan membayar, tetapi dompet berisi Rp10, kurang Rp5; isi saldonya atau bayar dengan pengguna lain`},
		{CallFailed.Entry(Scope{Message: "Permission denied: as told"}, Call{Method: "getLocation"}), "getLocation|Permission denied: as told|", "getLocation|Permission denied: as told|"},
		{PageUnreachable.Entry(app, Unreachable{Target: "http://x", Reason: CommandGone, Ended: &Command{Command: "npm start", Reason: ExitedFailed, Error: "exit status 7", Last: []string{"two", "three"}, Cause: "three"}}),
			`the mini app's page is unreachable|"npm start" ended with exit status 7: three|fix it and start selasar dev again`,
			`halaman mini app tidak terjangkau|"npm start" berakhir dengan exit status 7: three|perbaiki, lalu jalankan selasar dev lagi`},
		{CommandExited.Entry(app, Command{Command: "npm start", Reason: ExitedItself}), `dev.command exited|"npm start" ended|`, `dev.command berhenti|"npm start" berakhir|`},
		{PageReachable.Entry(app, None{}), "the mini app's page is reachable again||", "halaman mini app terjangkau lagi||"},
	} {
		if got := read(one.entry); got != one.english {
			t.Errorf("%s reads\n%s, want\n%s", one.entry.Event, got, one.english)
		}
		if got := read(Render(one.entry, language.Indonesian)); got != one.indonesian {
			t.Errorf("%s reads\n%s, want\n%s", one.entry.Event, got, one.indonesian)
		}
		if got := read(Render(one.entry, language.English)); got != one.english {
			t.Errorf("%s does not stay in English: %s", one.entry.Event, got)
		}
	}
}

func read(e journal.Entry) string { return e.Title + "|" + e.Message + "|" + e.Next }

func TestEntry_carries_scope_name_kind_outcome_and_data(t *testing.T) {
	of := Scope{MiniAppID: "m", UserID: "u", LaunchID: "l", CallID: "c", Payment: "p", At: 7, Code: 300, Duration: 5 * time.Microsecond, Message: "told", Next: "do"}
	e := RequestFailed.Entry(of, Request{Method: "GET", Path: "/x"})
	e.Detail, e.Title = nil, ""
	want := journal.Entry{
		Event: "request.failed", Kind: journal.Request, Outcome: journal.Failed, MiniAppID: "m", UserID: "u", LaunchID: "l", CallID: "c", Payment: "p",
		At: 7, Code: 300, Duration: 5, Message: "told", Next: "do",
	}
	if got, _ := json.Marshal(e); string(got) != string(must(json.Marshal(want))) {
		t.Errorf("got %s, want %+v", got, want)
	}
	e = PaymentPaid.Entry(Scope{}, Payment{ReferenceNo: "r", State: "paid", Amount: 5, Title: "t", ExpiresAt: 9})
	if got, want := string(e.Detail), `{"reference_no":"r","state":"paid","amount":{"value":"5.00","currency":"IDR"},"title":"t","expires_at":9}`; got != want {
		t.Errorf("detail %s, want %s", got, want)
	}
	if e := PageReachable.Entry(Scope{}, None{}); e.Detail != nil {
		t.Errorf("an event without data has the detail %s", e.Detail)
	}
}

func must(data []byte, err error) []byte {
	if err != nil {
		panic(err)
	}
	return data
}

func TestRender_leaves_an_entry_that_it_does_not_know(t *testing.T) {
	for _, e := range []journal.Entry{
		{Title: "from before events had names"},
		{Event: "moon.landed", Title: "from a newer program"},
		{Event: "payment.paid", Title: "payment paid Rp5", Detail: json.RawMessage(`{"amount":{"value":"•••"}}`)},
		{Event: "payment.paid", Title: "payment paid Rp5"},
	} {
		if got := Render(e, language.Indonesian); got.Title != e.Title {
			t.Errorf("%+v became %+v", e, got)
		}
	}
}

func TestSpan_names_the_two_largest_units(t *testing.T) {
	for d, want := range map[time.Duration]string{
		0: "0 ms", time.Microsecond: "0 ms", 250 * time.Millisecond: "250 ms", 90 * time.Second: "1 mnt 30 dtk",
		24 * time.Hour: "1 hari", 25*time.Hour + time.Minute: "1 hari 1 jam", 24*time.Hour + time.Minute: "1 hari 1 mnt",
	} {
		if got := span(language.Indonesian, d); got != want {
			t.Errorf("%s is %q, want %q", d, got, want)
		}
	}
}

func TestGrouped_separates_thousands(t *testing.T) {
	for n, want := range map[int64]string{0: "0", 999: "999", 1_000: "1.000", 1_234_567: "1.234.567", -1_000: "-1.000"} {
		if got := grouped(language.Indonesian, n); got != want {
			t.Errorf("%d is %s, want %s", n, got, want)
		}
	}
	if got := grouped(language.English, 1_000); got != "1,000" {
		t.Errorf("in English 1000 is %s", got)
	}
}
