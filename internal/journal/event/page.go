package event

import (
	"github.com/selasar/selasar/internal/journal"
	"github.com/selasar/selasar/internal/language"
)

// Lifted is the data of headers that were taken off the answer of a mini app's
// server.
type Lifted struct {
	Path   string   `json:"path"`
	Lifted []string `json:"lifted"` // each header with its value
}

// Unreachable is the data of a mini app's server that does not answer.
type Unreachable struct {
	Target    string        `json:"target"`
	Reason    UnreachReason `json:"reason"`
	Cause     string        `json:"cause,omitempty"`   // the network's own words
	Command   string        `json:"command,omitempty"` // dev.command
	Ended     *Command      `json:"ended,omitempty"`   // with command_exited: how
	LastLines []string      `json:"last_lines"`        // of the command's output
}

// UnreachReason is why a mini app's server does not answer.
type UnreachReason string

// The reasons.
const (
	CommandGone   UnreachReason = "command_exited"
	CommandSilent UnreachReason = "command_silent" // the command runs but does not listen at its address
	// CommandElsewhere: the command runs, and no port is found on which it listens.
	CommandElsewhere UnreachReason = "command_not_found"
	ServerSilent     UnreachReason = "server_silent" // the server is somebody else's to start
)

var unreachReasons = map[UnreachReason]struct{ words, advice language.Text }{
	CommandGone: {
		words:  language.Text{English: "{ended}", Indonesian: "{ended}"},
		advice: language.Text{English: "fix it and start selasar dev again", Indonesian: "perbaiki, lalu jalankan selasar dev lagi"},
	},
	CommandSilent: {
		words: silent,
		advice: language.Text{
			English:    "{command:quoted} is running; it must listen there, or dev.url in miniapp.json must name its address",
			Indonesian: "{command:quoted} berjalan; perintah itu harus membuka alamat tersebut, atau dev.url di miniapp.json harus menyebut alamatnya",
		},
	},
	CommandElsewhere: {
		words: language.Text{
			English:    "{command:quoted} is running, but Selasar finds no port on which it listens",
			Indonesian: "{command:quoted} berjalan, tetapi Selasar tidak menemukan port yang dibukanya",
		},
		advice: language.Text{
			English:    "let it listen on the port in the environment variable PORT, or set dev.url in miniapp.json to its address",
			Indonesian: "biarkan perintah itu membuka port dari variabel lingkungan PORT, atau isi dev.url di miniapp.json dengan alamatnya",
		},
	},
	ServerSilent: {
		words:  silent,
		advice: language.Text{English: "start the mini app's server there", Indonesian: "jalankan server mini app di alamat itu"},
	},
}

var silent = language.Text{English: "nothing answers at {target} ({cause})", Indonesian: "tidak ada yang menjawab di {target} ({cause})"}

func (r UnreachReason) wording() language.Text { return unreachReasons[r].words }

func (r UnreachReason) advice() language.Text { return unreachReasons[r].advice }

// PageProblem is the data of a page that the simulator's frame could not show, or that was
// refused what it asked for.
type PageProblem struct {
	Reason  PageReason `json:"reason"`
	Path    string     `json:"path,omitempty"`
	Origin  string     `json:"origin,omitempty"`  // with foreign_origin
	Status  int        `json:"status,omitempty"`  // with error_status
	Seconds int        `json:"seconds,omitempty"` // with slow
	Error   string     `json:"error,omitempty"`   // with threw and browser_refused: the browser's own words
	Feature string     `json:"feature,omitempty"` // with no_consent, no_feature, browser_refused and what a WebView refuses
	Target  string     `json:"target,omitempty"`  // with download_refused and window_refused: the beginning of the address
}

// PageReason is what is wrong with a page.
type PageReason string

// The reasons.
const (
	ForeignOrigin  PageReason = "foreign_origin"
	PageThrew      PageReason = "threw"
	PageStatus     PageReason = "error_status"
	PageSlow       PageReason = "slow"
	NeverReached   PageReason = "never_reached"
	NoConsent      PageReason = "no_consent"
	NoFeature      PageReason = "no_feature"
	BrowserRefused PageReason = "browser_refused"
	NoDownload     PageReason = "download_refused"
	NoWindow       PageReason = "window_refused"
	NoClipboard    PageReason = "clipboard_refused"
)

