package httpapi_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/selasar/selasar/internal/signature"
)

const acknowledged = `{"responseCode":"2005600","responseMessage":"Request has been processed successfully"}`

// got is a notification as a backend receives it.
type got struct {
	path   string
	header http.Header
	body   []byte
}

// receiver is a mini app's backend that hands each notification to the test
// and answers what the test says.
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

// told waits for the journal to tell of a notification.
func told(t *testing.T, live <-chan happening, title string) {
	t.Helper()
	for {
		var e struct{ Kind, Title, Payment string }
		one := <-live
		if one.name == "entry" && json.Unmarshal([]byte(one.data), &e) == nil && e.Kind == "notification" && strings.HasSuffix(e.Title, title) {
			if e.Payment == "" {
				t.Errorf("the entry names no payment: %s", one.data)
			}
			return
		}
	}
}

func TestNotification_is_signed_shown_and_replayed(t *testing.T) {
	t.Parallel()
	url, arrived, answers := receiver(t, "")
	d := startWith(t, strings.Replace(kopi, `"name":"Kopi"`, `"name":"Kopi","notification_url":"`+url+`"`, 1))
	live := d.stream("/control/v1/journal")
	set := d.get("/control/v1/credentials")
	key := d.notificationKey()
	check := func(g got) {
		t.Helper()
		text := signature.Notification("POST", "/v1.0/debit/notify", g.body, g.header.Get("X-Timestamp"))
		if !signature.VerifyRSA(key, text, g.header.Get("X-Signature")) {
			t.Errorf("the signature does not fit: %v\n%s", g.header, g.body)
		}
	}

	answers <- "what?"
	ref := d.post("/control/v1/payments", `{"amount":15000,"title":"kopi"}`).ok(201).text("referenceNo")
	first := <-arrived
	check(first)
	if first.path != "/v1.0/debit/notify" || first.header.Get("Content-Type") != "application/json" ||
		first.header.Get("X-Partner-Id") != set.text("snap.partner_id") || first.header.Get("Channel-Id") != set.text("snap.channel_id") ||
		strings.Trim(first.header.Get("X-External-Id"), "0123456789") != "" || len(first.header.Get("X-External-Id")) > 36 {
		t.Errorf("%s, %v", first.path, first.header)
	}
	var body struct {
		Ref      string `json:"originalReferenceNo"`
		Merchant string `json:"merchantId"`
		Status   string `json:"latestTransactionStatus"`
	}
	must(t, json.Unmarshal(first.body, &body))
	if body.Ref != ref || body.Status != "03" || body.Merchant != set.text("merchant_id") {
		t.Errorf("%s", first.body)
	}
	told(t, live, "not delivered")

	answers <- acknowledged
	d.post("/control/v1/clock", `{"advance":"6s"}`).ok(200)
	second := <-arrived
	check(second)
	told(t, live, "PENDING delivered")
	if string(second.body) != string(first.body) || second.header.Get("X-External-Id") != first.header.Get("X-External-Id") || second.header.Get("X-Timestamp") == first.header.Get("X-Timestamp") {
		t.Errorf("the second try is another notification, or of the time of the first:\n%s\n%s", first.body, second.body)
	}
	var shown notificationsView
	d.get("/control/v1/notifications?payment=" + ref).into(&shown)
	if len(shown.Notifications) != 1 {
		t.Fatalf("%+v", shown)
	}
	n := shown.Notifications[0]
	if n.State != "delivered" || n.Attempts != 2 || n.Number != 1 || n.Payment != ref || n.MiniAppID != "kopi" || n.URL != url+"/v1.0/debit/notify" || n.Body != string(first.body) {
		t.Errorf("%+v", n)
	}
	if len(n.Tries) != 2 || n.Tries[0].Status != 200 || !strings.Contains(n.Tries[0].Error, "what?") || n.Tries[1].Error != "" ||
		n.Tries[1].ResponseBody != acknowledged || n.Tries[1].RequestHeaders["X-SIGNATURE"] != second.header.Get("X-Signature") || n.Tries[1].Duration <= 0 {
		t.Errorf("%+v", n.Tries)
	}

	answers <- ""
	d.post("/control/v1/notifications/"+n.ID+"/replay", "").ok(200)
	check(<-arrived)
	told(t, live, "delivered")
	d.get("/control/v1/notifications?payment=none").into(&shown)
	if len(shown.Notifications) != 0 {
		t.Errorf("another payment has %+v", shown)
	}
	d.post("/control/v1/notifications/none/replay", "").refused(404, "not_found", "none")
}

func TestNotification_of_a_mini_app_without_a_server_says_so(t *testing.T) {
	t.Parallel()
	d := start(t)
	live := d.stream("/control/v1/journal")
	ref := d.post("/control/v1/payments", `{"amount":15000,"title":"kopi"}`).ok(201).text("referenceNo")
	told(t, live, "dead")
	var shown notificationsView
	d.get("/control/v1/notifications?payment=" + ref).into(&shown)
	if n := shown.Notifications[0]; n.State != "dead" || !strings.Contains(n.Tries[0].Error, "no server") {
		t.Errorf("%+v", n)
	}
}
