package paypage

import (
	"errors"
	"html/template"
	"log/slog"
	"net/http"

	"github.com/selasar/selasar/internal/clock"
	"github.com/selasar/selasar/internal/httpapi"
	"github.com/selasar/selasar/internal/httpapi/edge"
	"github.com/selasar/selasar/internal/jsapi"
	"github.com/selasar/selasar/internal/language"
	"github.com/selasar/selasar/internal/miniapp"
	"github.com/selasar/selasar/internal/money"
	"github.com/selasar/selasar/internal/payment"
	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/store"
)

// LinkConfig configures NewLink.
type LinkConfig struct {
	DB    store.Database[jsapi.Tx]
	Clock clock.Clock
}

// NewLink returns the door of an operator's platform at the address of a payment
// (webRedirectUrl). A browser does not know the user of the super app, so that its page
// cannot pay: it shows the payment, and leads into the super app by the deeplink.
func NewLink(c LinkConfig) (httpapi.Door, error) {
	if c.DB == nil || c.Clock == nil {
		return httpapi.Door{}, errors.New("paypage: the database and the clock must be set")
	}
	return httpapi.Door{
		Routes: []httpapi.Route{
			{Pattern: "GET " + Path, Demand: httpapi.Anyone, Handler: http.HandlerFunc(c.show)},
			{Pattern: "GET " + Path + "/{file}", Demand: httpapi.Anyone, Handler: http.HandlerFunc(servePageFile)},
		},
		Prefixes: []httpapi.Prefix{{Path: "/app/"}},
	}, nil
}

var linkTemplate = template.Must(template.ParseFS(pageFiles, "page/link.html"))

// linkView is the content of the page.
type linkView struct {
	Lang    language.Language
	T       texts
	State   string // open, a final state of the payment, or unknown
	Heading string
	Says    string
	App     string
	Amount  money.Rupiah
	Until   string
	Link    template.URL // the deeplink; empty unless the payment is open
	Open    string       // the text of the link
}

// linkTexts are the heading, the line and the link of an open payment.
var linkTexts = map[language.Language][3]string{
	language.Indonesian: {"Bayar di aplikasi", "Pembayaran ini diselesaikan di dalam super app.", "Buka aplikasi"},
	language.English:    {"Pay in the app", "This payment is paid in the super app.", "Open the app"},
}

func (c LinkConfig) show(w http.ResponseWriter, r *http.Request) {
	v, status, err := c.view(r)
	if err != nil {
		edge.WriteProblem(w, r, err)
		return
	}
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Security-Policy", "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cache-Control", "no-store")
	h.Set("Vary", "Accept-Language")
	w.WriteHeader(status)
	if err := linkTemplate.Execute(w, v); err != nil && r.Context().Err() == nil {
		slog.Error("writing the payment page", "error", err)
	}
}

func (c LinkConfig) view(r *http.Request) (v linkView, status int, err error) {
	v = linkView{Lang: language.Preferred(r.Header.Get("Accept-Language"), language.Indonesian), State: "unknown"}
	v.T = pageTexts[v.Lang]
	ref := refIn(r)
	var paid payment.Payment
	var app miniapp.App
	err = c.DB.Read(r.Context(), func(tx jsapi.Tx) (err error) {
		if paid, err = tx.Payments().Get(r.Context(), ref); err == nil {
			app, err = tx.MiniApps().Get(r.Context(), paid.MiniAppID)
		}
		return err
	})
	switch {
	case problem.Is(err, problem.PaymentUnknown):
		v.Heading, v.Says = v.T.Headings[v.State], v.T.Says[v.State]
		return v, http.StatusNotFound, nil
	case err != nil:
		return v, 0, err
	}
	v.App, v.Amount = app.Name, paid.Amount
	v.stand(paid, c.Clock.Now().UnixMilli())
	return v, http.StatusOK, nil
}

// stand sets the payment's state and its texts.
func (v *linkView) stand(p payment.Payment, now int64) {
	switch {
	case p.State.Final():
		v.State = string(p.State)
	case now >= p.ExpiresAt:
		v.State = string(payment.Expired)
	default:
		words := linkTexts[v.Lang]
		v.State, v.Heading, v.Says, v.Open = "open", words[0], words[1], words[2]
		v.Until, v.Link = v.T.momentOf(p.ExpiresAt), template.URL(payment.Deeplink(p.Ref))
		return
	}
	v.Heading, v.Says = v.T.Headings[v.State], v.T.Says[v.State]
}