var pageReasons = map[PageReason]struct{ words, advice language.Text }{
	ForeignOrigin: {
		words:  language.Text{English: "the page wanted to open {origin}, and a mini app stays on its own origin", Indonesian: "halaman ingin membuka {origin}, padahal mini app tetap di origin-nya sendiri"},
		advice: language.Text{English: "open it with openDeeplink, or ask GoPay to add it to the mini app's domains", Indonesian: "buka dengan openDeeplink, atau minta GoPay menambahkannya ke domains mini app"},
	},
	PageThrew: {
		words:  language.Text{English: "the page threw an error at its start: {error}", Indonesian: "halaman melempar galat saat mulai: {error}"},
		advice: language.Text{English: "the browser's developer tools show where", Indonesian: "alat pengembang di browser menunjukkan letaknya"},
	},
	PageStatus: {
		words:  language.Text{English: "the mini app's server answered {path} with status {status}", Indonesian: "server mini app menjawab {path} dengan status {status}"},
		advice: language.Text{English: "the server's own log says why", Indonesian: "log server itu menyebutkan sebabnya"},
	},
	PageSlow: {
		words:  language.Text{English: "the mini app's server has not answered {path} for {seconds} seconds", Indonesian: "server mini app belum menjawab {path} selama {seconds} detik"},
		advice: language.Text{English: "a person would have left by now; answer first and load data afterwards", Indonesian: "orang sudah pergi saat ini; jawab dahulu, muat data kemudian"},
	},
	NeverReached: {
		words:  language.Text{English: "the page did not come from the mini app's server: a service worker or the browser's cache answered", Indonesian: "halaman tidak datang dari server mini app: service worker atau cache browser yang menjawab"},
		advice: language.Text{English: "expect an old page; send Cache-Control: no-cache, or unregister the worker while you develop", Indonesian: "halamannya mungkin usang; kirim Cache-Control: no-cache, atau hapus worker selama pengembangan"},
	},
	NoConsent: {
		words:  language.Text{English: "the page asked the browser for {feature}, and the user has not given that consent", Indonesian: "halaman meminta {feature} dari browser, dan pengguna belum memberi izinnya"},
		advice: language.Text{English: "declare the consent in miniapp.json and call getConsent first", Indonesian: "nyatakan izinnya di miniapp.json dan panggil getConsent dahulu"},
	},
	NoFeature: {
		words:  language.Text{English: "the page asked the browser for {feature}, which a mini app does not get", Indonesian: "halaman meminta {feature} dari browser, yang tidak diberikan kepada mini app"},
		advice: language.Text{English: "no consent exists for it", Indonesian: "tidak ada izin untuk itu"},
	},
	BrowserRefused: {
		words:  language.Text{English: "the browser refused {feature} to the page[: {error}]", Indonesian: "browser menolak {feature} untuk halaman[: {error}]"},
		advice: language.Text{English: "check the browser's own permission for this address", Indonesian: "periksa izin browser untuk alamat ini"},
	},
	NoDownload: {
		words:  language.Text{English: "the page wanted to download {target}, and a WebView does not download {feature} addresses", Indonesian: "halaman ingin mengunduh {target}, padahal WebView tidak mengunduh alamat {feature}"},
		advice: language.Text{English: "put the file on a server, and save it with GPFile.save; --webview=off allows what the browser allows", Indonesian: "letakkan berkas di server, lalu simpan dengan GPFile.save; --webview=off mengizinkan semua yang diizinkan browser"},
	},
	NoWindow: {
		words:  language.Text{English: "the page wanted a new window by {feature}[ for {target}], and a WebView has one window only", Indonesian: "halaman meminta jendela baru dengan {feature}[ untuk {target}], padahal WebView hanya punya satu jendela"},
		advice: language.Text{English: "open other sites with GPNavigator.launchUri, and own pages in this window; --webview=off allows what the browser allows", Indonesian: "buka situs lain dengan GPNavigator.launchUri, dan halaman sendiri di jendela ini; --webview=off mengizinkan semua yang diizinkan browser"},
	},
	NoClipboard: {
		words:  language.Text{English: "the page called navigator.clipboard.{feature}, which a WebView refuses[: {error}]", Indonesian: "halaman memanggil navigator.clipboard.{feature}, yang ditolak WebView[: {error}]"},
		advice: language.Text{English: "write text right after a tap, or with GPBase.copyToClipboard; --webview=off allows what the browser allows", Indonesian: "tulis teks tepat setelah ketukan, atau dengan GPBase.copyToClipboard; --webview=off mengizinkan semua yang diizinkan browser"},
	},
}

func (r PageReason) wording() language.Text { return pageReasons[r].words }

func (r PageReason) advice() language.Text { return pageReasons[r].advice }

// Known reports whether the reason exists.
func (r PageReason) Known() bool { _, ok := pageReasons[r]; return ok }

