package httpapi

import (
	"context"
	"encoding/base64"
	"net/http"
	"strings"
	"time"

	"github.com/selasar/selasar/internal/jsapi"
	"github.com/selasar/selasar/internal/login"
	"github.com/selasar/selasar/internal/miniapp"
	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/request"
)

// The backend of mini apps answers in the envelope of the documentation
// (backend-v2): {success, data?, error?: {code?, description}}.

type envelope struct {
	Success bool          `json:"success"`
	Data    any           `json:"data,omitempty"`
	Error   *backendError `json:"error,omitempty"`
}

// backendError is an error of the backend. Hint is Selasar's addition: what
// was wrong and what to do.
type backendError struct {
	Code        string `json:"code,omitempty"`
	Description string `json:"description"`
	Hint        string `json:"hint,omitempty"`
}

// Codes that only the edge knows.
const (
	authMissing   problem.Code = "authorization_missing"
	authMalformed problem.Code = "authorization_malformed"
	bodyMalformed problem.Code = "body_malformed"
	fieldBlank    problem.Code = "field_blank"
	fieldWrong    problem.Code = "field_wrong"
	fieldLong     problem.Code = "field_long"
	pushUnread    problem.Code = "push_unreadable"
)

// codeErrors are for codes and tokens that are exchanged; the documentation
// gives them no code (seamless-login-v2).
var codeErrors = []problem.Code{problem.CodeUnknown, problem.CodeExpired, problem.CodeReplayed}

// backendCall is one request to the backend.
type backendCall struct {
	Request request.Request
	Body    []byte
	App     miniapp.App
	Session login.Session // with Bearer; of a token exchange, its launch only
	HTTP    *http.Request
}

// backendEndpoint gives the data of the envelope.
type backendEndpoint func(ctx context.Context, c *backendCall) (any, error)

// spent is what the operation's codes are called when they are refused.
var spent = map[string]string{"token": "AuthCode Not Found", "bank-details": "AccountToken Not Found"}

// basic serves a mini app's backend that proves itself with its credentials.
func (a *API) basic(operation string, serve backendEndpoint) http.Handler {
	return a.backend(operation, serve, func(ctx context.Context, c *backendCall) error {
		clientID, clientSecret, err := basicPair(c.HTTP.Header.Get("Authorization"))
		if err != nil {
			return err
		}
		miniAppID, err := a.Credentials.VerifyBasic(ctx, clientID, clientSecret)
		if err != nil {
			return err
		}
		c.App, err = a.caller(ctx, miniAppID)
		return err
	})
}

// caller gives the mini app whose backend calls. Its problems: MiniAppUnknown,
// and MiniAppSuspended, with which the mini app comes.
func (a *API) caller(ctx context.Context, miniAppID string) (app miniapp.App, err error) {
	err = a.DB.Read(ctx, func(tx jsapi.Tx) (err error) {
		if app, err = tx.MiniApps().Get(ctx, miniAppID); err == nil {
			err = app.Runs()
		}
		return err
	})
	return app, err
}

func basicPair(header string) (id, password string, err error) {
	encoded, err := credentials(header, "Basic")
	if err != nil {
		return "", "", err
	}
	plain, err := base64.StdEncoding.DecodeString(encoded)
	id, password, ok := strings.Cut(string(plain), ":")
	if err != nil || !ok {
		return "", "", problem.New(authMalformed, "Authorization: Basic carries the base64 of client_id:client_secret")
	}
	return id, password, nil
}

// credentials gives what follows the scheme in an Authorization header.
func credentials(header, scheme string) (string, error) {
	if strings.TrimSpace(header) == "" {
		return "", problem.New(authMissing, "the Authorization header is missing; send Authorization: %s ...", scheme)
	}
	got, rest, _ := strings.Cut(header, " ")
	if !strings.EqualFold(got, scheme) || strings.TrimSpace(rest) == "" {
		return "", problem.New(authMalformed, "the Authorization header must read %s, a space, and the credentials", scheme)
	}
	return strings.TrimSpace(rest), nil
}

// bearer serves a mini app's backend on behalf of a user.
func (a *API) bearer(operation string, serve backendEndpoint) http.Handler {
	return a.backend(operation, serve, func(ctx context.Context, c *backendCall) error {
		token, err := credentials(c.HTTP.Header.Get("Authorization"), "Bearer")
		if err != nil {
			return err
		}
		if c.Session, err = a.Login.Authenticate(ctx, token); err != nil {
			return err
		}
		c.App = c.Session.App
		return nil
	})
}

// withRequestID serves an endpoint whose page requires a Request-Id.
func withRequestID(serve backendEndpoint) backendEndpoint {
	return func(ctx context.Context, c *backendCall) (any, error) {
		if c.Request.ID == "" {
			return nil, problem.New(fieldBlank, "the Request-Id header is missing; send a new unique id with each request")
		}
		return serve(ctx, c)
	}
}

const maxRequestID = 255

func (a *API) backend(operation string, serve backendEndpoint, identify func(context.Context, *backendCall) error) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		began := time.Now()
		c := &backendCall{HTTP: r}
		data, err := a.serveBackend(r.Context(), c, operation, serve, identify)
		status, body := http.StatusOK, envelope{Success: true, Data: data}
		if err != nil {
			p := problem.Of(err)
			logCause(r, p)
			status, body = backendFailure(operation, p)
		}
		if debugID := r.Header.Get("Debug-Id"); debugID != "" && len(debugID) <= maxRequestID {
			w.Header().Set("Debug-Id", debugID)
		}
		if status == http.StatusUnauthorized {
			w.Header().Set("WWW-Authenticate", `Basic realm="mini-apps", Bearer realm="mini-apps"`)
		}
		a.traceRequest(c, status, body, err, began) // first: who has the answer finds it in the journal
		writeJSON(w, status, body)
	})
}

func (a *API) serveBackend(ctx context.Context, c *backendCall, operation string, serve backendEndpoint, identify func(context.Context, *backendCall) error) (data any, err error) {
	if c.Body, err = readBody(c.HTTP); err != nil {
		return nil, err
	}
	if err := identify(ctx, c); err != nil {
		return nil, err
	}
	id := c.HTTP.Header.Get("Request-Id")
	switch {
	case len(id) > maxRequestID:
		return nil, problem.New(fieldLong, "Request-Id is %d bytes long; at most %d", len(id), maxRequestID)
	case !keepable(id):
		return nil, problem.New(fieldWrong, "Request-Id must be one line of UTF-8, without control characters")
	}
	c.Request = request.Of(c.App.ID, id, operation, c.Body, a.Clock.Now())
	if user := c.Session.User.ID; user != "" {
		c.Request = c.Request.With(user) // another user's call is another call
	}
	err = a.faulted(ctx, operation, func() (err error) { data, err = serve(ctx, c); return err })
	return data, err
}

func backendFailure(operation string, p *problem.Problem) (int, envelope) {
	for _, code := range codeErrors {
		if p.Code == code {
			return http.StatusBadRequest, envelope{Error: &backendError{Description: spent[operation], Hint: p.Message}}
		}
	}
	d := backendCodeFor(operation, p)
	return d.status, envelope{Error: &backendError{Code: d.code, Description: d.symbol, Hint: p.Message}}
}
