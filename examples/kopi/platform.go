package main

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"
)

// authToken lets this backend act for a user. It must never reach the page or the log. A function hides it, so that
// printing or encoding a customer does not show it.
type authToken struct{ reveal func() string }

func newAuthToken(token string) authToken { return authToken{func() string { return token }} }

// platform is a client of the platform's mini-app API, for tokens and profiles. Payments are in bisnap.go.
type platform struct {
	url          string // SELASAR_API_URL; in production the platform's public host
	clientID     string
	clientSecret string
	client       *http.Client
}

// platformFromEnv reads the address and the credentials that "selasar dev" sets in the environment.
func platformFromEnv(getenv func(string) string) (platform, error) {
	p := platform{
		url:          strings.TrimSuffix(getenv("SELASAR_API_URL"), "/"),
		clientID:     getenv("SELASAR_CLIENT_ID"),
		clientSecret: getenv("SELASAR_CLIENT_SECRET"),
		client:       &http.Client{Timeout: 10 * time.Second},
	}
	if p.url == "" || p.clientID == "" || p.clientSecret == "" {
		return p, errors.New("kopi needs SELASAR_API_URL, SELASAR_CLIENT_ID and SELASAR_CLIENT_SECRET: start it with selasar dev examples/kopi")
	}
	return p, nil
}

// platformError is an error answer of the platform.
type platformError struct {
	Status      int
	Code        string `json:"code"`
	Description string `json:"description"`
}

func (e *platformError) Error() string {
	return fmt.Sprintf("the platform answered %d %s %s", e.Status, e.Code, e.Description)
}

// exchange redeems the page's auth code for the user's token. A code is valid once and for a few minutes.
func (p platform) exchange(ctx context.Context, authCode string) (token authToken, accountID string, err error) {
	var data struct {
		AuthToken      string `json:"auth_token"`
		GopayAccountID string `json:"gopay_account_id"`
	}
	err = p.call(ctx, "POST", "/v1/mini-apps/authorizations/token", p.basic, map[string]string{"auth_code": authCode}, &data)
	return newAuthToken(data.AuthToken), data.GopayAccountID, err
}

// profile returns the user's name. Without the profile consent, the platform answers 400001, 400002 or 400004.
func (p platform) profile(ctx context.Context, token authToken) (name string, err error) {
	var data struct {
		Username string `json:"username"`
		Name     string `json:"name"`
	}
	bearer := func(r *http.Request) { r.Header.Set("Authorization", "Bearer "+token.reveal()) }
	err = p.call(ctx, "GET", "/v1/mini-apps/users/profile", bearer, nil, &data)
	if data.Name == "" {
		data.Name = data.Username
	}
	return data.Name, err
}

func (p platform) basic(r *http.Request) { r.SetBasicAuth(p.clientID, p.clientSecret) }

// call sends a request to the mini-app API and unpacks its envelope {success, data, error}.
func (p platform) call(ctx context.Context, method, path string, authorize func(*http.Request), body, data any) error {
	r, err := p.request(ctx, method, path, body)
	if err != nil {
		return err
	}
	authorize(r)
	r.Header.Set("Request-Id", rand.Text())
	answer := struct {
		Success bool          `json:"success"`
		Data    any           `json:"data"`
		Error   platformError `json:"error"`
	}{Data: data}
	status, err := p.send(r, &answer)
	if err != nil {
		return err
	}
	if !answer.Success {
		answer.Error.Status = status
		return &answer.Error
	}
	return nil
}

func (p platform) request(ctx context.Context, method, path string, body any) (*http.Request, error) {
	var content bytes.Buffer
	if body != nil {
		if err := json.NewEncoder(&content).Encode(body); err != nil {
			return nil, err
		}
	}
	r, err := http.NewRequestWithContext(ctx, method, p.url+path, &content)
	if err == nil && body != nil {
		r.Header.Set("Content-Type", "application/json")
	}
	return r, err
}

func (p platform) send(r *http.Request, answer any) (status int, err error) {
	response, err := p.client.Do(r)
	if err != nil {
		return 0, fmt.Errorf("asking the platform: %w", err)
	}
	defer func() { _ = response.Body.Close() }()
	if err := json.NewDecoder(response.Body).Decode(answer); err != nil {
		return response.StatusCode, fmt.Errorf("reading the platform's answer (status %d): %w", response.StatusCode, err)
	}
	return response.StatusCode, nil
}
