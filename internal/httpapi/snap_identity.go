package httpapi

import (
	"context"
	"mime"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/selasar/selasar/internal/credential"
	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/request"
	"github.com/selasar/selasar/internal/signature"
)

// headerWrong: a mandatory header is missing, or not what it has to be.
const headerWrong problem.Code = "header_wrong"

// signed finds out who sent a transaction: the token says who it was given to,
// the partner id names the same, and the signature is made with the partner's
// secret over this request (signature-generation).
func (a *API) signed(ctx context.Context, c *snapCall) error {
	h := c.HTTP.Header
	bearer, err := credentials(h.Get("Authorization"), "Bearer")
	if err != nil {
		return err
	}
	if err := transactionHeaders(c.HTTP); err != nil {
		return err
	}
	at, err := a.fresh(h.Get("X-TIMESTAMP"), headerWrong)
	if err != nil {
		return err
	}
	c.Ahead = a.ahead(at)
	token, err := a.Credentials.ParseToken(ctx, bearer)
	if err != nil {
		return err
	}
	party, err := a.Credentials.ByPartner(ctx, h.Get("X-PARTNER-ID"))
	if err != nil {
		return err
	}
	if party.MiniAppID != token.MiniAppID {
		return problem.New(problem.Unauthorized, "the access token was given to another partner than X-PARTNER-ID names")
	}
	if !signedBy(party, c, bearer) {
		return wrongSignature(c, h.Get("X-TIMESTAMP"))
	}
	c.App.ID = party.MiniAppID
	c.Request = request.Of(party.MiniAppID, h.Get("X-EXTERNAL-ID"), c.Operation.name, c.Body, a.Clock.Now())
	c.Request.Space = request.ExternalID
	return nil
}

// transactionHeaders checks the mandatory headers, but for what they prove.
func transactionHeaders(r *http.Request) error {
	for _, name := range []string{"X-TIMESTAMP", "X-SIGNATURE", "X-PARTNER-ID", "X-EXTERNAL-ID", "CHANNEL-ID"} {
		if strings.TrimSpace(r.Header.Get(name)) == "" {
			return problem.New(headerWrong, "the header %s is missing", name)
		}
	}
	if err := jsonContent(r); err != nil {
		return err
	}
	if id := r.Header.Get("X-EXTERNAL-ID"); len(id) > maxExternalID || !printable(id) {
		return problem.New(headerWrong, "X-EXTERNAL-ID is 1 to %d printable characters, such as a UUID", maxExternalID)
	}
	if channel := r.Header.Get("CHANNEL-ID"); len(channel) != 5 || strings.Trim(channel, "0123456789") != "" {
		return problem.New(headerWrong, "CHANNEL-ID is five digits, not %q; use SELASAR_SNAP_CHANNEL_ID", cut(channel))
	}
	return nil
}

// maxExternalID is the length of an X-EXTERNAL-ID (originalExternalId,
// get-transaction-status-api).
const maxExternalID = 36

func printable(text string) bool {
	return !strings.ContainsFunc(text, func(c rune) bool { return c < ' ' || c > '~' })
}

// jsonContent checks the Content-Type of a request that has a body.
func jsonContent(r *http.Request) error {
	if r.Method == http.MethodGet {
		return nil
	}
	kind := r.Header.Get("Content-Type")
	if kind == "" {
		return problem.New(headerWrong, "the header Content-Type is missing; send application/json")
	}
	if media, _, err := mime.ParseMediaType(kind); err != nil || media != "application/json" {
		return problem.New(headerWrong, "Content-Type is application/json, not %q", cut(kind))
	}
	return nil
}

// fresh reads X-TIMESTAMP; what is no time at all is the problem malformed.
func (a *API) fresh(timestamp string, malformed problem.Code) (at time.Time, err error) {
	if at, err = signature.ParseTime(timestamp); err != nil {
		return at, problem.New(malformed, "X-TIMESTAMP %q: %v", cut(timestamp), err)
	}
	now := a.Clock.Now()
	if !signature.Fresh(at, now, a.Window) && !signature.Fresh(at, a.unmoved(now), a.Window) {
		side, off := "behind", now.Sub(at)
		if off < 0 {
			side, off = "ahead of", -off
		}
		return at, problem.New(problem.Unauthorized, "X-TIMESTAMP %q is %s %s the platform's clock, which says %s; at most %s are allowed",
			cut(timestamp), off.Round(time.Millisecond), side, snapTime(now), a.Window)
	}
	return at, nil
}

// unmoved is the machine's own time. A developer who moves the platform's clock
// moves only that: the mini app's backend goes on signing with this one.
func (a *API) unmoved(now time.Time) time.Time {
	if a.Dev == nil {
		return now
	}
	return now.Add(-a.Dev.Clock.Offset())
}

// ahead is how far the platform's clock stands ahead of one that says at: as
// far as a developer has moved it, when at is nearer to the machine's own time.
// What else its owner says of times is to be moved as far. A clock that is only
// a little wrong stays wrong.
func (a *API) ahead(at time.Time) time.Duration {
	now := a.Clock.Now()
	machine := a.unmoved(now)
	if now.Sub(at).Abs() <= machine.Sub(at).Abs() {
		return 0
	}
	return now.Sub(machine)
}

// signedBy says whether a party signed a request. Its path is signed with its
// query, which may say what is asked for.
func signedBy(party credential.Party, c *snapCall, token string) bool {
	h, path := c.HTTP.Header, c.HTTP.URL.RequestURI()
	return slices.ContainsFunc(party.Generations, func(g credential.Generation) bool {
		return signature.VerifyRequest(g.ClientSecret, c.HTTP.Method, path, token, c.Body, h.Get("X-TIMESTAMP"), h.Get("X-SIGNATURE"))
	})
}

// wrongSignature says over what a signature should have been made, so that the
// two texts can be held side by side. The token stays out of it.
func wrongSignature(c *snapCall, timestamp string) error {
	path := c.HTTP.URL.EscapedPath()
	if c.HTTP.URL.RawQuery != "" {
		path += "?" + cut(c.HTTP.URL.RawQuery)
	}
	return problem.New(problem.Unauthorized, "X-SIGNATURE is not the base64 of HMAC-SHA512, with SELASAR_SNAP_CLIENT_SECRET, over %q, where {accessToken} is the token without Bearer",
		signature.Request(c.HTTP.Method, path, "{accessToken}", c.Body, cut(timestamp)))
}
