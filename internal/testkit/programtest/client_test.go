package programtest

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"testing"
)

// client sends requests to a platform: as host, as backend and as developer.
type client struct {
	api   string
	http  *http.Client
	basic string // the mini app's credentials for Basic authentication
	set   struct {
		ID     string `json:"client_id"`
		Secret string `json:"client_secret"`
		Pop    string `json:"pop_id"`
		Snap   struct {
			ClientKey    string `json:"client_key"`
			ClientSecret string `json:"client_secret"`
			PrivateKey   string `json:"private_key"`
			PartnerID    string `json:"partner_id"`
			ChannelID    string `json:"channel_id"`
		}
		Checkout struct {
			ServerKey string `json:"server_key"`
		}
	}
}

func newClient(t testing.TB, api string) *client {
	t.Helper()
	transport := &http.Transport{MaxIdleConnsPerHost: 512}
	t.Cleanup(transport.CloseIdleConnections)
	c := &client{api: api, http: &http.Client{Transport: transport, Timeout: patience}}
	if err := c.ask("GET", "/control/v1/credentials", "", nil, &c.set); err != nil {
		t.Fatal(err)
	}
	c.basic = basicOf(c.set.ID, c.set.Secret)
	return c
}

func basicOf(id, secret string) string {
	return "Basic " + base64.StdEncoding.EncodeToString([]byte(id+":"+secret))
}

// refused is an answer with a status other than 2xx.
type refused struct {
	status int
	body   string
}

func (r *refused) Error() string { return fmt.Sprintf("status %d: %s", r.status, r.body) }

// status returns the HTTP status of an error from ask, or 0 when there was no
// answer.
func status(err error) int {
	if err == nil {
		return http.StatusOK
	}
	if r, ok := err.(*refused); ok {
		return r.status
	}
	return 0
}

// ask sends a request with a JSON body and reads the answer into out. more lists
// headers as names and values in turn.
func (c *client) ask(method, path, authorization string, in, out any, more ...string) error {
	var body io.Reader
	switch in := in.(type) {
	case nil:
	case string:
		body = bytes.NewReader([]byte(in))
	default:
		data, err := json.Marshal(in)
		if err != nil {
			return err
		}
		body = bytes.NewReader(data)
	}
	r, err := http.NewRequest(method, c.api+path, body)
	if err != nil {
		return err
	}
	if authorization != "" {
		r.Header.Set("Authorization", authorization)
	}
	for i := 0; i+1 < len(more); i += 2 {
		r.Header.Set(more[i], more[i+1])
	}
	answer, err := c.http.Do(r)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	data, err := io.ReadAll(answer.Body)
	if err != nil {
		return err
	}
	if answer.StatusCode >= 300 {
		return &refused{answer.StatusCode, string(data)}
	}
	if out == nil || len(data) == 0 {
		return nil
	}
	return json.Unmarshal(data, out)
}

// launched is an open launch.
type launched struct {
	c     *client
	ID    string `json:"launch_id"`
	Token string `json:"token"`
	State string `json:"state"`
	Ask   *asked `json:"ask"`
}

type asked struct {
	ID   string `json:"id"`
	Kind string `json:"kind"`
}

// settled is the result of a call or of an answer.
type settled struct {
	Result *struct {
		Success bool
		Data    map[string]any
		Error   *struct {
			Code    int
			Message string
		}
	}
	Ask *asked
}

// text returns a member of the result's data.
func (s settled) text(name string) string {
	if s.Result == nil {
		return ""
	}
	text, _ := s.Result.Data[name].(string)
	return text
}

func (c *client) launch(userID string) (*launched, error) {
	l := &launched{c: c}
	return l, c.ask("POST", "/host/v1/launches", "", map[string]string{"user_id": userID}, l)
}

func (l *launched) call(method string, params any) (s settled, err error) {
	err = l.c.ask("POST", "/host/v1/launches/"+l.ID+"/calls", "Bearer "+l.Token, map[string]any{"method": method, "params": params}, &s)
	return s, err
}

func (l *launched) answer(askID, answer string) (s settled, err error) {
	err = l.c.ask("POST", "/host/v1/asks/"+askID+"/answer", "Bearer "+l.Token, map[string]string{"answer": answer}, &s)
	return s, err
}

func (l *launched) code() (string, error) {
	s, err := l.call("getAuthCode", nil)
	if err == nil && len(s.text("authCode")) != 64 {
		err = fmt.Errorf("getAuthCode returned %+v", s.Result)
	}
	return s.text("authCode"), err
}

// granted is the answer for a redeemed code.
type granted struct {
	Success bool
	Data    struct {
		Token     string `json:"auth_token"`
		AccountID string `json:"gopay_account_id"`
	}
}

func (c *client) exchange(code, requestID string) (g granted, err error) {
	var more []string
	if requestID != "" {
		more = []string{"Request-Id", requestID}
	}
	err = c.ask("POST", "/v1/mini-apps/authorizations/token", c.basic, map[string]string{"auth_code": code}, &g, more...)
	return g, err
}

// profile requests the profile with an auth token and returns the status: 200 while
// the token is valid.
func (c *client) profile(token string) int {
	return status(c.ask("GET", "/v1/mini-apps/users/profile", "Bearer "+token, nil, nil, "Request-Id", "profile"))
}

func (c *client) person(name string, balance int, number string) (string, error) {
	in := map[string]any{"name": name, "balance": balance}
	if number != "" {
		in["bank"] = map[string]string{"bank_code": "jago", "account_name": name, "account_number": number}
	}
	var u struct{ ID string }
	err := c.ask("POST", "/control/v1/users", "", in, &u)
	return u.ID, err
}

func (c *client) decide(userID, name, state string) error {
	return c.ask("PATCH", "/control/v1/consents", "", map[string]string{"user_id": userID, "name": name, "state": state}, nil)
}

// order creates a payment and returns its deeplink and reference.
func (c *client) order(amount int) (deeplink, ref string, err error) {
	var p struct{ Deeplink, ReferenceNo string }
	err = c.ask("POST", "/control/v1/payments", "", map[string]int{"amount": amount}, &p)
	return p.Deeplink, p.ReferenceNo, err
}
