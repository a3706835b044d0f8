package jsapi_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/selasar/selasar/internal/problem"
)

// FuzzCall calls any method with any parameters. The call settles with a documented
// envelope or asks, and never fails with the super app's 500.
func FuzzCall(f *testing.F) {
	p := open(f)
	p.choose(`{"payment":"pending","deeplink":"open","consent":"allow"}`)
	l := p.trusted()
	deeplink, _ := p.pay("kopi", 1000, 0)
	for _, m := range documented {
		for _, params := range []string{
			"", "null", "{}", "[]", `"x"`, deeplink, `{"deeplink":"gopay://home/promo"}`, `{"consent_name":"location"}`, `{"consent_name":null}`,
			`{"a":1,"a":2}`, `{"deeplink":"gopay://merchanttransfer?tref=%00"}`, "{\"consent_name\":\"\xff\"}", strings.Repeat("[", 200), `{"consent_name":"\ud800"}`,
		} {
			f.Add(m.name, params)
		}
	}
	f.Add("__proto__", "{}")
	f.Add("\xff", "\x00")
	f.Fuzz(func(t *testing.T, method, params string) {
		p.t = t
		reply := p.call(l, method, params)
		e := read(t, reply)
		if !e.Success && e.Error.Code >= 400 {
			t.Fatalf("%q %q: %s", method, params, show(reply.Result))
		}
		if _, err := json.Marshal(p.entry(reply.CallID)); err != nil {
			t.Fatalf("%q %q: the journal's entry: %v", method, params, err)
		}
	})
}

// FuzzAnswer answers a sheet with any JSON. The answer is accepted, or it is refused
// and the sheet stays open.
func FuzzAnswer(f *testing.F) {
	p := open(f)
	l := p.silent(p.sari)
	a := p.asks(l, "getConsent", `{"consent_name":"location"}`)
	for _, seed := range []string{
		allowAll, decline, `{"answer":"allow","consents":["location"]}`, `{"answer":"allow","consents":null}`, `{"answer":1}`, `null`, `[]`, ``, `{`, "\xff",
		`{"answer":"allow","consents":["wifi"]}`, `{"ANSWER":"allow"}`, `{"answer":"allow","answer":"decline"}`, `{"answer":"ok","data":{"latitude":1}}`,
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, answer string) {
		p.t = t
		reply, err := p.answer(l, a.ID, answer)
		if err != nil {
			if !problem.Is(err, problem.AnswerInvalid) {
				t.Fatalf("%q: %v", answer, err)
			}
			return
		}
		if e := read(t, reply); !e.Success || !strings.HasPrefix(string(e.Data), `{"consent_name":"location","has_consent":`) {
			t.Fatalf("%q: %s", answer, show(reply.Result))
		}
		p.consent(p.sari, "location", "never_asked")
		a = p.asks(l, "getConsent", `{"consent_name":"location"}`)
	})
}
