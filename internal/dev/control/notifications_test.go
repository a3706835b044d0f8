package control_test

import (
	"encoding/json"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/selasar/selasar/internal/signature"
	"github.com/selasar/selasar/internal/testkit/apitest"
)

const acknowledged = `{"responseCode":"2005600","responseMessage":"Request has been processed successfully"}`

// got is a notification as a backend receives it.
type got struct {
	path   string
	header http.Header
	body   []byte
}

// receiver is a mini app's backend that passes each notification to the test and
// sends the response that the test chooses.
func receiver(t *testing.T, path string) (url string, arrived <-chan got, answers chan<- string) {
	t.Helper()
	arrivals, said := make(chan got), make(chan string, 10)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		select {
		case arrivals <- got{r.URL.Path, r.Header, body}:
		case <-t.Context().Done():
		}
		select {
		case answer := <-said:
			_, _ = io.WriteString(w, answer)
		case <-t.Context().Done():
		}
	}))
	t.Cleanup(server.Close)
	return server.URL + path, arrivals, said
}

type notificationsView struct {
	Notifications []struct {
		ID, Payment, Status, State, URL, Body string
		MiniAppID                             string `json:"mini_app_id"`
		Number, Attempts                      int
		Tries                                 []struct {
			Attempt, Status int
			URL, Error      string
			RequestHeaders  map[string]string `json:"request_headers"`
			ResponseBody    string            `json:"response_body"`
			Duration        int64             `json:"duration_us"`
		}
	}
}

// told waits for a journal entry about a notification.
func told(t *testing.T, live <-chan apitest.Happening, title string) {
	t.Helper()
	for {
		var e struct{ Kind, Title, Payment string }
		one := <-live
		if one.Name == "entry" && json.Unmarshal([]byte(one.Data), &e) == nil && e.Kind == "notification" && strings.HasSuffix(e.Title, title) {
			if e.Payment == "" {
				t.Errorf("the entry names no payment: %s", one.Data)
			}
			return
		}
	}
}

func TestNotification_is_signed_shown_and_replayed(t *testing.T) {
	t.Parallel()
	url, arrived, answers := receiver(t, "")
	d := apitest.StartWith(t, strings.Replace(apitest.Kopi, `"name":"Kopi"`, `"name":"Kopi","notification_url":"`+url+`"`, 1))
	live := d.Stream("/control/v1/journal")
	set := d.Get("/control/v1/credentials")
	key := d.NotificationKey()
	check := func(g got) {
		t.Helper()
		text := signature.Notification("POST", "/v1.0/debit/notify", g.body, g.header.Get("X-Timestamp"))
		if !signature.VerifyRSA(key, text, g.header.Get("X-Signature")) {
			t.Errorf("the signature does not fit: %v\n%s", g.header, g.body)
		}
	}

	answers <- "what?"
	ref := d.Post("/control/v1/payments", `{"amount":15000,"title":"kopi"}`).OK(201).Text("referenceNo")
	first := <-arrived
	check(first)
	if first.path != "/v1.0/debit/notify" || first.header.Get("Content-Type") != "application/json" ||
		first.header.Get("X-Partner-Id") != set.Text("snap.partner_id") || first.header.Get("Channel-Id") != set.Text("snap.channel_id") ||
		strings.Trim(first.header.Get("X-External-Id"), "0123456789") != "" || len(first.header.Get("X-External-Id")) > 36 {
		t.Errorf("%s, %v", first.path, first.header)
	}
	var body struct {
		Ref      string `json:"originalReferenceNo"`
		Merchant string `json:"merchantId"`
		Status   string `json:"latestTransactionStatus"`
	}
	apitest.Must(t, json.Unmarshal(first.body, &body))
	if body.Ref != ref || body.Status != "03" || body.Merchant != set.Text("merchant_id") {
		t.Errorf("%s", first.body)
	}
	told(t, live, "not delivered")

	answers <- acknowledged
	d.Post("/control/v1/clock", `{"advance":"6s"}`).OK(200)
	second := <-arrived
	check(second)
	told(t, live, "PENDING delivered")
	if string(second.body) != string(first.body) || second.header.Get("X-External-Id") != first.header.Get("X-External-Id") || second.header.Get("X-Timestamp") == first.header.Get("X-Timestamp") {
		t.Errorf("the second try is another notification, or of the time of the first:\n%s\n%s", first.body, second.body)
	}
	var shown notificationsView
	d.Get("/control/v1/notifications?payment=" + ref).Into(&shown)
	if len(shown.Notifications) != 1 {
		t.Fatalf("%+v", shown)
	}
	n := shown.Notifications[0]
	if n.State != "delivered" || n.Attempts != 2 || n.Number != 1 || n.Payment != ref || n.MiniAppID != "kopi" || n.URL != url+"/v1.0/debit/notify" || n.Body != string(first.body) {
		t.Errorf("%+v", n)
	}
	if len(n.Tries) != 2 || n.Tries[0].Status != 200 || !strings.Contains(n.Tries[0].Error, "what?") || n.Tries[1].Error != "" ||
		n.Tries[1].ResponseBody != acknowledged || n.Tries[1].RequestHeaders["X-Signature"] != second.header.Get("X-Signature") || n.Tries[1].Duration <= 0 {
		t.Errorf("%+v", n.Tries)
	}

	answers <- ""
	d.Post("/control/v1/notifications/"+n.ID+"/replay", "").OK(200)
	check(<-arrived)
	told(t, live, "delivered")
	d.Get("/control/v1/notifications?payment=none").Into(&shown)
	if len(shown.Notifications) != 0 {
		t.Errorf("another payment has %+v", shown)
	}
	d.Post("/control/v1/notifications/none/replay", "").Refused(404, "not_found", "none")
}

// A mini app without an address has no notification, also for a path on a server that it has
// not; each of the journal entries about its payment says so.
func TestNotification_of_a_mini_app_without_an_address_is_not_kept(t *testing.T) {
	t.Parallel()
	for _, given := range []string{"", `,"notification_url":"/notify"`} {
		d := apitest.StartWith(t, strings.Replace(apitest.Kopi, `"name":"Kopi"`, `"name":"Kopi"`+given, 1))
		ref := d.Post("/control/v1/payments", `{"amount":15000,"title":"kopi"}`).OK(201).Text("referenceNo")
		d.Patch("/control/v1/answers", `{"payment":"success"}`).OK(200)
		l := d.Open(apitest.AllowAll)
		l.Call("triggerPayment", `{"deeplink":"gopay://merchanttransfer?tref=`+ref+`"}`)
		var shown notificationsView
		d.Get("/control/v1/notifications").Into(&shown)
		if len(shown.Notifications) != 0 {
			t.Errorf("with %q, notifications are kept: %+v", given, shown.Notifications)
		}
		if told := d.Told("notification"); len(told) != 0 {
			t.Errorf("with %q, the journal tells %q", given, told)
		}
		told := map[string]string{}
		for _, e := range d.Of(ref) {
			var detail struct{ Notified string }
			if e.Kind == "payment" && json.Unmarshal(e.Detail, &detail) == nil {
				told[e.Event] = detail.Notified
			}
		}
		if want := map[string]string{"payment.created": "nobody", "payment.paid": "nobody"}; !maps.Equal(told, want) {
			t.Errorf("with %q, the entries of the payment say %v, want %v", given, told, want)
		}
	}
}
