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

// authToken lets this backend act for a user. It never leaves the backend: not to the page, not to the log. It hides in a
// function, so that nothing that prints or encodes a customer can show it.
type authToken struct{ reveal func() string }

func newAuthToken(token string) authToken { return authToken{func() string { return token }} }

// platform is the super app's platform as this backend sees it: who its users are. What it pays is in bisnap.go.
type platform struct {
	url          string // SELASAR_API_URL; in production the platform's public host
	clientID     string
	clientSecret string
	client       *http.Client
}

// platformFromEnv takes the address and the credentials that "selasar dev" puts into the environment.
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

// platformError is a refusal by the platform, in its own words.
type platformError struct {
	Status      int
	Code        string `json:"code"`
	Description string `json:"description"`
}

func (e *platformError) Error() string {
	return fmt.Sprintf("the platform answered %d %s %s", e.Status, e.Code, e.Description)
}

// exchange turns the page's auth code into the user's token. A code works once and for five minutes.
func (p platform) exchange(ctx context.Context, authCode string) (token authToken, accountID string, err error) {
	var data struct {
		AuthToken      string `json:"auth_token"`
		GopayAccountID string `json:"gopay_account_id"`
	}
	err = p.call(ctx, "POST", "/v1/mini-apps/authorizations/token", p.basic, map[string]string{"auth_code": authCode}, &data)
	return newAuthToken(data.AuthToken), data.GopayAccountID, err
}

// profile asks who the user is. Without the profile consent the platform refuses with code 400001, 400002 or 400004.
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

// call makes a request to the mini-app APIs and opens their envelope {success, data, error}.
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
