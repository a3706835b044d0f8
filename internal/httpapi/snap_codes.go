package httpapi

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/selasar/selasar/internal/problem"
)

// snapOperation is a path of BI-SNAP with its two digits in response codes.
type snapOperation struct{ name, service string }

var (
	snapToken   = snapOperation{"access-token", "73"}
	snapPayment = snapOperation{"payment-host-to-host", "54"}
	snapStatus  = snapOperation{"status", "55"}
	snapCancel  = snapOperation{"cancel", "57"}
	snapRefund  = snapOperation{"refund", "58"}
)

// snapCode is a row of the documentation's lists of response codes
// (access-token-api, seamless-payment-v2, direct-debit-api-gopay,
// get-transaction-status-api, cancel-api, refund-api). A response code is the
// HTTP status, the operation's two digits and the case.
type snapCode struct {
	status   int
	number   string // the case
	message  string
	services string         // whose list it stands in
	also     string         // who gives it though the list lacks it
	problems []problem.Code // none: only a fault brings it about
}

// Problems that are looked for from the top: the first row of the operation
// that has one is its answer. The last resort is the operation's 500.
var snapCodes = []snapCode{
	{200, "00", "Successful", "73 54 55 57 58", "", nil},
	{400, "02", "Invalid Mandatory Field", "54 55 57 58", "73", []problem.Code{
		headerWrong, fieldBlank, fieldWrong, fieldLong, bodyMalformed, problem.TooLarge, problem.BadRequest, problem.ParamValue,
	}},
	{401, "00", "Unauthorized. Signature", "73", "", []problem.Code{
		authMissing, problem.Unauthorized, problem.MiniAppUnknown, problem.MiniAppSuspended,
	}},
	{401, "00", "Unauthorized", "54 55 57 58", "", []problem.Code{authMissing, problem.Unauthorized, problem.MiniAppUnknown}},
	{401, "01", "Invalid Token (B2B)", "54 55 57 58", "", []problem.Code{authMalformed, problem.TokenInvalid}},
	{401, "02", "Invalid Customer Token", "54", "", nil},
	{403, "02", "Exceeds Transaction Amount Limit", "58", "", []problem.Code{problem.RefundExceeds}},
	{403, "03", "Suspected Fraud", "54", "", nil},
	{403, "14", "Insufficient Funds", "54 58", "", nil},
	{403, "15", "Transaction Not Permitted. Url not whitelisted", "54", "", nil},
	{403, "15", "Transaction Not Permitted", "57 58", "54 55", []problem.Code{
		problem.PaymentFinal, problem.NotRefundable, problem.NotPermitted, problem.MiniAppSuspended,
	}},
	{403, "23", "Account Limit Exceed", "58", "", nil},
	{404, "01", "Transaction Not Found", "58", "", []problem.Code{problem.PaymentUnknown}},
	{403, "15", "Transaction Not Permitted. Transaction not found", "57", "", []problem.Code{problem.PaymentUnknown}},
	{409, "00", "Conflict", "", "54 55 57 58", []problem.Code{problem.KeyReused}},
	{500, "00", "Internal Server Error", "73", "", []problem.Code{problem.Internal}},
	{500, "01", "Internal Server Error", "54 55 57 58", "", []problem.Code{problem.Internal}},
	{504, "00", "Timeout", "54 55 57 58", "", nil},
}

func (c snapCode) of(op snapOperation) bool {
	return strings.Contains(c.services, op.service) || strings.Contains(c.also, op.service)
}

// response is the response code for an operation.
func (c snapCode) response(op snapOperation) string {
	return strconv.Itoa(c.status) + op.service + c.number
}

// codeFor gives the row that answers a problem of an operation.
func (op snapOperation) codeFor(p *problem.Problem) snapCode {
	if code, ok := injected(p); ok {
		if row, ok := op.documented(code); ok {
			return row
		}
	}
	for _, code := range []problem.Code{p.Code, problem.Internal} {
		for _, row := range snapCodes {
			if row.of(op) && slices.Contains(row.problems, code) {
				return row
			}
		}
	}
	return snapCode{status: http.StatusInternalServerError, number: "01", message: "Internal Server Error"}
}

// documented gives the row of a response code that an operation's list has.
func (op snapOperation) documented(code string) (snapCode, bool) {
	for _, row := range snapCodes {
		if strings.Contains(row.services, op.service) && row.response(op) == code {
			return row, true
		}
	}
	return snapCode{}, false
}
