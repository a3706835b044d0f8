package container

import (
	"github.com/selasar/selasar/internal/jsapi"
	"github.com/selasar/selasar/internal/jsapi/operation"
	"github.com/selasar/selasar/internal/miniapp"
	"github.com/selasar/selasar/internal/payment"
)

func launchPayment() *jsapi.Binding {
	result := operation.Pay.Result
	return &jsapi.Binding{
		Operation: operation.Pay, Class: "GP", Method: "launchPayment", Since: payments, Result: &result,
		Out: func(c *jsapi.Call, data any) any {
			paid, _ := data.(operation.Paid)
			if c.Variant(miniapp.PaymentStatus) == "container" {
				paid.Status = shifted[paid.Status]
			}
			return paid
		},
	}
}

// shifted are the statuses as the gpContainer pages describe them: the table of
// trigger-payment, one row down (C5).
var shifted = map[payment.Status]payment.Status{
	payment.StatusSuccess:   payment.StatusSuccess,
	payment.StatusCancelled: payment.StatusFailed,
	payment.StatusFailed:    payment.StatusPending,
	payment.StatusPending:   payment.StatusCancelled,
}
