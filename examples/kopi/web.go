package main

import (
	"context"
	"embed"
	"encoding/json"
	"errors"
	"html/template"
	"io/fs"
	"log"
	"net/http"
	"strconv"
)

//go:embed page
var pageFiles embed.FS

// web is the HTTP API for the page.
type web struct {
	platform platform
	snap     *biSNAP
	sessions *sessions
	orders   *orders
	pages    *template.Template
	// container makes the page call the super app by gpContainer instead of MiniAppSDK.
	container bool
}

func newWeb(p platform, snap *biSNAP, container bool) *web {
	return &web{
		platform: p, snap: snap, container: container, sessions: newSessions(), orders: &orders{heard: map[string]bool{}},
		pages: template.Must(template.ParseFS(pageFiles, "page/*.html")),
	}
}

func (s *web) handler() http.Handler {
	files, _ := fs.Sub(pageFiles, "page/files")
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", s.page("index.html"))
	mux.HandleFunc("GET /orders", s.page("orders.html"))
	mux.HandleFunc("GET /jsapi", s.page("jsapi.html"))
	mux.HandleFunc("GET /{file}", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cache-Control", "no-cache")
		http.ServeFileFS(w, r, files, r.PathValue("file"))
	})
	mux.HandleFunc("POST /api/login", s.login)
	mux.HandleFunc("GET /api/menu", func(w http.ResponseWriter, _ *http.Request) { reply(w, http.StatusOK, menu) })
	mux.HandleFunc("GET /api/shops", s.shops)
	mux.HandleFunc("GET /api/orders", s.customers(s.history))
	mux.HandleFunc("POST /api/orders", s.customers(s.order))
	mux.HandleFunc("POST /api/orders/{number}/payment", s.customers(s.payAgain))
	mux.HandleFunc("POST /api/orders/{number}/refund", s.customers(s.refund))
	mux.HandleFunc("GET /api/orders/{number}", s.customers(s.show))
	mux.HandleFunc("POST "+notifyPath, s.notify)
	// Refuse requests from other sites, which would carry the customer's cookie.
	return http.NewCrossOriginProtection().Handler(mux)
}

// page serves a page. An import map tells the browser the address of the SDK, so that scripts import it by name, and
// which script calls the super app.
func (s *web) page(name string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Header().Set("Cache-Control", "no-store")
		data := map[string]any{"SDK": s.platform.url + "/sdk/miniapp-client.js", "Container": s.container}
		if err := s.pages.ExecuteTemplate(w, name, data); err != nil {
			log.Printf("writing %s: %v", name, err)
		}
	}
}

// login redeems the auth code that the page received from the super app, and sets a session cookie.
func (s *web) login(w http.ResponseWriter, r *http.Request) {
	var body struct {
		AuthCode string `json:"auth_code"`
	}
	if !read(w, r, &body) {
		return
	}
	token, accountID, err := s.platform.exchange(r.Context(), body.AuthCode)
	if err != nil {
		refuse(w, "logging in", err)
		return
	}
	c := &customer{accountID: accountID, token: token}
	// Without the profile consent there is no name. The shop works without it.
	if c.Name, err = s.platform.profile(r.Context(), c.token); err != nil {
		log.Printf("no profile: %v", err)
	}
	s.sessions.begin(w, c)
	reply(w, http.StatusOK, map[string]string{"name": c.Name})
}

func (s *web) shops(w http.ResponseWriter, r *http.Request) {
	latitude, err1 := strconv.ParseFloat(r.FormValue("latitude"), 64)
	longitude, err2 := strconv.ParseFloat(r.FormValue("longitude"), 64)
	if err1 != nil || err2 != nil {
		fail(w, http.StatusBadRequest, "latitude and longitude must be numbers")
		return
	}
	reply(w, http.StatusOK, nearest(latitude, longitude))
}

// order accepts an order and creates its payment. The answer contains the deeplink of the payment sheet.
func (s *web) order(w http.ResponseWriter, r *http.Request, c *customer) {
	var body struct {
		Shop  string         `json:"shop"`
		Items map[string]int `json:"items"`
	}
	if !read(w, r, &body) {
		return
	}
	total, what, err := price(body.Items)
	if err != nil {
		fail(w, http.StatusBadRequest, err.Error())
		return
	}
	placed := order{Number: s.orders.number(), Shop: body.Shop, What: what, Total: total, State: "created", owner: c.accountID}
	if placed.Payment, err = s.snap.makePayment(r.Context(), placed); err != nil {
		refuse(w, "making the payment", err)
		return
	}
	s.orders.add(placed)
	reply(w, http.StatusCreated, map[string]any{"order": placed, "deeplink": placed.Payment.Deeplink})
}

