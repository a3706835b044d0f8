package main

import (
	"crypto/rand"
	"net/http"
	"sync"
)

// customer is somebody who is logged in.
type customer struct {
	accountID string    // the same for one user in all mini apps; neither a secret nor a proof of who asks
	token     authToken // stays here
	Name      string    // empty without the profile consent
}

// sessions remembers customers by the cookie in their browser. A real shop keeps them in a database, the token encrypted.
type sessions struct {
	mu   sync.Mutex
	byID map[string]*customer
}

const cookieName = "kopi_session"

func newSessions() *sessions { return &sessions{byID: map[string]*customer{}} }

// begin logs a customer in. The cookie is out of reach for scripts (HttpOnly) and for other sites (SameSite).
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

// of gives the customer who makes a request, or nil.
func (s *sessions) of(r *http.Request) *customer {
	cookie, err := r.Cookie(cookieName)
	if err != nil {
		return nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.byID[cookie.Value]
}
