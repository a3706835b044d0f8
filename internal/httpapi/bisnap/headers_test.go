package bisnap_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/selasar/selasar/internal/testkit/apitest"
)

func without(name string) apitest.Header { return func(r *http.Request) { r.Header.Del(name) } }

// code puts an operation's digits into a response code.
func code(path, status, number string) string { return status + apitest.Service[path] + number }

func TestSnap_headers_of_a_transaction(t *testing.T) {
	t.Parallel()
	p := apitest.Start(t).Partner()
	spoilt := map[string]struct {
		status, number string
		how            apitest.Header
		hint           string
	}{
		"no Authorization":         {"401", "00", without("Authorization"), "Authorization"},
		"Authorization: Basic":     {"401", "01", p.Basic(), "Bearer"},
		"Bearer alone":             {"401", "01", apitest.With("Authorization", "Bearer"), "Bearer"},
		"no token of ours":         {"401", "01", apitest.Bearer("abc"), "access-token"},
		"a token cut short":        {"401", "01", apitest.Bearer(p.Token[:len(p.Token)-2]), "access-token"},
		"a token in upper case":    {"401", "01", apitest.Bearer(strings.ToUpper(p.Token)), "access-token"},
		"no X-TIMESTAMP":           {"400", "02", without("X-TIMESTAMP"), "X-TIMESTAMP"},
		"no X-SIGNATURE":           {"400", "02", without("X-SIGNATURE"), "X-SIGNATURE"},
		"no X-PARTNER-ID":          {"400", "02", without("X-PARTNER-ID"), "X-PARTNER-ID"},
		"no X-EXTERNAL-ID":         {"400", "02", without("X-EXTERNAL-ID"), "X-EXTERNAL-ID"},
		"a blank X-EXTERNAL-ID":    {"400", "02", apitest.ExternalID("  "), "X-EXTERNAL-ID"},
		"X-EXTERNAL-ID of 37":      {"400", "02", apitest.ExternalID(strings.Repeat("9", 37)), "36"},
		"X-EXTERNAL-ID with é":     {"400", "02", apitest.ExternalID("é"), "printable"},
		"no CHANNEL-ID":            {"400", "02", without("CHANNEL-ID"), "CHANNEL-ID"},
		"CHANNEL-ID of 4":          {"400", "02", apitest.With("CHANNEL-ID", "1234"), "five digits"},
		"CHANNEL-ID of 6":          {"400", "02", apitest.With("CHANNEL-ID", "123456"), "five digits"},
		"CHANNEL-ID with a letter": {"400", "02", apitest.With("CHANNEL-ID", "1234a"), "five digits"},
		"no Content-Type":          {"400", "02", without("Content-Type"), "Content-Type"},
		"Content-Type of a form":   {"400", "02", apitest.With("Content-Type", "application/x-www-form-urlencoded"), "application/json"},
		"no time at all":           {"400", "02", apitest.With("X-TIMESTAMP", "now"), "X-TIMESTAMP"},
		"a time of another":        {"401", "00", apitest.With("X-TIMESTAMP", p.Now().Add(1e9).UTC().Format("2006-01-02T15:04:05Z")), "POST:"},
		"another partner":          {"401", "00", apitest.With("X-PARTNER-ID", p.Set.Snap.PartnerID+"x"), "X-PARTNER-ID"},
		"an unknown partner":       {"401", "00", apitest.With("X-PARTNER-ID", "nobody"), "X-PARTNER-ID"},
		"a word for the partner":   {"401", "00", apitest.With("X-PARTNER-ID", "undefined"), "the word undefined in X-PARTNER-ID"},
		"a template for the sign":  {"401", "00", apitest.With("X-SIGNATURE", "{{signature}}"), "the text {{signature}} in X-SIGNATURE"},
		"a word for the token":     {"401", "01", apitest.With("Authorization", "Bearer null"), "the word null"},
		"no base64":                {"401", "00", apitest.With("X-SIGNATURE", "!"), "{accessToken}"},
		"a signature of the token": {"401", "00", p.KeyedAsTransaction(), "HMAC-SHA512"},
		"two Authorizations":       {"401", "01", apitest.Twice("Authorization"), "access-token"},
		"two X-TIMESTAMPs":         {"400", "02", apitest.Twice("X-TIMESTAMP"), "X-TIMESTAMP"},
		"two X-SIGNATUREs":         {"401", "00", apitest.Twice("X-SIGNATURE"), "HMAC-SHA512"},
		"two X-PARTNER-IDs":        {"401", "00", apitest.Twice("X-PARTNER-ID"), "X-PARTNER-ID"},
		"two CHANNEL-IDs":          {"400", "02", apitest.Twice("CHANNEL-ID"), "five digits"},
		"a signature in hex":       {"401", "00", apitest.With("X-SIGNATURE", strings.Repeat("ab", 64)), "base64"},
	}
	for path := range apitest.Service {
		if path == apitest.SnapTokenPath {
			continue
		}
		for name, one := range spoilt {
			t.Run(path+"/"+name, func(t *testing.T) {
				p.Asks(path, "{}", one.how).Says(code(path, one.status, one.number), one.hint)
			})
		}
		p.Asks(path, "{}", apitest.With("X-DEVICE-ID", ""), apitest.With("Content-Type", "application/json; charset=utf-8")).Says(code(path, "400", "02"), "missing") // the body's turn
	}
}

