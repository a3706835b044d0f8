package provider

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"

	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/strict"
	"github.com/selasar/selasar/internal/transfer"
	"github.com/selasar/selasar/internal/user"
)

// answer is the answer to one request, before it is signed.
type answer struct {
	status int
	body   any
}

// failure is the body of an answer that is no outcome.
type failure struct {
	Error string `json:"error"`
}

// ServeHTTP checks the signature of a request, serves it, and signs the answer.
func (p *Reference) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	secret, a := p.Secrets[0], answer{http.StatusUnauthorized, failure{"unauthorized"}}
	given := r.Header.Get(headerSignature)
	if by, ok := signed(p.Secrets, requestText(r.Method, r.URL.RequestURI(), r.Header, body), given); err == nil && ok && fresh(r.Header, p.Clock.Now()) {
		secret, a = by, p.route(r, body)
	}
	text, err := json.Marshal(a.body)
	if err != nil {
		slog.Error("encoding an answer of the reference provider", "error", err)
		a.status = http.StatusInternalServerError
	}
	h := w.Header()
	h.Set("Content-Type", "application/json")
	stamp(h, p.Clock.Now())
	h.Set(headerSignature, sign(secret, answerText(a.status, h, given, text)))
	w.WriteHeader(a.status)
	_, _ = w.Write(text) // a caller that is gone asks again
}

// route serves an authenticated request.
func (p *Reference) route(r *http.Request, body []byte) (a answer) {
	mux := http.NewServeMux()
	for pattern, serve := range p.routes(body) {
		mux.HandleFunc(pattern, func(_ http.ResponseWriter, r *http.Request) { a = serve(r) })
	}
	a = answer{http.StatusNotFound, failure{"not_found"}}
	mux.ServeHTTP(silent{http.Header{}}, r)
	return a
}

// routes are the requests of spec/provider.yaml, for a request's body.
func (p *Reference) routes(body []byte) map[string]func(*http.Request) answer {
	return map[string]func(*http.Request) answer{
		"POST /charges": func(r *http.Request) answer {
			var in chargeBody
			if err := decode(body, &in); err != nil || in.ChargeID != r.Header.Get(headerKey) || in.Amount < 1 || in.UserID == "" {
				return answer{http.StatusBadRequest, failure{"malformed"}}
			}
			return result(p.charge(r.Context(), in))
		},
		"POST /refunds": func(r *http.Request) answer {
			var in refundBody
			if err := decode(body, &in); err != nil || in.RefundID != r.Header.Get(headerKey) || in.Amount < 1 {
				return answer{http.StatusBadRequest, failure{"malformed"}}
			}
			return result(p.refund(r.Context(), in))
		},
		"POST /charges/{id}/cancel": func(r *http.Request) answer { return result(p.cancel(r.Context(), r.PathValue("id"))) },
		"GET /charges/{id}":         func(r *http.Request) answer { return p.found(r, transfer.Charge) },
		"GET /refunds/{id}":         func(r *http.Request) answer { return p.found(r, transfer.Refund) },
		"GET /users/{id}": func(r *http.Request) answer {
			return p.person(r, func(u user.User) any { return profileBody{u.Name, u.Username, u.Phone, u.Email} })
		},
		"GET /users/{id}/bank-account": func(r *http.Request) answer {
			return p.person(r, func(u user.User) any { return bankBody{u.Bank.Code, u.Bank.Name, u.Bank.Number} })
		},
	}
}

// silent receives what the mux writes about unknown paths.
type silent struct{ h http.Header }

func (s silent) Header() http.Header         { return s.h }
func (s silent) Write(b []byte) (int, error) { return len(b), nil }
func (s silent) WriteHeader(int)             {}

func decode(body []byte, v any) error {
	d := json.NewDecoder(bytes.NewReader(body))
	if err := d.Decode(v); err != nil {
		return err
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return errors.New("there is more than one JSON value")
	}
	return nil
}

func result(o outcome, err error) answer {
	switch {
	case errors.Is(err, context.Canceled): // the caller has gone, and asks again
		return answer{http.StatusServiceUnavailable, failure{"cancelled"}}
	case errors.Is(err, errOtherContent):
		return answer{http.StatusConflict, failure{"id_reused"}}
	case err != nil:
		slog.Error("the reference provider failed", "error", err)
		return answer{http.StatusInternalServerError, failure{"internal"}}
	}
	return answer{http.StatusOK, o}
}

func (p *Reference) found(r *http.Request, kind transfer.Kind) answer {
	o, found, err := p.look(r.Context(), kind, r.PathValue("id"))
	if err == nil && !found {
		return answer{http.StatusNotFound, failure{"not_found"}}
	}
	return result(o, err)
}

// person returns a part of a user.
func (p *Reference) person(r *http.Request, part func(user.User) any) answer {
	u, err := p.user(r.Context(), r.PathValue("id"))
	switch {
	case problem.Is(err, problem.UserUnknown):
		return answer{http.StatusNotFound, failure{"not_found"}}
	case err != nil:
		return result(outcome{}, err)
	}
	return answer{http.StatusOK, part(u)}
}

func (p *Reference) user(ctx context.Context, id string) (u user.User, err error) {
	if !strict.Line(id) {
		return u, user.Unknown(id)
	}
	err = p.DB.Read(ctx, func(tx ReferenceTx) (err error) { u, err = tx.Users().Get(ctx, id); return err })
	return u, err
}
