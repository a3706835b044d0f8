package bisnap

import (
	"context"
	"net/http"
	"strconv"
	"strings"

	"github.com/selasar/selasar/internal/credential"
	"github.com/selasar/selasar/internal/httpapi/edge"
	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/signature"
)

// identifyKey authenticates a request for an access token: the owner of
// X-CLIENT-KEY signs it and the time with the private key (access-token-api). Every
// failure is Unauthorized, because the list has no other code.
func (d *door) identifyKey(ctx context.Context, c *call) error {
	h := c.HTTP.Header
	for _, one := range []edge.Header{clientKey, timestamp, signatureHeader} {
		if strings.TrimSpace(one.Of(h)) == "" {
			return problem.New(problem.Unauthorized, "the header %s is missing", one.Name)
		}
	}
	if err := filled(h, clientKey, signatureHeader); err != nil {
		return err
	}
	if _, err := d.fresh(timestamp.Of(h), problem.Unauthorized); err != nil {
		return err
	}
	party, err := d.Credentials.ByClientKey(ctx, clientKey.Of(h))
	if err != nil {
		return err
	}
	for _, generation := range party.Generations {
		if signature.VerifyRSA(generation.PublicKey, signature.AccessToken(clientKey.Of(h), timestamp.Of(h)), signatureHeader.Of(h)) {
			c.App.ID, c.party, c.generation = party.MiniAppID, party, generation.Number
			if err := jsonContent(c.HTTP); err != nil {
				return err
			}
			return d.admit(ctx, c, party.MiniAppID)
		}
	}
	c.compare(party.Generations[0].PublicKey.Size(), "")
	return problem.New(problem.Unauthorized, "X-SIGNATURE is not the base64 of SHA256withRSA, with SELASAR_SNAP_PRIVATE_KEY, over %q",
		signature.AccessToken(edge.Excerpt(clientKey.Of(h)), edge.Excerpt(timestamp.Of(h))))
}

// filled returns the problem of a header that has a word in place of its value.
func filled(h http.Header, headers ...edge.Header) error {
	for _, one := range headers {
		if word := edge.Placeholder(one.Of(h)); word != "" {
			return problem.New(problem.Unauthorized, "your code sent %s in %s; is the value's environment variable set?", word, one.Name)
		}
	}
	return nil
}

// issueToken is POST /v1.0/access-token/b2b (access-token-api). The documentation
// spells the member grantType, the official clients grant_type.
func (d *door) issueToken(_ context.Context, c *call) ([]byte, error) {
	var in struct {
		GrantType  string `json:"grantType"`
		Grant_Type string `json:"grant_type"` //nolint:revive,staticcheck // both spellings
	}
	if err := c.fields(&in); err != nil {
		return nil, err
	}
	grant := in.GrantType
	if grant == "" {
		grant = in.Grant_Type
	}
	if grant != "client_credentials" {
		return nil, problem.New(edge.FieldWrong, `grantType must be "client_credentials", got %q`, edge.Excerpt(grant))
	}
	return encoded(struct {
		head
		Token     string `json:"accessToken"`
		TokenType string `json:"tokenType"`
		ExpiresIn string `json:"expiresIn"` // seconds, in a string
	}{c.success(), d.Credentials.IssueToken(c.party, c.generation, d.Clock.Now()), "Bearer", strconv.Itoa(int(credential.TokenLife.Seconds()))})
}
