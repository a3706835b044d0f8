package main

import (
	"crypto/rand"
	"net/http"
	"sync"
)

// customer is a user with a login session.
type customer struct {
	accountID string    // the same in all mini apps; it is not secret and authenticates nobody
	token     authToken // never leaves the backend
	Name      string    // empty without the profile consent
}

// sessions stores customers by their session cookie. A real shop uses a database and encrypts the token.
type sessions struct {
	mu   sync.Mutex
	byID map[string]*customer
}

const cookieName = "kopi_session"

func newSessions() *sessions { return &sessions{byID: map[string]*customer{}} }

// begin starts a session and sets its cookie. Scripts cannot read the cookie (HttpOnly), and other sites cannot use it
// (SameSite).
func (s *sessions) begin(w http.ResponseWriter, c *customer) {
	id := rand.Text()
	s.mu.Lock()
	s.byID[id] = c
	s.mu.Unlock()
	http.SetCookie(w, &http.Cookie{
		Name: cookieName, Value: id, Path: "/", MaxAge: 24 * 60 * 60,
		HttpOnly: true, SameSite: http.SameSiteLaxMode,
	})
}

// of returns the customer of a request, or nil.
func (s *sessions) of(r *http.Request) *customer {
	cookie, err := r.Cookie(cookieName)
	if err != nil {
		return nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.byID[cookie.Value]
}
