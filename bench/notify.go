package main

import (
	"context"
	"crypto/rand"
	"crypto/rsa"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"path/filepath"
	"runtime"
	"time"

	"github.com/selasar/selasar/internal/signature"
)

// measureNotify measures notifications to a mini app's backend on this machine. The
// first figure is the time from the acknowledged payment to the first try; its floor
// is a bare request to the same backend. The second is the rate when many are due;
// its floor is the rate of signatures on all cores. The third is the time to the
// first try beside hanging receivers.
func measureNotify(ctx context.Context, b *bench) (rows []row, err error) {
	r, err := newReceiver()
	if err != nil {
		return nil, err
	}
	defer r.close()
	p, err := b.startApp(ctx, filepath.Join(b.scratch, "notify"), "told", fmt.Sprintf(`,"notification_url":"http://%s"`, r.address))
	if err != nil {
		return nil, err
	}
	defer p.stop()
	ours := &platform{process: p}
	if err := ours.prepare(); err != nil { // generates the keys
		return nil, err
	}
	first, err := b.firstTries(ctx, ours, r)
	if err != nil {
		return nil, err
	}
	many, err := b.manyTries(ctx, ours, r)
	if err != nil {
		return nil, err
	}
	beside, err := b.besideHanging(ctx)
	return append(append(first, many...), beside...), err
}

// firstTries makes payments one after another on an idle platform.
func (b *bench) firstTries(ctx context.Context, ours *platform, r *receiver) ([]row, error) {
	if err := r.open(); err != nil {
		return nil, err
	}
	bare, err := dial(r.address)
	if err != nil {
		return nil, err
	}
	defer bare.conn.Close()
	var took, floor []float64
	for range b.rounds(300) {
		if err := ours.ask("POST", "/control/v1/payments", `{"amount":15000}`, nil); err != nil {
			return nil, err
		}
		acknowledged := time.Now()
		came, err := r.next(ctx)
		if err != nil {
			return nil, err
		}
		took = append(took, millis(max(came.Sub(acknowledged), 0)))
		began := time.Now()
		if _, err := bare.send(post(r.address, "/bare", "", "{}")); err != nil {
			return nil, err
		}
		floor = append(floor, millis(time.Since(began)))
		if _, err := r.next(ctx); err != nil {
			return nil, err
		}
	}
	line := func(what string, q, most float64) row {
		figure := quantile(took, q)
		return row{what: "notification, accepted to first try, " + what, ours: inMillis(figure), floor: inMillis(quantile(floor, q)),
			ratio: times(figure / quantile(floor, q)), atLeast: inMillis(most), holds: holds(figure <= most)}
	}
	return []row{line("p50", 0.5, 10), line("p99", 0.99, 50)}, nil
}

// settling is longer than the storage of a refused try. A try that is stored after
// the clock was moved would be due only after the moved time.
const settling = 200 * time.Millisecond

// manyTries builds a backlog while the backend is down, and makes it due when the
// backend is up.
func (b *bench) manyTries(ctx context.Context, ours *platform, r *receiver) ([]row, error) {
	r.shut()
	backlog := b.rounds(3000)
	for range backlog {
		if err := ours.ask("POST", "/control/v1/payments", `{"amount":15000}`, nil); err != nil {
			return nil, err
		}
	}
	if err := r.open(); err != nil {
		return nil, err
	}
	time.Sleep(settling)
	for len(r.came) > 0 {
		<-r.came
		backlog--
	}
	began := time.Now()
	if err := ours.ask("POST", "/control/v1/clock", `{"advance":"6m"}`, nil); err != nil {
		return nil, err
	}
	var last time.Time
	for range backlog {
		came, err := r.next(ctx)
		if err != nil {
			return nil, err
		}
		last = came
	}
	rate := float64(backlog) / last.Sub(began).Seconds()
	signed, err := b.signatures(ctx)
	return []row{{what: "notifications to a local receiver", ours: perSecond(rate), floor: perSecond(signed), ratio: times(signed / rate)}}, err
}

// signatures returns how many notifications all cores can sign per second.
func (b *bench) signatures(ctx context.Context) (float64, error) {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		return 0, err
	}
	works, err := each(runtime.NumCPU(), func() (work, error) {
		return func() error {
			_, err := signature.SignRSA(key, signature.Notification("POST", "/v1.0/debit/notify", make([]byte, 500), "2026-03-14T16:26:53+07:00"))
			return err
		}, nil
	})
	if err != nil {
		return 0, err
	}
	o, err := load(ctx, b.span(time.Second), works)
	return o.rate, err
}

// receiver is a mini app's backend that accepts every notification.
type receiver struct {
	address string
	came    chan time.Time
	server  *http.Server
}

func newReceiver() (*receiver, error) {
	address, err := freeAddress()
	return &receiver{address: address, came: make(chan time.Time, 100_000)}, err
}

func (r *receiver) open() error {
	l, err := net.Listen("tcp", r.address)
	if err != nil {
		return err
	}
	r.server = &http.Server{Handler: r, ReadHeaderTimeout: 10 * time.Second}
	go func() { _ = r.server.Serve(l) }() // until shut is called
	return nil
}

func (r *receiver) ServeHTTP(w http.ResponseWriter, request *http.Request) {
	r.came <- time.Now()
	_, _ = io.Copy(io.Discard, request.Body)
	_, _ = io.WriteString(w, `{"responseCode":"2005600","responseMessage":"Request has been processed successfully"}`)
}

func (r *receiver) next(ctx context.Context) (time.Time, error) {
	select {
	case came := <-r.came:
		return came, nil
	case <-ctx.Done():
		return time.Time{}, ctx.Err()
	case <-time.After(time.Minute):
		return time.Time{}, errors.New("no notification arrived within a minute")
	}
}

func (r *receiver) shut() { _ = r.server.Close() }

func (r *receiver) close() {
	if r.server != nil {
		r.shut()
	}
}
