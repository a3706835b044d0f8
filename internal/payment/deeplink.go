package payment

import (
	"net/url"
	"strings"

	"github.com/selasar/selasar/internal/miniapp"
)

// The parts of a payment's deeplink: gopay://merchanttransfer with the query of the
// web redirect URL (seamless-payment-v2).
const (
	scheme = "gopay"
	host   = "merchanttransfer"
	param  = "tref"
)

// Query returns the query that identifies a payment, in its web redirect URL and in
// its deeplink.
func Query(ref string) string { return url.Values{param: {ref}}.Encode() }

// Deeplink returns the deeplink for triggerPayment.
func Deeplink(ref string) string { return scheme + "://" + host + "?" + Query(ref) }

// Ref returns the reference number in a payment's deeplink; ok is false for every
// other text.
func Ref(deeplink string) (ref string, ok bool) {
	link, err := miniapp.ParseDeeplink(deeplink)
	if err != nil || link.Scheme != scheme || link.Host != host || strings.Trim(link.Path, "/") != "" {
		return "", false
	}
	query, err := url.ParseQuery(link.Query)
	if err != nil || len(query[param]) != 1 || !Possible(query[param][0]) {
		return "", false
	}
	return query[param][0], true
}

// MaxRef is the largest length of a referenceNo (seamless-payment-v2).
const MaxRef = 256

// Possible reports whether a text can be a reference number: visible ASCII. So other
// decoded escapes, such as invalid UTF-8, never reach the database.
func Possible(ref string) bool {
	return ref != "" && len(ref) <= MaxRef && !strings.ContainsFunc(ref, func(c rune) bool { return c <= ' ' || c > '~' })
}
