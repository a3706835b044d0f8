package main

import (
	"encoding/json"
	"errors"
	"io"
	"log"
	"net/http"
)

// server serves the API of spec/provider.yaml.
type server struct {
	books   *ledger
	people  map[string]person
	secrets []string
}

const maxBody = 64 << 10

// ServeHTTP checks the signature of a request, serves it, and signs the answer.
func (s *server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	if err != nil {
		return // the caller asks again
	}
	secret, status, value := s.secrets[0], http.StatusUnauthorized, any(failure("unauthorized"))
	if by := signedBy(s.secrets, r, body); by != "" {
		secret = by
		status, value = s.route(r, body)
	}
	text, err := json.Marshal(value)
	if err != nil {
		log.Print(err)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	signAnswer(w.Header(), secret, status, r.Header.Get("Selasar-Signature"), text)
	w.WriteHeader(status)
	_, _ = w.Write(text)
}

func failure(code string) map[string]string { return map[string]string{"error": code} }

func (s *server) route(r *http.Request, body []byte) (status int, value any) {
	mux := http.NewServeMux()
	add := func(pattern string, do func(r *http.Request) (int, any)) {
		mux.HandleFunc(pattern, func(_ http.ResponseWriter, r *http.Request) { status, value = do(r) })
	}
	add("POST /charges", func(r *http.Request) (int, any) {
		var in struct {
			ID      string `json:"charge_id"`
			User    string `json:"user_id"`
			Payment string `json:"payment_ref"`
			Amount  int64  `json:"amount"`
		}
		if json.Unmarshal(body, &in) != nil || in.ID == "" || in.ID != r.Header.Get("Idempotency-Key") || in.Amount < 1 {
			return http.StatusBadRequest, failure("malformed")
		}
		return outcome(s.books.charge(entry{ID: in.ID, Kind: "charge", User: in.User, Amount: in.Amount, Memo: in.Payment}))
	})
	add("POST /refunds", func(r *http.Request) (int, any) {
		var in struct {
			ID     string `json:"refund_id"`
			Charge string `json:"charge_id"`
			Amount int64  `json:"amount"`
		}
		if json.Unmarshal(body, &in) != nil || in.ID == "" || in.ID != r.Header.Get("Idempotency-Key") || in.Amount < 1 {
			return http.StatusBadRequest, failure("malformed")
		}
		return outcome(s.books.refund(entry{ID: in.ID, Kind: "refund", Charge: in.Charge, Amount: in.Amount}))
	})
	add("POST /charges/{id}/cancel", func(r *http.Request) (int, any) { return outcome(s.books.cancel(r.PathValue("id"))) })
	add("GET /charges/{id}", func(r *http.Request) (int, any) { return s.look(r.PathValue("id"), "charge") })
	add("GET /refunds/{id}", func(r *http.Request) (int, any) { return s.look(r.PathValue("id"), "refund") })
	add("GET /users/{id}", func(r *http.Request) (int, any) {
		return s.user(r, func(p person) any {
			return map[string]string{"name": p.Name, "username": p.Username, "phone_number": p.Phone, "email": p.Email}
		})
	})
	add("GET /users/{id}/bank-account", func(r *http.Request) (int, any) { return s.user(r, func(p person) any { return p.Bank }) })
	status, value = http.StatusNotFound, failure("not_found")
	mux.ServeHTTP(nowhere{http.Header{}}, r)
	return status, value
}

// nowhere receives what the mux writes about unknown paths.
type nowhere struct{ h http.Header }

func (n nowhere) Header() http.Header         { return n.h }
func (n nowhere) Write(b []byte) (int, error) { return len(b), nil }
func (n nowhere) WriteHeader(int)             {}

func outcome(e entry, err error) (int, any) {
	switch {
	case errors.Is(err, errReused):
		return http.StatusConflict, failure("id_reused")
	case err != nil:
		log.Print(err)
		return http.StatusInternalServerError, failure("internal")
	}
	return http.StatusOK, map[string]string{"state": e.State, "reason": e.Reason}
}

func (s *server) look(id, kind string) (int, any) {
	e, found := s.books.get(id, kind)
	if !found {
		return http.StatusNotFound, failure("not_found")
	}
	return outcome(e, nil)
}

func (s *server) user(r *http.Request, part func(person) any) (int, any) {
	p, found := s.people[r.PathValue("id")]
	if !found {
		return http.StatusNotFound, failure("not_found")
	}
	return http.StatusOK, part(p)
}
