package paypage

import (
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/selasar/selasar/internal/httpapi/edge"
	"github.com/selasar/selasar/internal/jsapi"
	"github.com/selasar/selasar/internal/language"
	"github.com/selasar/selasar/internal/miniapp"
	"github.com/selasar/selasar/internal/money"
	"github.com/selasar/selasar/internal/payment"
	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/user"
)

// pageView is the content of the payment page.
type pageView struct {
	Lang     language.Language
	T        texts
	State    string // open, held, later, a final state of the payment, unknown, or denied
	Heading  string
	Says     string // one line on the state
	Problem  string // why the last button changed nothing
	App      string
	Icon     string
	Amount   money.Rupiah
	Refunded money.Rupiah
	Title    string
	Ref      string
	Until    string
	Payer    string
	Balance  money.Rupiah
	Short    money.Rupiah // what the wallet lacks
	Reload   string
	Later    bool            // whether there is a button to pay later
	Finish   string          // the address to which the user goes afterwards
	Report   *checkoutReport // the message to the page with the frame

	embedder  string // the origin of the page with the frame
	simulator string // the origin of the simulator, which shows that page in a frame
	status    int
}

// Open reports whether the payment can be paid now.
func (v pageView) Open() bool { return v.State == "open" }

// view returns the content for a payment; failed is the error of a button, or nil.
func (d *door) view(r *http.Request, ref string, failed error) (v pageView, err error) {
	v = pageView{Lang: language.Preferred(r.Header.Get("Accept-Language"), language.Indonesian), Reload: withoutLater(r), status: http.StatusOK}
	v.T = pageTexts[v.Lang]
	var (
		paid  payment.Payment
		app   miniapp.App
		payer user.User
	)
	if v.embedder, err = d.embedder(r); err != nil {
		return v, err
	}
	v.simulator = beside(v.embedder, r.Host)
	if ref == "" {
		return v.unknown(), nil
	}
	err = d.DB.Read(r.Context(), func(tx jsapi.Tx) (err error) {
		if paid, err = tx.Payments().Get(r.Context(), ref); err != nil {
			return err
		}
		if app, err = tx.MiniApps().Get(r.Context(), paid.MiniAppID); err != nil {
			return err
		}
		payer, err = tx.Users().Get(r.Context(), d.Payer())
		return err
	})
	if problem.Is(err, problem.PaymentUnknown) {
		return v.unknown(), nil
	}
	if err != nil {
		return v, err
	}
	app = d.Apps.At(r.Host, app)
	v.App, v.Icon = app.Name, d.Apps.Icon(app)
	v.Amount, v.Refunded, v.Title, v.Ref = paid.Amount, paid.Refunded, paid.Title, paid.Ref
	v.Until = v.T.momentOf(paid.ExpiresAt)
	v.Payer, v.Balance, v.Short = payer.Name, payer.Balance, max(0, paid.Amount-payer.Balance)
	v.stand(paid, d.Clock.Now(), r.URL.Query().Has("later"))
	v.refuse(failed)
	return d.checkoutView(r, v, paid)
}

// withoutLater returns the page's address without the choice to pay later.
func withoutLater(r *http.Request) string {
	to := *r.URL
	query := to.Query()
	query.Del("later")
	to.RawQuery = query.Encode()
	return to.RequestURI()
}

func (v pageView) unknown() pageView {
	v.State, v.status = "unknown", http.StatusNotFound
	v.Heading, v.Says = v.T.Headings[v.State], v.T.Says[v.State]
	v.Report = v.report(payment.Payment{})
	return v
}

// stand sets the payment's state and its text.
func (v *pageView) stand(p payment.Payment, now time.Time, later bool) {
	switch {
	case p.State.Final():
		v.State = string(p.State)
	case p.SheetAsk != "":
		v.State = "held"
	case now.UnixMilli() >= p.ExpiresAt:
		v.State = string(payment.Expired)
	case later && p.State == payment.Pending:
		v.State = "later"
	default:
		v.State = "open"
	}
	v.Heading, v.Says = v.T.Headings[v.State], v.T.Says[v.State]
}

// refuse sets the reason why a button changed nothing.
func (v *pageView) refuse(failed error) {
	if failed == nil {
		return
	}
	p := problem.Of(failed)
	v.Problem = v.T.Problems[p.Code]
	if v.Problem == "" {
		v.Problem = p.Message
	}
	v.status = edge.StatusOf(p)
}

// policy returns the page's content security policy. It allows the page's own files,
// the mini app's icon, and a form to the same origin. Only the mini app's own page may
// show it in a frame; only there it has a script.
func (v pageView) policy() string {
	pictures := "img-src data:"
	if u, err := url.Parse(v.Icon); err == nil && u.Host != "" {
		pictures += " " + u.Scheme + "://" + u.Host
	}
	parts := []string{"default-src 'none'", "style-src 'self'", pictures, "form-action 'self'", "base-uri 'none'"}
	if v.embedder == "" {
		return strings.Join(append(parts, "frame-ancestors 'none'"), "; ")
	}
	return strings.Join(append(parts, "script-src 'self'", "connect-src 'self'", "frame-ancestors "+v.embedder+" "+v.simulator), "; ")
}
