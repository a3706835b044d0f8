package apitest

import (
	"strings"

	"github.com/coder/websocket"
)

// Launch is one opening of kopi.
type Launch struct {
	*Platform
	ID, Token string
}

const AllowAll = `{"answer":"allow"}`

func (l Launch) Answer(ask, answer string) Answer {
	l.T.Helper()
	return l.Post("/host/v1/asks/"+ask+"/answer", answer, Bearer(l.Token))
}

func (l Launch) Path(rest string) string { return "/host/v1/launches/" + l.ID + rest }

func (l Launch) Call(method, params string) Answer {
	l.T.Helper()
	if params == "" {
		params = "{}"
	}
	return l.Post(l.Path("/calls"), `{"method":"`+method+`","params":`+params+`}`, Bearer(l.Token)).OK(200)
}

// Code gives a fresh auth code.
func (l Launch) Code() string {
	l.T.Helper()
	return l.Call("getAuthCode", "").Text("result.data.authCode")
}

// Login gives the auth token of the launch's user.
func (l Launch) Login() string {
	l.T.Helper()
	return l.Post("/v1/mini-apps/authorizations/token", `{"auth_code":"`+l.Code()+`"}`, l.Basic()).OK(200).Text("data.auth_token")
}

func (l Launch) Socket() string {
	return "ws" + strings.TrimPrefix(l.URLs.API, "http") + l.Path("/socket")
}

func (l Launch) Connect() *Conn {
	l.T.Helper()
	ws, _, err := websocket.Dial(l.T.Context(), l.Socket(), nil)
	Must(l.T, err)
	ws.SetReadLimit(1 << 20)
	l.T.Cleanup(func() { _ = ws.CloseNow() })
	return &Conn{l.T, ws}
}

// Dial connects and says hello.
func (l Launch) Dial() *Conn {
	l.T.Helper()
	c := l.Connect()
	c.Say(`{"type":"hello","token":"` + l.Token + `"}`)
	if got := c.Hear(); string(got.Body) != `{"type":"ready"}` {
		l.T.Fatalf("got %s", got.Body)
	}
	return c
}

// Endings are the reasons for which the journal says that a launch ended.
func (l Launch) Endings() (reasons []string) {
	l.T.Helper()
	var page struct {
		Entries []struct {
			LaunchID string `json:"launch_id"`
			Title    string `json:"title"`
			Message  string `json:"message"`
		} `json:"entries"`
	}
	l.Get("/control/v1/journal").Into(&page)
	for _, e := range page.Entries {
		if e.LaunchID == l.ID && e.Title == "launch ended" {
			reasons = append(reasons, e.Message)
		}
	}
	return reasons
}
