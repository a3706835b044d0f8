package bisnap

import (
	"context"
	"crypto/sha512"
	"mime"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/selasar/selasar/internal/credential"
	"github.com/selasar/selasar/internal/httpapi/edge"
	"github.com/selasar/selasar/internal/miniapp"
	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/request"
	"github.com/selasar/selasar/internal/signature"
)

// The headers of a request (signature-generation).
var (
	timestamp       = edge.HeaderNamed("X-TIMESTAMP")
	clientKey       = edge.HeaderNamed("X-CLIENT-KEY")
	partnerID       = edge.HeaderNamed("X-PARTNER-ID")
	externalID      = edge.HeaderNamed("X-EXTERNAL-ID")
	channelID       = edge.HeaderNamed("CHANNEL-ID")
	signatureHeader = edge.HeaderNamed("X-SIGNATURE")
)

// headerWrong is the problem of a mandatory header that is missing or malformed.
const headerWrong problem.Code = "header_wrong"

// identifySigner authenticates a transaction: the access token names its owner,
// X-PARTNER-ID names the same partner, and the partner's secret signed this
// request (signature-generation).
func (d *door) identifySigner(ctx context.Context, c *call) error {
	h := c.HTTP.Header
	bearer, err := edge.Credentials(h.Get("Authorization"), "Bearer")
	if err != nil {
		return err
	}
	if err := transactionHeaders(c.HTTP); err != nil {
		return err
	}
	at, err := d.fresh(timestamp.Of(h), headerWrong)
	if err != nil {
		return err
	}
	c.skew = d.Clock.Skew(at)
	if word := edge.Placeholder(bearer); word != "" {
		return problem.New(problem.TokenInvalid, "your code sent %s; the token is accessToken of POST /v1.0/access-token/b2b", word)
	}
	if err := filled(h, partnerID, signatureHeader); err != nil {
		return err
	}
	token, err := d.Credentials.ParseToken(ctx, bearer)
	if err != nil {
		return err
	}
	party, err := d.Credentials.ByPartner(ctx, partnerID.Of(h))
	if err != nil {
		return err
	}
	if party.MiniAppID != token.MiniAppID {
		return problem.New(problem.Unauthorized, "the access token was given to another partner than X-PARTNER-ID names")
	}
	if !signedBy(party, c, bearer) {
		return wrongSignature(c, timestamp.Of(h))
	}
	c.request = request.Of(party.MiniAppID, externalID.Of(h), c.Operation, c.Body, d.Clock.Now())
	c.request.Space = request.ExternalID
	if err := d.admit(ctx, c, party.MiniAppID); err != nil || c.op == debitStatus {
		return err
	}
	c.Release, err = d.flight.Begin(c.request)
	return err
}

// admit sets the call's mini app, unless its operator has suspended it.
func (d *door) admit(ctx context.Context, c *call, miniAppID string) (err error) {
	c.App.ID = miniAppID
	c.App, err = miniapp.Running(ctx, d.DB, miniAppID)
	return err
}

// transactionHeaders checks that the mandatory headers exist and are well formed.
func transactionHeaders(r *http.Request) error {
	for _, one := range []edge.Header{timestamp, signatureHeader, partnerID, externalID, channelID} {
		if strings.TrimSpace(one.Of(r.Header)) == "" {
			return problem.New(headerWrong, "the header %s is missing", one.Name)
		}
	}
	if err := jsonContent(r); err != nil {
		return err
	}
	if id := externalID.Of(r.Header); len(id) > maxExternalID || !printable(id) {
		return problem.New(headerWrong, "X-EXTERNAL-ID is 1 to %d printable characters, such as a UUID", maxExternalID)
	}
	if channel := channelID.Of(r.Header); len(channel) != 5 || strings.Trim(channel, "0123456789") != "" {
		return problem.New(headerWrong, "CHANNEL-ID is five digits, not %q; use SELASAR_SNAP_CHANNEL_ID", edge.Excerpt(channel))
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
	if kind == "application/json" {
		return nil // without parsing it
	}
	if kind == "" {
		return problem.New(headerWrong, "the header Content-Type is missing; send application/json")
	}
	if media, _, err := mime.ParseMediaType(kind); err != nil || media != "application/json" {
		return problem.New(headerWrong, "Content-Type is application/json, not %q", edge.Excerpt(kind))
	}
	return nil
}

// fresh reads X-TIMESTAMP and checks that it is near the platform's clock, or near the
// machine's: a developer who moves the platform's clock does not move the clock of the
// mini app's backend. A value that is not a time has the problem malformed.
func (d *door) fresh(given string, malformed problem.Code) (at time.Time, err error) {
	if at, err = signature.ParseTime(given); err != nil {
		return at, problem.New(malformed, "X-TIMESTAMP %q: %v", edge.Excerpt(given), err)
	}
	now := d.Clock.Now()
	if !signature.Fresh(at, now, d.Window) && !signature.Fresh(at, d.Clock.Base(), d.Window) {
		side, off := "behind", now.Sub(at)
		if off < 0 {
			side, off = "ahead of", -off
		}
		return at, problem.New(problem.Unauthorized, "X-TIMESTAMP %q is %s %s the platform's clock, which says %s; at most %s are allowed",
			edge.Excerpt(given), off.Round(time.Millisecond), side, timeText(now), d.Window)
	}
	return at, nil
}

// signedBy reports whether a party signed a request. The signature covers the path
// with its query.
func signedBy(party credential.Party, c *call, token string) bool {
	h, path := c.HTTP.Header, c.HTTP.URL.RequestURI()
	return slices.ContainsFunc(party.Generations, func(g credential.Generation) bool {
		return signature.VerifyRequest(g.ClientSecret, c.HTTP.Method, path, token, c.Body, timestamp.Of(h), signatureHeader.Of(h))
	})
}

// compare shows the received signature in the journal, if it is one of that many bytes,
// and the hash of the body.
func (c *call) compare(bytes int, bodyHash string) {
	c.Compared = edge.Compared{BodyHash: bodyHash, Header: signatureHeader.Name}
	if received := signatureHeader.Of(c.HTTP.Header); signature.Written(received, bytes) {
		c.Compared.Signature = received
	}
}

// wrongSignature returns a problem with the text that should have been signed, so that
// a developer can compare the two texts. It omits the token.
func wrongSignature(c *call, at string) error {
	c.compare(sha512.Size, signature.BodyHash(c.Body))
	path := c.HTTP.URL.EscapedPath()
	if c.HTTP.URL.RawQuery != "" {
		path += "?" + edge.Excerpt(c.HTTP.URL.RawQuery)
	}
	return problem.New(problem.Unauthorized, "X-SIGNATURE is not the base64 of HMAC-SHA512, with SELASAR_SNAP_CLIENT_SECRET, over %q, where {accessToken} is the token without Bearer",
		signature.Request(c.HTTP.Method, path, "{accessToken}", c.Body, edge.Excerpt(at)))
}
