package webview

import (
	"github.com/selasar/selasar/internal/jsapi"
	"github.com/selasar/selasar/internal/jsapi/operation"
	"github.com/selasar/selasar/internal/version"
)

const list, trigger, getConsent = "list-of-jssdks-webview-v1", "trigger-payment", "get-consent" // pages

// bindings are MiniAppSDK's methods, in the order of the documentation.
var bindings = []*jsapi.Binding{
	{Operation: operation.IssueAuthCode, Method: "getAuthCode", Page: list, Since: version.Must("1.36.0")},
	{Operation: operation.IssueBankToken, Method: "getBankAccountToken", Page: list, Since: version.Must("1.36.0")},
	{Operation: operation.Pay, Method: "triggerPayment", Page: trigger, Since: version.Must("1.45.0")},
	{Operation: operation.OpenDeeplink, Method: "openDeeplink", Aliases: []string{"openGopayDeeplink"}, Positional: "deeplink", Page: list, Since: version.Must("1.36.0")},
	{Operation: operation.RequestConsent, Method: "getConsent", Positional: "consent_name", Page: getConsent, Since: version.Must("1.52.0")},
	{Operation: operation.ReadLocation, Method: "getLocation", Page: list, Since: version.Must("1.36.0")},
	{Operation: operation.ReadSystemInfo, Method: "getSystemInfo", Page: list, Since: version.Must("1.36.0")},
	{Operation: operation.ReadWifiInfo, Method: "getWifiInfo", Page: list, Since: version.Must("1.36.0")},
}
