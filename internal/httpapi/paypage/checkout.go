package paypage

import (
	"net"
	"net/http"
	"net/url"
	"regexp"
	"time"

	"github.com/selasar/selasar/internal/clock"
	"github.com/selasar/selasar/internal/httpapi/edge"
	"github.com/selasar/selasar/internal/jsapi"
	"github.com/selasar/selasar/internal/miniapp"
	"github.com/selasar/selasar/internal/payment"
)

// checkoutReport is the message from the page in a frame to snap.js. Its result is null
// until the user has finished.
type checkoutReport struct {
	Type   string          `json:"type"`
	To     string          `json:"to"` // the origin that may read it
	Result *checkoutResult `json:"result"`
}

// checkoutResult is the object that the callbacks of snap.js get.
type checkoutResult struct {
	StatusCode    string `json:"status_code"`
	StatusMessage string `json:"status_message"`
	TransactionID string `json:"transaction_id,omitempty"`
	OrderID       string `json:"order_id,omitempty"`
	GrossAmount   string `json:"gross_amount,omitempty"`
	PaymentType   string `json:"payment_type,omitempty"`
	Time          string `json:"transaction_time,omitempty"`
	Status        string `json:"transaction_status,omitempty"`
	FraudStatus   string `json:"fraud_status,omitempty"`
	FinishURL     string `json:"finish_redirect_url,omitempty"`
}

// outcomes maps the states of the page to Snap's results.
var outcomes = map[string]checkoutResult{
	"paid":      {StatusCode: "200", Status: "settlement", StatusMessage: "Success, transaction is found"},
	"later":     {StatusCode: "201", Status: "pending", StatusMessage: "Transaction is pending"},
	"failed":    {StatusCode: "202", Status: "deny", StatusMessage: "Transaction is denied"},
	"cancelled": {StatusCode: "202", Status: "cancel", StatusMessage: "Transaction is cancelled by the customer"},
	"expired":   {StatusCode: "407", Status: "expire", StatusMessage: "Transaction is expired"},
	"unknown":   {StatusCode: "404", StatusMessage: "Transaction doesn't exist; the token is not one of this platform"},
	"denied":    {StatusCode: "401", StatusMessage: "Access denied due to unauthorized transaction, please check client or server key"},
}

// checkoutView adds the parts for a payment of Snap Checkout.
func (d *door) checkoutView(r *http.Request, v pageView, paid payment.Payment) (pageView, error) {
	if paid.Via != payment.ByCheckout {
		v.embedder = ""
		return v, nil
	}
	if v.embedder != "" {
		set, err := d.Credentials.Of(r.Context(), paid.MiniAppID)
		if err != nil {
			return v, err
		}
		if r.URL.Query().Get("client_key") != set.Checkout.ClientKey {
			v.State, v.status, v.Ref = "denied", http.StatusForbidden, ""
			v.Heading, v.Says = v.T.Headings[v.State], v.T.Says[v.State]
		}
	}
	v.Later = true
	v.Report = v.report(paid)
	if result := v.result(paid); v.embedder == "" && result != nil {
		v.Finish = result.FinishURL
	}
	return v, nil
}

func (v pageView) report(p payment.Payment) *checkoutReport {
	if v.embedder == "" {
		return nil
	}
	return &checkoutReport{"selasar.checkout", v.embedder, v.result(p)}
}

// result describes how a payment ended, or was left; otherwise nil.
func (v pageView) result(p payment.Payment) *checkoutResult {
	r, over := outcomes[v.State]
	if !over {
		return nil
	}
	if v.Ref == "" {
		return &r
	}
	r.TransactionID, r.OrderID, r.GrossAmount, r.PaymentType, r.FraudStatus = p.Ref, p.PartnerRef, p.Amount.Decimal(), "gopay", p.Fraud()
	r.Time = time.UnixMilli(p.CreatedAt).In(clock.Jakarta).Format(time.DateTime)
	if page := p.CheckoutDetails().Finish; page != "" {
		r.FinishURL = r.finish(page)
	}
	return &r
}

// finish adds the payment's state to a page's URL, as Snap does.
func (r checkoutResult) finish(page string) string {
	u, err := url.Parse(page)
	if err != nil {
		return ""
	}
	query := u.Query()
	query.Set("order_id", r.OrderID)
	query.Set("status_code", r.StatusCode)
	query.Set("transaction_status", r.Status)
	u.RawQuery = query.Encode()
	return u.String()
}

// embedder returns the origin of the page that shows this one in a frame, if it is a
// mini app's page: the port of the mini app, with a name of this machine alone or the name
// by which this page was reached.
func (d *door) embedder(r *http.Request) (origin string, err error) {
	claimed, err := url.Parse(r.URL.Query().Get("embed"))
	if err != nil || !plainHost.MatchString(claimed.Host) || !edge.Loopback(claimed.Host) && claimed.Hostname() != hostname(r.Host) {
		return "", nil
	}
	var apps []miniapp.App
	err = d.DB.Read(r.Context(), func(tx jsapi.Tx) (err error) {
		apps, err = tx.MiniApps().List(r.Context())
		return err
	})
	for _, app := range apps {
		own, err := url.Parse(app.Origin)
		if err == nil && own.Scheme == claimed.Scheme && own.Port() == claimed.Port() {
			return claimed.Scheme + "://" + claimed.Host, nil
		}
	}
	return "", err
}

func hostname(host string) string { return (&url.URL{Host: host}).Hostname() }

// beside returns the origin of the simulator that shows a mini app: the same name of
// this machine, with the port of these APIs.
func beside(embedder, host string) string {
	u, err := url.Parse(embedder)
	_, port, split := net.SplitHostPort(host)
	if err != nil || split != nil || u.Host == "" {
		return "'self'"
	}
	return u.Scheme + "://" + net.JoinHostPort(u.Hostname(), port)
}

// plainHost matches a host that is safe in a policy: it has no separator of a policy.
var plainHost = regexp.MustCompile(`^[A-Za-z0-9.:\[\]-]+$`)

// shown records that the mini app's page gets the result of a payment.
func (d *door) shown(r *http.Request, ref string) error {
	return d.Payments.DB.Write(r.Context(), func(tx payment.Tx) error {
		return d.Payments.Shown(r.Context(), tx, ref)
	})
}

// serveSnapJS serves the script that a mini app's page loads.
func serveSnapJS(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("Content-Type", "text/javascript; charset=utf-8")
	h.Set("Access-Control-Allow-Origin", "*")
	h.Set("Cross-Origin-Resource-Policy", "cross-origin")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Cache-Control", "no-cache")
	http.ServeFileFS(w, r, pageFiles, "page/snap.js")
}
