package httpapi_test

import (
	"net/http"
	"strings"
	"testing"
)

func without(name string) header { return func(r *http.Request) { r.Header.Del(name) } }

// service is the two digits of each path.
var service = map[string]string{snapTokenPath: "73", h2hPath: "54", statusPath: "55", cancelPath: "57", refundPath: "58"}

// code puts an operation's digits into a response code.
func code(path, status, number string) string { return status + service[path] + number }

func TestSnap_headers_of_a_transaction(t *testing.T) {
	t.Parallel()
	p := start(t).partner()
	spoilt := map[string]struct {
		status, number string
		how            header
		hint           string
	}{
		"no Authorization":         {"401", "00", without("Authorization"), "Authorization"},
		"Authorization: Basic":     {"401", "01", p.basic(), "Bearer"},
		"Bearer alone":             {"401", "01", with("Authorization", "Bearer"), "Bearer"},
		"no token of ours":         {"401", "01", bearer("abc"), "access-token"},
		"a token cut short":        {"401", "01", bearer(p.token[:len(p.token)-2]), "access-token"},
		"a token in upper case":    {"401", "01", bearer(strings.ToUpper(p.token)), "access-token"},
		"no X-TIMESTAMP":           {"400", "02", without("X-TIMESTAMP"), "X-TIMESTAMP"},
		"no X-SIGNATURE":           {"400", "02", without("X-SIGNATURE"), "X-SIGNATURE"},
		"no X-PARTNER-ID":          {"400", "02", without("X-PARTNER-ID"), "X-PARTNER-ID"},
		"no X-EXTERNAL-ID":         {"400", "02", without("X-EXTERNAL-ID"), "X-EXTERNAL-ID"},
		"a blank X-EXTERNAL-ID":    {"400", "02", externalID("  "), "X-EXTERNAL-ID"},
		"X-EXTERNAL-ID of 37":      {"400", "02", externalID(strings.Repeat("9", 37)), "36"},
		"X-EXTERNAL-ID with é":     {"400", "02", externalID("é"), "printable"},
		"no CHANNEL-ID":            {"400", "02", without("CHANNEL-ID"), "CHANNEL-ID"},
		"CHANNEL-ID of 4":          {"400", "02", with("CHANNEL-ID", "1234"), "five digits"},
		"CHANNEL-ID of 6":          {"400", "02", with("CHANNEL-ID", "123456"), "five digits"},
		"CHANNEL-ID with a letter": {"400", "02", with("CHANNEL-ID", "1234a"), "five digits"},
		"no Content-Type":          {"400", "02", without("Content-Type"), "Content-Type"},
		"Content-Type of a form":   {"400", "02", with("Content-Type", "application/x-www-form-urlencoded"), "application/json"},
		"no time at all":           {"400", "02", with("X-TIMESTAMP", "now"), "X-TIMESTAMP"},
		"a time of another":        {"401", "00", with("X-TIMESTAMP", p.now().Add(1e9).UTC().Format("2006-01-02T15:04:05Z")), "POST:"},
		"another partner":          {"401", "00", with("X-PARTNER-ID", p.set.Snap.PartnerID+"x"), "X-PARTNER-ID"},
		"an unknown partner":       {"401", "00", with("X-PARTNER-ID", "nobody"), "X-PARTNER-ID"},
		"no base64":                {"401", "00", with("X-SIGNATURE", "!"), "{accessToken}"},
		"a signature of the token": {"401", "00", p.keyedAsTransaction(), "HMAC-SHA512"},
		"two Authorizations":       {"401", "01", twice("Authorization"), "access-token"},
		"two X-TIMESTAMPs":         {"400", "02", twice("X-TIMESTAMP"), "X-TIMESTAMP"},
		"two X-SIGNATUREs":         {"401", "00", twice("X-SIGNATURE"), "HMAC-SHA512"},
		"two X-PARTNER-IDs":        {"401", "00", twice("X-PARTNER-ID"), "X-PARTNER-ID"},
		"two CHANNEL-IDs":          {"400", "02", twice("CHANNEL-ID"), "five digits"},
		"a signature in hex":       {"401", "00", with("X-SIGNATURE", strings.Repeat("ab", 64)), "base64"},
	}
	for path := range service {
		if path == snapTokenPath {
			continue
		}
		for name, one := range spoilt {
			t.Run(path+"/"+name, func(t *testing.T) {
				p.asks(path, "{}", one.how).says(code(path, one.status, one.number), one.hint)
			})
		}
		p.asks(path, "{}", with("X-DEVICE-ID", ""), with("Content-Type", "application/json; charset=utf-8")).says(code(path, "400", "02"), "missing") // the body's turn
	}
}

