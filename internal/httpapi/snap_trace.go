package httpapi

import (
	"encoding/json"
	"net/http"
	"time"

	"github.com/selasar/selasar/internal/journal"
	"github.com/selasar/selasar/internal/problem"
)

// traceSnap tells the journal of a BI-SNAP request, beside the payment that it
// is about, with nothing secret.
func (a *API) traceSnap(c *snapCall, status int, answer []byte, failed error, began time.Time) {
	e := journal.Entry{
		Kind: journal.Request, MiniAppID: c.App.ID, Payment: c.PaymentRef, Title: c.HTTP.Method + " " + c.HTTP.URL.Path,
		Outcome: journal.OK, Code: status, At: a.Clock.Now().UnixMilli(), Duration: time.Since(began).Microseconds(),
	}
	if c.Replayed {
		e.Message = "the first answer of this X-EXTERNAL-ID, once more"
	}
	if failed != nil {
		var head snapHead
		_ = json.Unmarshal(answer, &head) // our own
		e.Outcome, e.Message, e.Next = journal.Failed, head.Code+" "+head.Message, problem.Of(failed).Message
	}
	e.Detail = journal.Detail(requestDetail{
		Method: c.HTTP.Method, Path: c.HTTP.URL.Path, Query: maskedQuery(c.HTTP.URL.RawQuery), Status: status,
		Headers: snapHeaders(c.HTTP.Header), Body: maskedJSON(c.Body), Response: maskedJSON(answer),
	})
	a.Journal.Trace(e)
}

func snapHeaders(h http.Header) headersShown {
	shown := shownHeaders(h)
	shown.Timestamp, shown.ClientKey, shown.PartnerID = cut(h.Get("X-TIMESTAMP")), cut(h.Get("X-CLIENT-KEY")), cut(h.Get("X-PARTNER-ID"))
	shown.ExternalID, shown.ChannelID = cut(h.Get("X-EXTERNAL-ID")), cut(h.Get("CHANNEL-ID"))
	return shown
}
