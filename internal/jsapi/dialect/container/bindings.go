package container

import (
	"github.com/selasar/selasar/internal/jsapi"
	"github.com/selasar/selasar/internal/jsapi/operation"
	"github.com/selasar/selasar/internal/version"
)

// The pages of the documentation that list the methods.
const v1Page, v2Page, draftsPage = "frontend-v1", "frontend-v2", "list-of-jssdks-webview-v4"

// v1Bindings and v2Bindings are the methods, in the order of the documentation.
var (
	v1Bindings = on(v1Page, getAuthCode(), getLocation(), launchDeeplink(), launchURI(), launchPayment(), startCompass(), stopCompass(),
		trackEvent(), toast(), updateBar(), barHeight())

	v2Bindings = append(on(v2Page, getAuthCode(), getLocation(), launchDeeplink(), launchURI(), launchPayment(), getBankAccountToken(),
		authorize(), getSystemInfo(), getRootedDeviceInfo(), getWifiInfo(), getLocale(), copyToClipboard(),
		startAccelerometer(), stopAccelerometer(), startCompass(), stopCompass(), listenGyro(), listeningShake(), vibrate(),
		save(), share(), takePhoto(), trackEvent()),
		on(draftsPage, push(), pop(), listenBlow(), stopListenBlow())...)
)

// on sets the page of bindings, and the version of methods that the documentation does
// not gate.
func on(page string, bindings ...*jsapi.Binding) []*jsapi.Binding {
	for _, b := range bindings {
		b.Page = page
		if b.Since.String() == "" {
			b.Since = first
		}
	}
	return bindings
}

// first is the version of methods whose page names none; payments and consents came later.
var (
	first    = version.Must("1.36.0")
	payments = version.Must("1.45.0")
	consents = version.Must("1.52.0")
)

func getAuthCode() *jsapi.Binding {
	return &jsapi.Binding{Operation: operation.IssueAuthCode, Class: "GPMiniAppAuth", Method: "getAuthCode", Aliases: []string{"GPBase.getAuthCode"}}
}

func launchDeeplink() *jsapi.Binding {
	return &jsapi.Binding{Operation: operation.OpenDeeplink, Class: "GPNavigator", Method: "launchDeeplink"}
}

func getBankAccountToken() *jsapi.Binding {
	return &jsapi.Binding{Operation: operation.IssueBankToken, Class: "GP", Method: "getBankAccountToken"}
}

func getWifiInfo() *jsapi.Binding {
	return &jsapi.Binding{Operation: operation.ReadWifiInfo, Class: "GPSystem", Method: "getWifiInfo"}
}
