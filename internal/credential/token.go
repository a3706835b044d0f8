package credential

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"slices"
	"time"

	"github.com/selasar/selasar/internal/problem"
)

// TokenLife is how long a B2B access token is taken (access-token-api).
const TokenLife = 900 * time.Second

// skew is how far apart the clocks of machines may be that share a database.
const skew = time.Minute

// Token is a B2B access token: who it was given to, and on the strength of
// which generation of credentials.
type Token struct {
	MiniAppID  string `json:"m"`
	Generation int    `json:"g"`
	ExpiresAt  int64  `json:"e"` // ms since the epoch
}

const tokenPlace = "b2b access token"

// IssueToken makes a token for a party that proved itself with one of its
// generations. Nothing is written: what the token says is sealed in it.
func (s *Service) IssueToken(p Party, generation int, now time.Time) string {
	plain, _ := json.Marshal(Token{p.MiniAppID, generation, now.Add(TokenLife).UnixMilli()}) // texts and numbers
	return hex.EncodeToString(s.Key.Encrypt(string(plain), tokenPlace))
}

// ParseToken reads a token, or gives the problem TokenInvalid: it is none, it
// has expired, it comes from before a clock was set back, or its generation is no longer taken.
func (s *Service) ParseToken(ctx context.Context, text string) (Token, error) {
	t, ok := s.readToken(text)
	if !ok {
		return Token{}, problem.New(problem.TokenInvalid, "this is not an access token that this platform gave out; get one from /v1.0/access-token/b2b")
	}
	switch left := time.UnixMilli(t.ExpiresAt).Sub(s.Clock.Now()); {
	case left <= 0:
		return Token{}, problem.New(problem.TokenInvalid, "this access token expired %s ago; they live %s, get a new one", (-left).Round(time.Millisecond), TokenLife)
	case left > TokenLife+skew:
		return Token{}, problem.New(problem.TokenInvalid, "this access token was issued in the future: the clock was set back, as a reset does; get a new one")
	}
	taken, err := s.taken(ctx, t.MiniAppID)
	if err != nil {
		return Token{}, err
	}
	if !slices.Contains(taken, t.Generation) {
		return Token{}, problem.New(problem.TokenInvalid, "the credentials of this access token were rotated and are no longer taken; get a new one with those of generation %d", taken[0])
	}
	return t, nil
}

// readToken opens a token. It has one spelling: hex in lower case.
func (s *Service) readToken(text string) (t Token, ok bool) {
	sealed, err := hex.DecodeString(text)
	if err != nil || hex.EncodeToString(sealed) != text {
		return Token{}, false
	}
	plain, err := s.Key.Decrypt(sealed, tokenPlace)
	return t, err == nil && json.Unmarshal([]byte(plain), &t) == nil
}
