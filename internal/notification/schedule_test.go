package notification

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/selasar/selasar/internal/journal/event"
)

func TestNextTry(t *testing.T) {
	const s, m, h = time.Second, time.Minute, time.Hour
	for _, one := range []struct {
		name         string
		attempt      int
		jitter       float64
		after, least time.Duration
		last         bool
	}{
		{"first", 1, 0, 0, 5 * s, false},
		{"second", 2, 0, 0, 5 * m, false},
		{"third", 3, 0, 0, 30 * m, false},
		{"fourth", 4, 0, 0, 2 * h, false},
		{"fifth", 5, 0, 0, 5 * h, false},
		{"sixth", 6, 0, 0, 10 * h, false},
		{"seventh", 7, 0, 0, 14 * h, false},
		{"eighth", 8, 0, 0, 20 * h, false},
		{"ninth", 9, 0, 0, 24 * h, false},
		{"tenth", 10, 0, 0, 0, true},
		{"replayed after the last", 11, 0, 9 * h, 0, true},
		{"jitter makes it longer", 2, 0.5, 0, 315 * s, false},
		{"the receiver asks for less", 2, 0, s, 5 * m, false},
		{"the receiver asks for more", 2, 0.9, h, h, false},
		{"the receiver asks for too much", 1, 0, 1000 * h, 24 * h, false},
	} {
		t.Run(one.name, func(t *testing.T) {
			wait, ok := nextTry(one.attempt, one.jitter, one.after)
			if wait != one.least || ok == one.last {
				t.Errorf("%s, %v; want %s, last %v", wait, ok, one.least, one.last)
			}
		})
	}
}

func TestSchedule_takes_more_than_three_days(t *testing.T) {
	for jitter, most := range map[float64]time.Duration{0: 76 * time.Hour, 0.9999: 84 * time.Hour} {
		var sum time.Duration
		for attempt := 1; attempt < Tries; attempt++ {
			wait, _ := nextTry(attempt, jitter, 0)
			sum += wait
		}
		if sum < 72*time.Hour || sum > most {
			t.Errorf("ten tries span %s", sum)
		}
	}
}

func TestRetryAfter(t *testing.T) {
	now := time.Date(2026, 3, 14, 9, 26, 53, 0, time.UTC)
	for text, want := range map[string]time.Duration{
		"": 0, "120": 2 * time.Minute, " 7 ": 7 * time.Second, "-5": 0, "soon": 0, "99999999999999": 0, "4294967295": 4294967295 * time.Second, "4294967296": 0, "1.5": 0,
		"Sat, 14 Mar 2026 09:30:53 GMT": 4 * time.Minute, "Sat, 14 Mar 2026 09:00:00 GMT": 0, "Sat, 14 Mar 2026 09:30:53 +0700": 0,
	} {
		if got := retryAfter(text, now); got != want {
			t.Errorf("%q: %s, want %s", text, got, want)
		}
	}
}

func TestJudge(t *testing.T) {
	answer := func(status int, body string, headers ...Header) Reply {
		return Reply{Status: status, Body: []byte(body), Whole: true, Headers: headers}
	}
	const yes = `{"responseCode":"2005600","responseMessage":"Request has been processed successfully"}`
	for name, one := range map[string]struct {
		reply Reply
		taken bool
		gone  bool
		after time.Duration
	}{
		"as documented":               {reply: answer(200, yes), taken: true},
		"201":                         {reply: answer(201, yes), taken: true},
		"a number":                    {reply: answer(200, ` {"responseCode": 2005600}`), taken: true},
		"nothing":                     {reply: answer(204, ""), taken: true},
		"a line end":                  {reply: answer(200, "\r\n"), taken: true},
		"OK":                          {reply: answer(200, "OK")},
		"an empty object":             {reply: answer(200, "{}")},
		"null":                        {reply: answer(200, "null")},
		"another code":                {reply: answer(200, `{"responseCode":"5005600"}`)},
		"a code in a list":            {reply: answer(200, `["2005600"]`)},
		"two codes":                   {reply: answer(200, `{"responseCode":"5005600","responseCode":"2005600"}`)},
		"a page":                      {reply: answer(200, "<!doctype html>2005600")},
		"too long":                    {reply: Reply{Status: 200}},
		"a redirect":                  {reply: answer(302, yes, Header{"Location", "https://kopi.example"})},
		"not modified":                {reply: answer(304, "")},
		"a client's error":            {reply: answer(404, yes)},
		"a server's error":            {reply: answer(500, yes)},
		"gone":                        {reply: answer(410, yes), gone: true},
		"busy":                        {reply: answer(429, "", Header{"retry-after", "60"}), after: time.Minute},
		"not now":                     {reply: answer(503, "", Header{"Retry-After", "60"}), after: time.Minute},
		"an error that asks for more": {reply: answer(500, "", Header{"Retry-After", "60"})},
	} {
		t.Run(name, func(t *testing.T) {
			v := judge(one.reply, time.Now())
			if (v.reason == "") != one.taken || v.gone != one.gone || v.after != one.after || advice(v) == "" != one.taken {
				t.Errorf("%+v", v)
			}
		})
	}
}

