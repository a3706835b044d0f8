package credential

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"github.com/selasar/selasar/internal/problem"
)

// TokenLife is the lifetime of a B2B access token (access-token-api).
const TokenLife = 900 * time.Second

// skew is the largest accepted clock skew between machines that share a database.
const skew = time.Minute

// Token is the content of a B2B access token: the mini app, and the generation of
// the credentials that it was issued for.
type Token struct {
	MiniAppID  string `json:"m"`
	Generation int    `json:"g"`
	ExpiresAt  int64  `json:"e"` // ms since the epoch
}

const tokenPlace = "b2b access token"

// IssueToken returns a token for an authenticated party and a generation of its
// credentials. It writes nothing: the content is encrypted in the token.
func (s *Service) IssueToken(p Party, generation int, now time.Time) string {
	plain, _ := json.Marshal(Token{p.MiniAppID, generation, now.Add(TokenLife).UnixMilli()}) // texts and numbers always marshal
	return hex.EncodeToString(s.Key.Encrypt(string(plain), tokenPlace))
}

// ParseToken returns the content of a token. Its problem TokenInvalid: not a token, expired, issued before the clock was set
// back, or of a generation that is no longer valid.
func (s *Service) ParseToken(ctx context.Context, text string) (Token, error) {
	t, ok := s.readToken(text)
	if !ok {
		return Token{}, problem.New(problem.TokenInvalid, "this is not an access token of this platform; get one from /v1.0/access-token/b2b")
	}
	switch left := time.UnixMilli(t.ExpiresAt).Sub(s.Clock.Now()); {
	case left <= 0:
		return Token{}, problem.New(problem.TokenInvalid, "this access token expired %s ago; tokens live %s, get a new one", (-left).Round(time.Millisecond), TokenLife)
	case left > TokenLife+skew:
		return Token{}, problem.New(problem.TokenInvalid, "this access token was issued in the future: the clock was set back, as a reset does; get a new one")
	}
	taken, err := s.taken(ctx, t.MiniAppID)
	if err != nil {
		return Token{}, err
	}
	if !slices.Contains(taken, t.Generation) {
		return Token{}, problem.New(problem.TokenInvalid, "the credentials of this access token were rotated and are no longer valid; get a new one with those of generation %d", taken[0])
	}
	return t, nil
}

// readToken decrypts a token. Its only spelling is lower-case hex.
func (s *Service) readToken(text string) (t Token, ok bool) {
	sealed, err := hex.DecodeString(text)
	if err != nil || strings.ToLower(text) != text {
		return Token{}, false
	}
	plain, err := s.Key.Decrypt(sealed, tokenPlace)
	return t, err == nil && json.Unmarshal([]byte(plain), &t) == nil
}
