package miniapi

import (
	"context"
	"net/http"

	"github.com/selasar/selasar/internal/httpapi/edge"
	"github.com/selasar/selasar/internal/miniapp"
	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/request"
)

// basic serves a backend that authenticates with the credentials of its mini app.
func (d *door) basic(operation string, serve serve) http.Handler {
	return d.exchange.Handler(edge.Operation[*call, any]{Name: operation, Serve: serve, Identify: func(ctx context.Context, c *call) error {
		clientID, clientSecret, err := edge.BasicPair(c.HTTP.Header.Get("Authorization"))
		if err != nil {
			return err
		}
		miniAppID, err := d.Credentials.VerifyBasic(ctx, clientID, clientSecret)
		if err != nil {
			return err
		}
		if c.App, err = miniapp.Running(ctx, d.DB, miniAppID); err != nil {
			return err
		}
		return d.identifyRequest(c)
	}})
}

// bearer serves a backend on behalf of the user of an auth token.
func (d *door) bearer(operation string, serve serve) http.Handler {
	return d.exchange.Handler(edge.Operation[*call, any]{Name: operation, Serve: serve, Identify: func(ctx context.Context, c *call) error {
		token, err := edge.Credentials(c.HTTP.Header.Get("Authorization"), "Bearer")
		if err != nil {
			return err
		}
		if word := edge.Placeholder(token); word != "" {
			return problem.New(problem.TokenInvalid, "your code sent %s; the token is data.auth_token of POST /v1/mini-apps/authorizations/token", word)
		}
		if c.session, err = d.Login.Authenticate(ctx, token); err != nil {
			return err
		}
		c.App, c.UserID, c.LaunchID = c.session.App, c.session.User.ID, c.session.LaunchID
		return d.identifyRequest(c)
	}})
}

const maxRequestID = 255

// identifyRequest reads the Request-Id.
func (d *door) identifyRequest(c *call) error {
	id := c.HTTP.Header.Get("Request-Id")
	switch {
	case len(id) > maxRequestID:
		return problem.New(edge.FieldLong, "Request-Id is %d bytes long; at most %d", len(id), maxRequestID)
	case !edge.Storable(id):
		return problem.New(edge.FieldWrong, "Request-Id must be one line of UTF-8, without control characters")
	}
	c.request = request.Of(c.App.ID, id, c.Operation, c.Body, d.Platform.Clock.Now())
	if c.UserID != "" {
		c.request = c.request.With(c.UserID) // for another user, the same request is a different one
	}
	return nil
}

// withRequestID serves an operation whose page requires a Request-Id.
func withRequestID(serve serve) func(context.Context, *call) (any, error) {
	return func(ctx context.Context, c *call) (any, error) {
		if c.request.ID == "" {
			return nil, problem.New(edge.FieldBlank, "the Request-Id header is missing; send a new unique id with each request")
		}
		return serve(ctx, c)
	}
}