func TestTarget(t *testing.T) {
	for _, one := range []struct{ given, own, want string }{
		{"", "http://localhost:3000", "http://localhost:3000/v1.0/debit/notify"},
		{"/", "http://localhost:3000", "http://localhost:3000/v1.0/debit/notify"},
		{"/told?a=1", "http://localhost:3000", "http://localhost:3000/told?a=1"},
		{"https://kopi.example", "http://localhost:3000", "https://kopi.example/v1.0/debit/notify"},
		{"https://kopi.example/?a=1", "", "https://kopi.example/v1.0/debit/notify?a=1"},
		{"https://kopi.example/1.0", "", "https://kopi.example/1.0"},
		{"", "", ""},
		{"/told", "", ""},
	} {
		if got := Target(one.given, one.own); got != one.want {
			t.Errorf("%q of %q: %q, want %q", one.given, one.own, got, one.want)
		}
	}
}

func TestSignedPath(t *testing.T) {
	for _, one := range []struct{ target, want string }{
		{"http://x/v1.0/debit/notify", "/v1.0/debit/notify"},
		{"http://x/webhook/v1.0/debit/notify", "/v1.0/debit/notify"},
		{"http://x/a%20b/v1.0/debit/notify", "/v1.0/debit/notify"},
		{"http://x/v1.0/debit/notify/webhook/v1.0/debit/notify", "/v1.0/debit/notify"},
		{"http://x/webhook/v1.0/debit/notify?shop=a%2Fb", "/v1.0/debit/notify?shop=a%2Fb"},
		{"http://x/told?a=1", "/told?a=1"},
		{"http://x/a%20b", "/a%20b"},
		{"http://x/webhook/v1.0/debit/notify/", "/webhook/v1.0/debit/notify/"},
		{"http://x/webhookv1.0/debit/notify", "/webhookv1.0/debit/notify"},
		{"http://x/v1.0/debit/notify/more", "/v1.0/debit/notify/more"},
	} {
		u, err := url.Parse(one.target)
		if err != nil {
			t.Fatal(err)
		}
		if got := signedPath(u); got != one.want {
			t.Errorf("%s: %s, want %s", one.target, got, one.want)
		}
	}
}

func TestExternalID_has_digits_only_and_depends_only_on_the_id(t *testing.T) {
	a := Notification{ID: "0195970c-8e95-7abc-8def-0123456789ab", Attempts: 1}
	b := a
	b.Attempts = 2
	if a.ExternalID() != "17419"+a.ExternalID()[5:] || a.ExternalID() != b.ExternalID() || len(a.ExternalID()) != 32 {
		t.Errorf("%s, %s", a.ExternalID(), b.ExternalID())
	}
	other := a
	other.ID = "0195970c-8e95-7abc-8def-0123456789ac"
	if other.ExternalID() == a.ExternalID() {
		t.Error("two notifications have one id")
	}
}

// advice returns the next step that the journal names after a try.
func advice(v verdict) string {
	return Notification{}.triedEntry(Delivery{URL: "http://x"}, v, Waiting, 0).Next
}

func TestJudge_says_why(t *testing.T) {
	long := strings.Repeat("a", 300)
	for _, one := range []struct {
		name     string
		reply    Reply
		reason   event.TryReason
		location string
		answer   string
	}{
		{"the first redirect", Reply{Status: 300, URL: "http://x/b/c", Headers: []Header{{"Location", "/a"}}}, event.Redirected, "http://x/a", ""},
		{"the last redirect", Reply{Status: 399, URL: "http://x/", Headers: []Header{{"Location", strings.Repeat(long, 7)}}}, event.Redirected, ("http://x/" + strings.Repeat(long, 7))[:2048] + "...", ""},
		{"a redirect beside the address that answered", Reply{Status: 302, URL: "http://x/b/c?d", Headers: []Header{{"Location", "e/"}}}, event.Redirected, "http://x/b/e/", ""},
		{"a redirect without an address", Reply{Status: 302, URL: "http://x/b"}, event.Redirected, "", ""},
		{"a redirect from an address that cannot be read", Reply{Status: 302, URL: "http://x/%zz", Headers: []Header{{"Location", "/a"}}}, event.Redirected, "/a", ""},
		{"a redirect to an address that cannot be read", Reply{Status: 302, URL: "http://x/b", Headers: []Header{{"Location", "http://y/%zz"}}}, event.Redirected, "http://y/%zz", ""},
		{"the first error", Reply{Status: 400}, event.AnsweredError, "", ""},
		{"a status below 200", Reply{Status: 199}, event.AnsweredError, "", ""},
		{"gone", Reply{Status: 410}, event.AnsweredGone, "", ""},
		{"too long", Reply{Status: 200}, event.AnswerTooLong, "", ""},
		{"another answer", Reply{Status: 200, Whole: true, Body: []byte("OK")}, event.NotTaken, "", "OK"},
		{"another long answer", Reply{Status: 299, Whole: true, Body: []byte(long)}, event.NotTaken, "", long[:200] + "..."},
		{"an answer of the length that is kept", Reply{Status: 299, Whole: true, Body: []byte(long[:200])}, event.NotTaken, "", long[:200]},
	} {
		v := judge(one.reply, time.Now())
		if v.reason != one.reason || v.location != one.location || v.answer != one.answer {
			t.Errorf("%s: %+v", one.name, v)
		}
	}
}
