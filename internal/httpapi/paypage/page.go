package paypage

import (
	"embed"
	"html/template"
	"log/slog"
	"net/http"
	"strings"

	"github.com/selasar/selasar/internal/httpapi/edge"
	"github.com/selasar/selasar/internal/payment"
	"github.com/selasar/selasar/internal/problem"
)

//go:embed page
var pageFiles embed.FS

var pageTemplate = template.Must(template.ParseFS(pageFiles, "page/payment.html"))

// show writes the page with the payment's current state.
func (d *door) show(w http.ResponseWriter, r *http.Request) {
	d.render(w, r, d.refOf(r), nil)
}

// refOf returns the reference number that a request names, directly or by a token of
// Snap Checkout; otherwise an empty string.
func (d *door) refOf(r *http.Request) string {
	if token := r.PathValue("token"); token != "" {
		return payment.OpenCheckout(d.Key, token)
	}
	return refIn(r)
}

// refIn returns the reference number in a query, which is that of the deeplink.
func refIn(r *http.Request) string {
	ref, _ := payment.Ref(strings.TrimSuffix(payment.Deeplink(""), "tref=") + r.URL.RawQuery)
	return ref
}

// choices are the page's buttons.
var choices = map[string]payment.Status{
	"pay": payment.StatusSuccess, "cancel": payment.StatusCancelled, "fail": payment.StatusFailed, "later": payment.StatusPending,
}

const maxForm = 4 << 10

// act runs the action of a button, then redirects to the page. So the page always shows
// the payment's state, and reloading it repeats no action.
func (d *door) act(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, maxForm)
	ref := d.refOf(r)
	err := d.settle(r, ref)
	if err != nil {
		edge.LogCause(r, problem.Of(err))
		d.render(w, r, ref, err)
		return
	}
	to := *r.URL
	query := to.Query()
	if query.Del("later"); r.PostForm.Get("choice") == "later" {
		query.Set("later", "1")
	}
	to.RawQuery = query.Encode()
	http.Redirect(w, r, to.RequestURI(), http.StatusSeeOther)
}

func (d *door) settle(r *http.Request, ref string) error {
	if err := r.ParseForm(); err != nil {
		return problem.New(problem.BadRequest, "the form could not be read")
	}
	status, ok := choices[r.PostForm.Get("choice")]
	switch {
	case !ok:
		return problem.New(problem.BadRequest, "choice is pay, cancel, fail or later")
	case ref == "":
		return payment.Unknown("")
	case status == payment.StatusSuccess && !sixDigits(r.PostForm.Get("pin")):
		return problem.New(problem.AnswerInvalid, "the PIN is six digits")
	}
	_, err := d.Payments.SettleAlone(r.Context(), ref, d.Payer(), status)
	if problem.Is(err, problem.InsufficientFunds) {
		d.Journal.Trace(payment.ShortWalletEntry(ref, "", err))
	}
	return err
}

func sixDigits(pin string) bool { return len(pin) == 6 && strings.Trim(pin, "0123456789") == "" }

func (d *door) render(w http.ResponseWriter, r *http.Request, ref string, failed error) {
	view, err := d.view(r, ref, failed)
	if err == nil && view.Report != nil && view.State == string(payment.Paid) {
		err = d.shown(r, ref)
	}
	if err != nil {
		edge.WriteProblem(w, r, err)
		return
	}
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Security-Policy", view.policy())
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "same-origin") // with no-referrer, the form's post would have no Origin
	h.Set("Cache-Control", "no-store")
	h.Set("Vary", "Accept-Language")
	w.WriteHeader(view.status)
	if err := pageTemplate.Execute(w, view); err != nil && r.Context().Err() == nil {
		slog.Error("writing the payment page", "error", err)
	}
}

// pageTypes lists the page's files with their media types.
var pageTypes = map[string]string{"page.css": "text/css; charset=utf-8", "frame.js": "text/javascript; charset=utf-8"}

func servePageFile(w http.ResponseWriter, r *http.Request) {
	name := r.PathValue("file")
	if pageTypes[name] == "" {
		edge.WriteProblem(w, r, problem.New(problem.NotFound, "there is no %s %s", r.Method, r.URL.Path))
		return
	}
	w.Header().Set("Content-Type", pageTypes[name])
	w.Header().Set("X-Content-Type-Options", "nosniff")
	w.Header().Set("Cache-Control", "no-cache")
	http.ServeFileFS(w, r, pageFiles, "page/"+name)
}