// Command is the data of dev.command in a phase of its life.
type Command struct {
	Command string     `json:"command"`
	Code    int        `json:"code"`            // exit code; -1 when a signal ended it; 0 until it has exited
	Last    []string   `json:"last"`            // its last lines of output, once it has exited
	Cause   string     `json:"cause,omitempty"` // the last line that says something, once it has exited
	Reason  ExitReason `json:"reason,omitempty"`
	Error   string     `json:"error,omitempty"` // the system's own words: "exit status 7"
}

// ExitReason is why dev.command has exited.
type ExitReason string

// The reasons.
const (
	ExitedItself ExitReason = "exited"
	ExitedFailed ExitReason = "failed"
	ExitedLost   ExitReason = "lost"
	ExitedAsked  ExitReason = "stopped"
)

var exitReasons = map[ExitReason]language.Text{
	ExitedItself: {English: "{command:quoted} ended[: {cause}]", Indonesian: "{command:quoted} berakhir[: {cause}]"},
	ExitedFailed: {English: "{command:quoted} ended with {error}[: {cause}]", Indonesian: "{command:quoted} berakhir dengan {error}[: {cause}]"},
	ExitedLost:   {English: "{command:quoted} was lost: {error}[: {cause}]", Indonesian: "{command:quoted} hilang: {error}[: {cause}]"},
	ExitedAsked:  {English: "{command:quoted} was stopped", Indonesian: "{command:quoted} dihentikan"},
}

func (c Command) wording() language.Text { return exitReasons[c.Reason] }

func (r ExitReason) wording() language.Text { return exitReasons[r] }

var commandNoun = language.Text{English: "dev.command", Indonesian: "dev.command"}

// The events of a mini app's pages and of the command that serves them:
// selasar dev only.
var (
	HeadersLifted = declare[Lifted](Declaration{
		Name: "headers.lifted", Kind: journal.Page, Outcome: journal.Info, When: "The mini app's server forbids framing; the simulator removed that header.",
		Title: language.Text{English: "headers lifted on {path}", Indonesian: "header dilepas pada {path}"},
		Message: language.Text{
			English:    "the page's server sends headers that would keep it out of this frame: {lifted:lines}",
			Indonesian: "server halaman mengirim header yang melarangnya tampil di bingkai ini: {lifted:lines}",
		},
		Next: language.Text{
			English:    "nothing to do here; a WebView is no frame and does not ask for them",
			Indonesian: "tidak perlu apa-apa; WebView bukan bingkai dan tidak menghiraukannya",
		},
	})
	PageUnreachable = declare[Unreachable](Declaration{
		Name: "page.unreachable", Kind: journal.Page, Outcome: journal.Failed, When: "The mini app's server stopped answering.",
		Title:   language.Text{English: "the mini app's page is unreachable", Indonesian: "halaman mini app tidak terjangkau"},
		Message: language.Text{English: "{reason}", Indonesian: "{reason}"}, Next: language.Text{English: "{reason:advice}", Indonesian: "{reason:advice}"},
	})
	PageTrouble = declare[PageProblem](Declaration{
		Name: "page.trouble", Kind: journal.Page, Outcome: journal.Warn, When: "The simulator's frame could not show a page, or a page was refused a feature of the browser.",
		Title:   language.Text{English: "trouble with the mini app's page", Indonesian: "masalah pada halaman mini app"},
		Message: language.Text{English: "{reason}", Indonesian: "{reason}"}, Next: language.Text{English: "{reason:advice}", Indonesian: "{reason:advice}"},
	})
	PageReachable = declare[None](Declaration{
		Name: "page.reachable", Kind: journal.Page, Outcome: journal.OK, When: "The mini app's server answers again.",
		Title: language.Text{English: "the mini app's page is reachable again", Indonesian: "halaman mini app terjangkau lagi"},
	})
	CommandStarting = declare[Command](Declaration{
		Name: "command.starting", Kind: journal.Command, Outcome: journal.Info, When: "dev.command was started.",
		Noun: commandNoun, Title: language.Text{English: "starting", Indonesian: "dimulai"},
	})
	CommandRunning = declare[Command](Declaration{
		Name: "command.running", Kind: journal.Command, Outcome: journal.Info, When: "dev.command listens.",
		Noun: commandNoun, Title: language.Text{English: "running", Indonesian: "berjalan"},
	})
	CommandExited = declare[Command](Declaration{
		Name: "command.exited", Kind: journal.Command, Outcome: journal.Failed, When: "dev.command has exited.",
		Noun: commandNoun, Title: language.Text{English: "exited", Indonesian: "berhenti"},
		Message: language.Text{English: "{reason}", Indonesian: "{reason}"},
	})
)