func TestSnap_timestamps(t *testing.T) {
	t.Parallel()
	p := apitest.Start(t).Partner()
	at := func(stamp string) apitest.Answer {
		body := `{"originalReferenceNo":"none","serviceCode":"54"}`
		return p.Asks(apitest.StatusPath, body, apitest.With("X-TIMESTAMP", stamp), apitest.With("X-SIGNATURE", p.Mac("POST", apitest.StatusPath, body, stamp)))
	}
	now := p.Now()
	for _, layout := range []string{"2006-01-02T15:04:05Z07:00", "2006-01-02T15:04:05.000Z07:00", "2006-01-02T15:04:05.000000000Z07:00"} {
		at(now.UTC().Format(layout)).Says("2005500")
		at(now.Local().Format(layout)).Says("2005500")
	}
	for by, code := range map[string]string{"-4m": "2005500", "4m": "2005500", "-6m": "4015500", "6m": "4015500", "-24h": "4015500", "24h": "4015500"} {
		got := at(now.Add(apitest.Duration(t, by)).UTC().Format("2006-01-02T15:04:05Z"))
		switch got.Says(code); {
		case code == "2005500":
		case by[0] == '-':
			got.Says(code, "behind the platform's clock")
		default:
			got.Says(code, "ahead of the platform's clock")
		}
	}
	for _, wrong := range []string{"2026-11-23 10:00:00", "1795376390", "2026-11-23", "2026-13-41T00:00:00Z", "2026-11-23T10:00:00"} {
		at(wrong).Says("4005502", "X-TIMESTAMP")
	}
	for by, code := range map[string]string{"-4m": "2007300", "-6m": "4017300", "6m": "4017300"} {
		stamp := now.Add(apitest.Duration(t, by)).UTC().Format("2006-01-02T15:04:05Z")
		p.Send("POST", apitest.SnapTokenPath, `{"grant_type":"client_credentials"}`, p.Keyed(stamp)).Says(code)
	}
}

func TestSnap_access_token(t *testing.T) {
	t.Parallel()
	p := apitest.Start(t).Partner()
	got := p.Access().Says("2007300")
	if got.Text("tokenType") != "Bearer" || got.Text("expiresIn") != "900" || len(got.Text("accessToken")) > 2048 {
		t.Errorf("%s", got.Body)
	}
	send := func(body string, headers ...apitest.Header) apitest.Answer {
		return p.Send("POST", apitest.SnapTokenPath, body, append([]apitest.Header{p.Keyed(p.Stamp())}, headers...)...)
	}
	for body, code := range map[string]string{
		`{"grantType":"client_credentials"}`: "2007300", `{"grant_type":"client_credentials"}`: "2007300",
		`{"grantType":"client_credentials","additionalInfo":{}}`: "2007300",
		``: "4007302", `{}`: "4007302", `{"grantType":"password"}`: "4007302", `{"grantType":1}`: "4007302", `[]`: "4007302",
		`{"grantType":"client_credentials"`: "4007302", `{"grantType":"client_credentials","grantType":"client_credentials"}`: "4007302",
	} {
		send(body).Says(code)
	}
	for name, how := range map[string]apitest.Header{
		"no X-CLIENT-KEY": without("X-CLIENT-KEY"), "no X-SIGNATURE": without("X-SIGNATURE"), "no X-TIMESTAMP": without("X-TIMESTAMP"),
		"an unknown client": apitest.With("X-CLIENT-KEY", "G1234325-SNAP"), "the partner id": apitest.With("X-CLIENT-KEY", p.Set.Snap.PartnerID),
		"no signature": apitest.With("X-SIGNATURE", "AAAA"), "two signatures": apitest.Twice("X-SIGNATURE"), "no time": apitest.With("X-TIMESTAMP", "now"), "an hmac": apitest.With("X-SIGNATURE", p.Mac("POST", apitest.SnapTokenPath, "", p.Stamp())),
	} {
		t.Run(name, func(t *testing.T) {
			if got := send(`{"grantType":"client_credentials"}`, how, apitest.With("debug-id", "d-1")).Says("4017300"); got.Text("referenceNo") != "d-1" {
				t.Errorf("%s", got.Body)
			}
		})
	}
	if send("{}").Text("referenceNo") == "" {
		t.Error("an error without a debug id has no referenceNo")
	}
	t.Run("lives 900 seconds", func(t *testing.T) {
		p.Advance("14m")
		p.Asks(apitest.StatusPath, `{"originalReferenceNo":"none","serviceCode":"54"}`).Says("2005500")
		p.Advance("61s")
		p.Asks(apitest.StatusPath, `{"originalReferenceNo":"none","serviceCode":"54"}`).Says("4015501", "expired")
	})
}
