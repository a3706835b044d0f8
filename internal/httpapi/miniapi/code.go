package miniapi

import (
	"slices"
	"strings"

	"github.com/selasar/selasar/internal/fault"
	"github.com/selasar/selasar/internal/httpapi"
	"github.com/selasar/selasar/internal/httpapi/edge"
	"github.com/selasar/selasar/internal/problem"
)

// code is a row of the documentation's table of errors (get-profile-v2 and the other
// backend pages), with Selasar's HTTP status for it.
type code struct {
	status     int
	code       string
	symbol     string
	operations string         // operations whose page lists it; * for all
	problems   []problem.Code // of any operation; empty: only a fault causes it
}

var codes = []code{
	{401, "303", "FIELD_CANNOT_BE_BLANK", "*", []problem.Code{edge.AuthMissing}},
	{401, "310", "MALFORMED_DATA", "*", []problem.Code{edge.AuthMalformed}},
	{401, "110", "UNAUTHORIZED", "*", []problem.Code{problem.Unauthorized, problem.TokenInvalid}},
	{401, "5003", "INVALID_AUTHORISATION", "*", nil},
	{500, "900", "GENERIC_SERVICE_ERROR", "*", []problem.Code{problem.Internal}},
	{404, "105", "User not found", "profile gems-balance gems-collect", []problem.Code{problem.UserUnknown}},
	{400, "303", "FIELD_CANNOT_BE_BLANK", "", []problem.Code{edge.FieldBlank}},
	{400, "310", "MALFORMED_DATA", "", []problem.Code{edge.FieldWrong, problem.ParamValue}},
	{409, "310", "MALFORMED_DATA", "", []problem.Code{problem.KeyReused}},
	{400, "305", "ILLEGAL_LENGTH_FOR_FIELD", "push gems-balance gems-collect", []problem.Code{edge.FieldLong}},
	{408, "902", "MALFORMED_JSON", "", []problem.Code{problem.BodySlow}},
	{503, "900", "GENERIC_SERVICE_ERROR", "", []problem.Code{problem.Unavailable}},
	{429, "900", "GENERIC_SERVICE_ERROR", "", []problem.Code{problem.TooManyRequests}},
	{413, "305", "ILLEGAL_LENGTH_FOR_FIELD", "", []problem.Code{problem.TooLarge}},
	{400, "902", "MALFORMED_JSON", "push gems-balance gems-collect", []problem.Code{edge.BodyMalformed, problem.BadRequest}},
	{400, "2903", "INVALID_REQUEST_ERROR", "push", []problem.Code{pushUnread}},
	{403, "40001", "MINI_APP_NOT_FOUND", "profile", []problem.Code{problem.MiniAppUnknown, problem.MiniAppSuspended}},
	{404, "40003", "NotificationTemplate not found", "reminder push", []problem.Code{problem.TemplateUnknown}},
	{404, "", "Reminder not found", "", []problem.Code{problem.MessageUnknown}},
	{403, "40006", "MINI_APP_REWARD_CONFIG_NOT_FOUND", "rewards", []problem.Code{problem.RewardUnknown}},
	{403, "4060", "Fraud validation error", "rewards gems-balance gems-collect", nil},
	{404, "159", "Payment option not found", "gems-balance", nil},
	{404, "19007", "DATASOURCE_NOT_FOUND", "gems-balance gems-collect", []problem.Code{problem.GemsUnknown}},
	{400, "43001", "REQUEST_VALUE_EXCEEDS_MAX_LIMIT", "gems-balance gems-collect", []problem.Code{problem.OverLimit}},
	{403, "400001", "CONSENT_PROFILE_NOT_FOUND", "profile", []problem.Code{problem.NotPermitted}},
	{403, "400002", "INVALID_CONSENT_CATALOG_ID", "profile", nil},
	{403, "400004", "USER_CONSENT_DOES_NOT_EXIST", "profile", []problem.Code{problem.ConsentMissing}},
}

// pushUnread is the problem of a body that is JSON but not a notification.
const pushUnread problem.Code = "push_unreadable"

// of reports whether an operation's page lists the row.
func (c code) of(operation string) bool {
	return c.operations == "*" || slices.Contains(strings.Fields(c.operations), operation)
}

// codeFor returns the row for a problem of an operation. The fallback is the 500.
func codeFor(operation string, p *problem.Problem) (last code) {
	asked, isFault := fault.Code(p)
	for _, row := range codes {
		if isFault && row.code == asked && row.of(operation) || slices.Contains(row.problems, p.Code) {
			return row
		}
		if slices.Contains(row.problems, problem.Internal) {
			last = row
		}
	}
	return last
}

// documentedOperations returns the operations with their documented failures.
func documentedOperations() (list []httpapi.Operation) {
	for name := range strings.FieldsSeq("token profile bank-details reminder push rewards gems-balance gems-collect") {
		one := httpapi.Operation{Name: name, API: "mini-app APIs"}
		for _, row := range codes {
			if row.of(name) {
				one.Codes = append(one.Codes, httpapi.Code{Code: row.code, Message: row.symbol})
			}
		}
		list = append(list, one)
	}
	return list
}