// payAgain returns the deeplink for another try: of the same payment while it can be paid, otherwise of a new one.
func (s *web) payAgain(w http.ResponseWriter, r *http.Request, c *customer) {
	known, ok := s.refresh(w, r, c)
	if !ok {
		return
	}
	switch known.State {
	case "paid", "refunded":
		fail(w, http.StatusConflict, "this order is paid")
		return
	case "created", "pending":
	default:
		made, err := s.snap.makePayment(r.Context(), known)
		if err != nil {
			refuse(w, "making the payment", err)
			return
		}
		s.orders.retry(known.Number, made)
		known.Payment, known.State = made, "created"
	}
	reply(w, http.StatusOK, map[string]any{"order": known, "deeplink": known.Payment.Deeplink})
}

// show returns an order after asking the platform for the state of its payment.
func (s *web) show(w http.ResponseWriter, r *http.Request, c *customer) {
	if known, ok := s.refresh(w, r, c); ok {
		reply(w, http.StatusOK, known)
	}
}

// history returns a customer's orders, newest first, without asking the platform.
func (s *web) history(w http.ResponseWriter, _ *http.Request, c *customer) {
	reply(w, http.StatusOK, s.orders.history(c.accountID))
}

// refund refunds an order.
func (s *web) refund(w http.ResponseWriter, r *http.Request, c *customer) {
	known, ok := s.refresh(w, r, c)
	if !ok {
		return
	}
	if known.State != "paid" {
		fail(w, http.StatusConflict, "only a paid order can be refunded; this one is "+known.State)
		return
	}
	if err := s.snap.refund(r.Context(), known); err != nil {
		refuse(w, "refunding", err)
		return
	}
	s.show(w, r, c)
}

// refresh finds the order of a request and asks the platform for the state of its payment.
func (s *web) refresh(w http.ResponseWriter, r *http.Request, c *customer) (order, bool) {
	known, ok := s.orders.of(c.accountID, r.PathValue("number"))
	if !ok {
		fail(w, http.StatusNotFound, "there is no such order")
		return order{}, false
	}
	known, err := s.ask(r.Context(), known)
	if err != nil {
		refuse(w, "asking for the payment", err)
		return order{}, false
	}
	return known, true
}

// ask asks the platform for the state of an order's payment and stores it. Nothing else sets an order to paid.
func (s *web) ask(ctx context.Context, o order) (order, error) {
	state, err := s.snap.paymentState(ctx, o.Payment)
	if err != nil {
		return o, err
	}
	s.orders.stand(o.Payment.ReferenceNo, state)
	known, _ := s.orders.of(o.owner, o.Number) // it may have another payment by now
	return known, nil
}

// customers refuses requests without a session.
func (s *web) customers(next func(http.ResponseWriter, *http.Request, *customer)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		c := s.sessions.of(r)
		if c == nil {
			fail(w, http.StatusUnauthorized, "log in first")
			return
		}
		next(w, r, c)
	}
}

// refuse answers with an error of the platform. Its text helps the developer and contains no secret.
func refuse(w http.ResponseWriter, doing string, err error) {
	log.Printf("%s: %v", doing, err)
	var refused *platformError
	var declined *snapError
	switch {
	case errors.As(err, &refused) && refused.Status < 500:
		fail(w, http.StatusBadRequest, refused.Description)
	case errors.As(err, &refused):
		fail(w, http.StatusBadGateway, refused.Error())
	case errors.As(err, &declined) && declined.Code < "5":
		fail(w, http.StatusBadRequest, declined.Code+" "+declined.Message)
	case errors.As(err, &declined):
		fail(w, http.StatusBadGateway, declined.Error())
	default:
		fail(w, http.StatusBadGateway, "the platform is unreachable")
	}
}

func read(w http.ResponseWriter, r *http.Request, body any) bool {
	if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, 64<<10)).Decode(body); err != nil {
		fail(w, http.StatusBadRequest, "the request is not the expected JSON")
		return false
	}
	return true
}

func reply(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	if err := json.NewEncoder(w).Encode(body); err != nil {
		log.Printf("answering: %v", err)
	}
}

func fail(w http.ResponseWriter, status int, message string) {
	reply(w, status, map[string]string{"error": message})
}
