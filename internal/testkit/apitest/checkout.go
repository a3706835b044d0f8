package apitest

import (
	"fmt"
	"net/http"
	"strings"
)

// Checkout is a shop that asks for tokens.
type Checkout struct {
	*Platform
	ServerKey, ClientKey, pop string
}

func (d *Platform) Checkout() Checkout {
	d.T.Helper()
	var set struct {
		Pop      string `json:"pop_id"`
		Checkout struct {
			ServerKey string `json:"server_key"`
			ClientKey string `json:"client_key"`
		}
	}
	d.Get("/control/v1/credentials").Into(&set)
	return Checkout{d, set.Checkout.ServerKey, set.Checkout.ClientKey, set.Pop}
}

func (c Checkout) Ask(body string, headers ...Header) Answer {
	c.T.Helper()
	return c.Post("/snap/v1/transactions", strings.ReplaceAll(body, "POP", c.pop), append([]Header{c.Auth()}, headers...)...)
}

// Core sends a request of the Core API about an order.
func (c Checkout) Core(method, path, body string) Answer {
	c.T.Helper()
	return c.Send(method, "/v2/"+path, body, c.Auth())
}

// Auth authenticates with the server key.
func (c Checkout) Auth() Header { return func(r *http.Request) { r.SetBasicAuth(c.ServerKey, "") } }

func Order(id, more string) string {
	return fmt.Sprintf(`{"transaction_details":{"order_id":%q,"gross_amount":13000},"gopay":{"pop_id":"POP"}%s}`, id, more)
}
