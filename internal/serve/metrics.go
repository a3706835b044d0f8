package serve

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/VictoriaMetrics/metrics"

	"github.com/selasar/selasar/internal/journal"
	"github.com/selasar/selasar/internal/server"
	"github.com/selasar/selasar/internal/sqlstore"
)

// measures are what Prometheus reads at /metrics of the operator's address:
//
//	selasar_requests_total{listener,route,status}       answered HTTP requests
//	selasar_request_seconds{listener}                   histogram, without event streams and sockets
//	selasar_events_total{event}                         events of the journal, by name (docs/events.md)
//	selasar_hosts_connected                             launches whose host is connected to this node
//	selasar_notifications_waiting                       not delivered and not dead
//	selasar_notifications_oldest_seconds                age of the oldest of them; 0 without one
//	selasar_database_writable                           1 or 0
//	selasar_certificate_expires_seconds                 time until the TLS certificate ends; none without TLS
//	selasar_build_info{version}                         1
//
// and those of the Go runtime and the process. No label has a value from outside.
type measures struct {
	set      *metrics.Set
	platform *server.Platform
	tls      *certificate // nil without TLS
	version  string
}

// buckets are the upper bounds of selasar_request_seconds.
var buckets = []float64{.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10}

func newMeasures(s *server.Platform, c *certificate, version string) *measures {
	m := &measures{metrics.NewSet(), s, c, version}
	for _, kind := range journal.Kinds {
		s.Journal.Watch(kind, func(e journal.Entry) {
			m.set.GetOrCreateCounter(fmt.Sprintf("selasar_events_total{event=%q}", e.Event)).Inc()
		})
	}
	return m
}

// observe counts a request.
func (m *measures) observe(listener, pattern string, status int, took time.Duration) {
	m.set.GetOrCreateCounter(fmt.Sprintf("selasar_requests_total{listener=%q,route=%q,status=\"%d\"}", listener, pattern, status)).Inc()
	if !strings.HasSuffix(pattern, "/socket") && !strings.HasSuffix(pattern, "/events") {
		m.set.GetOrCreatePrometheusHistogramExt(fmt.Sprintf("selasar_request_seconds{listener=%q}", listener), buckets).Update(took.Seconds())
	}
}

// ServeHTTP writes the measures in Prometheus' text format.
func (m *measures) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
	m.set.WritePrometheus(w)
	m.state(r.Context(), w)
	metrics.WriteProcessMetrics(w)
	metrics.WriteFDMetrics(w)
}

// scrapeLimit is the longest time of the reads of one scrape.
const scrapeLimit = 5 * time.Second

// state writes the gauges. While the database is away, it leaves out what it cannot read.
func (m *measures) state(ctx context.Context, w io.Writer) {
	ctx, cancel := context.WithTimeout(ctx, scrapeLimit)
	defer cancel()
	metrics.WriteGaugeUint64(w, fmt.Sprintf("selasar_build_info{version=%q}", m.version), 1)
	metrics.WriteGaugeUint64(w, "selasar_hosts_connected", uint64(m.platform.Engine.Hosts.Connected()))
	if m.tls != nil {
		metrics.WriteGaugeFloat64(w, "selasar_certificate_expires_seconds", m.tls.left(time.Now()).Seconds())
	}
	writable := uint64(1)
	if m.platform.API.Health(ctx) != nil {
		writable = 0
	}
	metrics.WriteGaugeUint64(w, "selasar_database_writable", writable)
	var waiting int
	var oldest int64
	err := m.platform.DB.Read(ctx, func(tx *sqlstore.Tx) (err error) {
		waiting, oldest, err = tx.Notifications().Backlog(ctx)
		return err
	})
	if err != nil {
		return
	}
	age := 0.0
	if waiting > 0 {
		age = max(0, m.platform.Clock.Now().Sub(time.UnixMilli(oldest)).Seconds())
	}
	metrics.WriteGaugeUint64(w, "selasar_notifications_waiting", uint64(waiting))
	metrics.WriteGaugeFloat64(w, "selasar_notifications_oldest_seconds", age)
}