// twice sends a header in two lines that say the same.
func twice(name string) header {
	return func(r *http.Request) { r.Header.Add(name, r.Header.Get(name)) }
}

// keyedAsTransaction signs a transaction as if it were a token request.
func (p *partner) keyedAsTransaction() header {
	keyed := p.keyed(p.stamp())
	return func(r *http.Request) {
		channel := r.Header.Get("Content-Type")
		keyed(r)
		r.Header.Set("Content-Type", channel)
	}
}

func TestSnap_timestamps(t *testing.T) {
	t.Parallel()
	p := start(t).partner()
	at := func(stamp string) answer {
		body := `{"originalReferenceNo":"none","serviceCode":"54"}`
		return p.asks(statusPath, body, with("X-TIMESTAMP", stamp), with("X-SIGNATURE", p.mac("POST", statusPath, body, stamp)))
	}
	now := p.now()
	for _, layout := range []string{"2006-01-02T15:04:05Z07:00", "2006-01-02T15:04:05.000Z07:00", "2006-01-02T15:04:05.000000000Z07:00"} {
		at(now.UTC().Format(layout)).says("2005500")
		at(now.Local().Format(layout)).says("2005500")
	}
	for by, code := range map[string]string{"-4m": "2005500", "4m": "2005500", "-6m": "4015500", "6m": "4015500", "-24h": "4015500", "24h": "4015500"} {
		got := at(now.Add(duration(t, by)).UTC().Format("2006-01-02T15:04:05Z"))
		switch got.says(code); {
		case code == "2005500":
		case by[0] == '-':
			got.says(code, "behind the platform's clock")
		default:
			got.says(code, "ahead of the platform's clock")
		}
	}
	for _, wrong := range []string{"2026-11-23 10:00:00", "1795376390", "2026-11-23", "2026-13-41T00:00:00Z", "2026-11-23T10:00:00"} {
		at(wrong).says("4005502", "X-TIMESTAMP")
	}
	for by, code := range map[string]string{"-4m": "2007300", "-6m": "4017300", "6m": "4017300"} {
		stamp := now.Add(duration(t, by)).UTC().Format("2006-01-02T15:04:05Z")
		p.send("POST", snapTokenPath, `{"grant_type":"client_credentials"}`, p.keyed(stamp)).says(code)
	}
}

func TestSnap_access_token(t *testing.T) {
	t.Parallel()
	p := start(t).partner()
	got := p.access().says("2007300")
	if got.text("tokenType") != "Bearer" || got.text("expiresIn") != "900" || len(got.text("accessToken")) > 2048 {
		t.Errorf("%s", got.body)
	}
	send := func(body string, headers ...header) answer {
		return p.send("POST", snapTokenPath, body, append([]header{p.keyed(p.stamp())}, headers...)...)
	}
	for body, code := range map[string]string{
		`{"grantType":"client_credentials"}`: "2007300", `{"grant_type":"client_credentials"}`: "2007300",
		`{"grantType":"client_credentials","additionalInfo":{}}`: "2007300",
		``: "4007302", `{}`: "4007302", `{"grantType":"password"}`: "4007302", `{"grantType":1}`: "4007302", `[]`: "4007302",
		`{"grantType":"client_credentials"`: "4007302", `{"grantType":"client_credentials","grantType":"client_credentials"}`: "4007302",
	} {
		send(body).says(code)
	}
	for name, how := range map[string]header{
		"no X-CLIENT-KEY": without("X-CLIENT-KEY"), "no X-SIGNATURE": without("X-SIGNATURE"), "no X-TIMESTAMP": without("X-TIMESTAMP"),
		"an unknown client": with("X-CLIENT-KEY", "G1234325-SNAP"), "the partner id": with("X-CLIENT-KEY", p.set.Snap.PartnerID),
		"no signature": with("X-SIGNATURE", "AAAA"), "two signatures": twice("X-SIGNATURE"), "no time": with("X-TIMESTAMP", "now"), "an hmac": with("X-SIGNATURE", p.mac("POST", snapTokenPath, "", p.stamp())),
	} {
		t.Run(name, func(t *testing.T) {
			if got := send(`{"grantType":"client_credentials"}`, how, with("debug-id", "d-1")).says("4017300"); got.text("referenceNo") != "d-1" {
				t.Errorf("%s", got.body)
			}
		})
	}
	if send("{}").text("referenceNo") == "" {
		t.Error("an error without a debug id has no referenceNo")
	}
	t.Run("lives 900 seconds", func(t *testing.T) {
		p.advance("14m")
		p.asks(statusPath, `{"originalReferenceNo":"none","serviceCode":"54"}`).says("2005500")
		p.advance("61s")
		p.asks(statusPath, `{"originalReferenceNo":"none","serviceCode":"54"}`).says("4015501", "expired")
	})
}
