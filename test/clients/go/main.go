// Command go drives the official Go client of Midtrans, unmodified. It reads one request in a line of JSON from its input, and
// writes the client's answer in a line. The client has no setting for its base URL: HTTPS_PROXY and SSL_CERT_FILE lead it to
// Selasar.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"

	"github.com/midtrans/midtrans-go"
	"github.com/midtrans/midtrans-go/coreapi"
	"github.com/midtrans/midtrans-go/snap"
)

// request is a line of the input.
type request struct {
	Do        string         `json:"do"`
	ServerKey string         `json:"server_key"`
	OrderID   string         `json:"order_id"`
	Order     map[string]any `json:"order"` // of a token
	RefundKey string         `json:"refund_key"`
	Amount    int64          `json:"amount"`
	Reason    string         `json:"reason"`
}

// answer is a line of the output.
type answer struct {
	Value any     `json:"value"`
	Error *failed `json:"error"`
}

type failed struct {
	Status  int    `json:"status"`
	Message string `json:"message"`
}

func main() {
	out := json.NewEncoder(os.Stdout)
	os.Stdout = os.Stderr // the client logs to its output
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		var r request
		if err := json.Unmarshal(lines.Bytes(), &r); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		value, err := r.run()
		a := answer{Value: value}
		if err != nil {
			a = answer{Error: &failed{err.StatusCode, err.Message}}
		}
		if err := out.Encode(a); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
}

func (r request) run() (any, *midtrans.Error) {
	var core coreapi.Client
	core.New(r.ServerKey, midtrans.Sandbox)
	refund := &coreapi.RefundReq{RefundKey: r.RefundKey, Amount: r.Amount, Reason: r.Reason}
	switch r.Do {
	case "token":
		var shop snap.Client
		shop.New(r.ServerKey, midtrans.Sandbox)
		order := snap.RequestParamWithMap(r.Order)
		return shop.CreateTransactionWithMap(&order)
	case "status":
		return core.CheckTransaction(r.OrderID)
	case "cancel":
		return core.CancelTransaction(r.OrderID)
	case "expire":
		return core.ExpireTransaction(r.OrderID)
	case "refund":
		return core.RefundTransaction(r.OrderID, refund)
	case "refundDirect":
		return core.DirectRefundTransaction(r.OrderID, refund)
	}
	return nil, &midtrans.Error{Message: "no such request: " + r.Do}
}
