package edge

import (
	"bytes"
	"encoding/json"
	"log/slog"
	"net/http"
	"strconv"

	"github.com/selasar/selasar/internal/limit"
)

// Endpoint handles a request of Selasar's own APIs. It returns a value to write
// as JSON, nil for status 204, or a problem.
type Endpoint func(r *http.Request) (any, error)

// Created marks a result that is written with status 201 instead of 200.
type Created struct{ Body any }

// ServeHTTP writes the endpoint's result as JSON.
func (e Endpoint) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	result, err := e(r)
	if err != nil {
		WriteProblem(w, r, err)
		return
	}
	switch a := result.(type) {
	case nil:
		w.WriteHeader(http.StatusNoContent)
	case Created:
		WriteJSON(w, http.StatusCreated, a.Body)
	default:
		WriteJSON(w, http.StatusOK, a)
	}
}

// Encode returns v as JSON in which only control characters and quotes are
// escaped. It ends with a line feed.
func Encode(v any) ([]byte, error) {
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false)
	err := enc.Encode(v)
	return buf.Bytes(), err
}

// WriteJSON writes a JSON response.
func WriteJSON(w http.ResponseWriter, status int, body any) {
	a := JSON(status, body)
	a.Write(w)
}

// JSON returns an answer with body as JSON. If encoding fails, it logs the error and
// returns status 500.
func JSON(status int, body any) Answer {
	data, err := Encode(body)
	if err != nil {
		slog.Error("writing an answer", "error", err)
		return Answer{Status: http.StatusInternalServerError, Body: []byte(`{"error":{"code":"internal","message":"the answer could not be written"}}`)}
	}
	return Answer{Status: status, Body: data}
}

// RetryAfter is the Retry-After of a 503, in seconds.
const RetryAfter = "5"

// Answer is a JSON response, with texts for its journal entry.
type Answer struct {
	Status   int
	Body     []byte
	Wait     limit.Wait // for Retry-After; 0 for none
	Replayed bool       // the first answer of this request is repeated; for the journal
	Message  string     // for the journal; empty for a plain success
	Next     string     // for the journal: what the caller should do
}

// These values are the same in every answer, so none allocates its own. Each has no
// room to append to.
var isJSON, noStore, noSniff = []string{"application/json"}, []string{"no-store"}, []string{"nosniff"}

// Write writes the response.
func (a Answer) Write(w http.ResponseWriter) {
	h := w.Header()
	h["Content-Type"], h["Cache-Control"], h["X-Content-Type-Options"] = isJSON, noStore, noSniff
	if a.Status == http.StatusServiceUnavailable {
		h.Set("Retry-After", RetryAfter)
	} else if a.Wait > 0 {
		h.Set("Retry-After", strconv.Itoa(a.Wait.Seconds()))
	}
	w.WriteHeader(a.Status)
	_, _ = w.Write(a.Body) // a write fails only if the caller has disconnected
}
