package event

import (
	"slices"

	"github.com/selasar/selasar/internal/language"
)

// Reason is a code for why a launch, an ask, a subscription or a job ended. It is the
// one list of such codes: in the journal, in the events of hosts, and in their launches.
type Reason string

// The reasons of a launch.
const (
	UserClosed      Reason = "user_closed"
	OperatorClosed  Reason = "operator_closed"
	ConsentTimeout  Reason = "consent_timeout"
	ConsentDeclined Reason = "consent_declined"
	HostGone        Reason = "host_gone"
	PlatformReset   Reason = "platform_reset"
	AppSuspended    Reason = "mini_app_suspended"
)

// The reasons of asks, subscriptions and jobs.
const (
	Deadline         Reason = "deadline"
	LaunchOver       Reason = "launch_ended"
	PaymentWithdrawn Reason = "payment_cancelled"
	PageGone         Reason = "page_gone"         // the page of the call went away
	Elsewhere        Reason = "settled_elsewhere" // for example, the user gave the consent in the settings
	Answered         Reason = "answered"          // by another client of the launch
	SameSheet        Reason = "same_sheet"        // with another call that asked the same question
	Stopped          Reason = "stopped"
	Replaced         Reason = "replaced"
	NotPermitted     Reason = "not_permitted"
	Broken           Reason = "failed"
	PlatformStopped  Reason = "platform_stopped"
)

var reasons = map[Reason]language.Text{
	OperatorClosed:  {English: "the operator ended the launch", Indonesian: "operator mengakhiri sesi"},
	UserClosed:      {English: "the user closed the mini app", Indonesian: "pengguna menutup mini app"},
	ConsentTimeout:  {English: "nobody answered the consent sheet in time", Indonesian: "lembar izin tidak dijawab tepat waktu"},
	ConsentDeclined: {English: "a mandatory consent was declined", Indonesian: "izin yang wajib ditolak"},
	HostGone:        {English: "its host has gone and did not come back", Indonesian: "host-nya hilang dan tidak kembali"},
	PlatformReset:   {English: "the platform was reset", Indonesian: "platform diatur ulang"},
	AppSuspended:    {English: "the mini app was suspended", Indonesian: "mini app ditangguhkan"},

	Deadline:         {English: "its time was up", Indonesian: "waktunya habis"},
	LaunchOver:       {English: "its launch ended", Indonesian: "sesinya berakhir"},
	PaymentWithdrawn: {English: "its payment was cancelled", Indonesian: "pembayarannya dibatalkan"},
	PageGone:         {English: "its page went away", Indonesian: "halamannya pergi"},
	Elsewhere:        {English: "it was settled elsewhere", Indonesian: "diselesaikan di tempat lain"},
	Answered:         {English: "another client answered it", Indonesian: "dijawab klien lain"},
	SameSheet:        {English: "the sheet of another call answered it", Indonesian: "dijawab di lembar panggilan lain"},
	Stopped:          {English: "the mini app stopped it", Indonesian: "mini app menghentikannya"},
	Replaced:         {English: "the mini app started it again", Indonesian: "mini app memulainya lagi"},
	NotPermitted:     {English: "it is no longer permitted", Indonesian: "tidak diizinkan lagi"},
	Broken:           {English: "it failed", Indonesian: "gagal"},
	PlatformStopped:  {English: "Selasar was stopped", Indonesian: "Selasar dihentikan"},
}

func (r Reason) wording() language.Text { return reasons[r] }

// In returns the words of a reason.
func (r Reason) In(l language.Language) string { return reasons[r].In(l) }

// Settler is a code for how an ask was settled: who answered it, or the [Reason] for
// which it was closed without an answer.
type Settler string

// The settlers that answer.
const (
	ByPage   Settler = "page"   // a person, or the host
	ByDevice Settler = "device" // the simulated device
	ByPolicy Settler = "policy" // the automatic answers of selasar dev
)

// closers are the reasons for which an ask is closed without an answer of its own.
var closers = []Reason{Deadline, LaunchOver, PaymentWithdrawn, PageGone, Elsewhere, Answered, SameSheet}

var settlers = func() map[Settler]language.Text {
	all := map[Settler]language.Text{
		ByPage:   {English: "page", Indonesian: "halaman"},
		ByDevice: {English: "device", Indonesian: "perangkat"},
		ByPolicy: {English: "automatic answer", Indonesian: "jawaban otomatis"},
	}
	for _, r := range closers {
		all[Settler(r)] = reasons[r]
	}
	return all
}()

func (s Settler) wording() language.Text { return settlers[s] }

// Reasons returns every reason, in the order of the alphabet.
func Reasons() []string {
	list := make([]string, 0, len(reasons))
	for r := range reasons {
		list = append(list, string(r))
	}
	slices.Sort(list)
	return list
}
