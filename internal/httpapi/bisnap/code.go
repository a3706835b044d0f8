package bisnap

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/selasar/selasar/internal/fault"
	"github.com/selasar/selasar/internal/httpapi"
	"github.com/selasar/selasar/internal/httpapi/edge"
	"github.com/selasar/selasar/internal/problem"
)

// operation is a path of BI-SNAP, with its two digits in response codes.
type operation struct{ name, service string }

var (
	accessToken       = operation{"access-token", "73"}
	paymentHostToHost = operation{"payment-host-to-host", "54"}
	debitStatus       = operation{"status", "55"}
	debitCancel       = operation{"cancel", "57"}
	debitRefund       = operation{"refund", "58"}
)

var operations = []operation{accessToken, paymentHostToHost, debitStatus, debitCancel, debitRefund}

// operationNamed returns the operation with a name.
func operationNamed(name string) operation {
	return operations[slices.IndexFunc(operations, func(op operation) bool { return op.name == name })]
}

// row is a row of the documentation's lists of response codes
// (access-token-api, seamless-payment-v2, direct-debit-api-gopay,
// get-transaction-status-api, cancel-api, refund-api). A response code is the
// HTTP status, the operation's two digits and the case.
type row struct {
	status   int
	number   string // the case
	message  string
	services string         // of the operations whose list contains it
	also     string         // of the operations that return it although their list lacks it
	problems []problem.Code // empty: only a fault causes it
}

// codes is searched from the top: the operation's first row with the problem is the
// answer. The fallback is the operation's 500.
var codes = []row{
	{200, "00", "Successful", "73 54 55 57 58", "", nil},
	{400, "02", "Invalid Mandatory Field", "54 55 57 58", "73", []problem.Code{
		headerWrong, edge.FieldBlank, edge.FieldWrong, edge.FieldLong, edge.BodyMalformed, problem.TooLarge, problem.BodySlow, problem.BadRequest, problem.ParamValue,
	}},
	{401, "00", "Unauthorized. Signature", "73", "", []problem.Code{
		edge.AuthMissing, problem.Unauthorized, problem.MiniAppUnknown, problem.MiniAppSuspended,
	}},
	{401, "00", "Unauthorized", "54 55 57 58", "", []problem.Code{edge.AuthMissing, problem.Unauthorized, problem.MiniAppUnknown}},
	{401, "01", "Invalid Token (B2B)", "54 55 57 58", "", []problem.Code{edge.AuthMalformed, problem.TokenInvalid}},
	{401, "02", "Invalid Customer Token", "54", "", nil},
	{403, "02", "Exceeds Transaction Amount Limit", "58", "", []problem.Code{problem.RefundExceeds}},
	{403, "03", "Suspected Fraud", "54", "", nil},
	{403, "14", "Insufficient Funds", "54 58", "", []problem.Code{problem.InsufficientFunds}},
	{403, "15", "Transaction Not Permitted. Url not whitelisted", "54", "", nil},
	{403, "15", "Transaction Not Permitted", "57 58", "54 55", []problem.Code{
		problem.PaymentFinal, problem.PaymentCharging, problem.NotRefundable, problem.NotPermitted, problem.MiniAppSuspended,
	}},
	{403, "23", "Account Limit Exceed", "58", "", nil},
	{404, "01", "Transaction Not Found", "58", "", []problem.Code{problem.PaymentUnknown}},
	{403, "15", "Transaction Not Permitted. Transaction not found", "57", "", []problem.Code{problem.PaymentUnknown}},
	{409, "00", "Conflict", "", "54 55 57 58", []problem.Code{problem.KeyReused}},
	{429, "00", "Too Many Requests", "", "73 54 55 57 58", []problem.Code{problem.TooManyRequests}},
	{500, "00", "Internal Server Error", "73", "", []problem.Code{problem.Internal}},
	{500, "01", "Internal Server Error", "54 55 57 58", "", []problem.Code{problem.Internal}},
	{503, "00", "Service Unavailable", "", "73 54 55 57 58", []problem.Code{problem.Unavailable}},
	{504, "00", "Timeout", "54 55 57 58", "", []problem.Code{problem.RefundPending}},
}

// of reports whether an operation can return the row.
func (r row) of(op operation) bool {
	return strings.Contains(r.services, op.service) || strings.Contains(r.also, op.service)
}

// response returns the response code for an operation.
func (r row) response(op operation) string {
	return strconv.Itoa(r.status) + op.service + r.number
}

// codeFor returns the row for a problem of an operation.
func (op operation) codeFor(p *problem.Problem) row {
	if code, ok := fault.Code(p); ok {
		if documented, ok := op.documented(code); ok {
			return documented
		}
	}
	for _, code := range []problem.Code{p.Code, problem.Internal} {
		for _, row := range codes {
			if row.of(op) && slices.Contains(row.problems, code) {
				return row
			}
		}
	}
	return row{status: http.StatusInternalServerError, number: "01", message: "Internal Server Error"}
}

// documented returns the row of a response code, if the operation's own list contains
// it.
func (op operation) documented(code string) (row, bool) {
	for _, row := range codes {
		if strings.Contains(row.services, op.service) && row.response(op) == code {
			return row, true
		}
	}
	return row{}, false
}

// documentedOperations returns the operations with their documented failures.
func documentedOperations() (list []httpapi.Operation) {
	for _, op := range operations {
		one := httpapi.Operation{Name: op.name, API: "BI-SNAP"}
		for _, row := range codes {
			if row.status != http.StatusOK && strings.Contains(row.services, op.service) {
				one.Codes = append(one.Codes, httpapi.Code{Code: row.response(op), Message: row.message})
			}
		}
		one.Codes = httpapi.SortCodes(one.Codes)
		list = append(list, one)
	}
	return list
}
