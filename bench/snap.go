package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/selasar/selasar/internal/signature"
)

const (
	createPath = "/v1.0/debit/payment-host-to-host"
	statusPath = "/v1.0/debit/status"
)

// measureSnap measures the signed requests of a mini app's backend: payment creations
// and status requests. The floors are the same signed requests to an empty handler,
// signature checks alone, and for creations bare commits.
func measureSnap(ctx context.Context, b *bench) (rows []row, err error) {
	ours, floor, stop, err := b.startBoth(ctx, "snap")
	if err != nil {
		return nil, err
	}
	defer stop()
	m, err := ours.merchant()
	if err != nil {
		return nil, err
	}
	asked, err := m.makeOne(ours.address)
	if err != nil {
		return nil, err
	}
	if rows, err = b.checkRows(m, asked); err != nil {
		return nil, err
	}
	for _, kind := range []struct {
		what, path, body string
		commits          bool
	}{{"signed payment creations", createPath, m.creation(), true}, {"signed status requests", statusPath, asked, false}} {
		for _, n := range clientCounts {
			what := kind.what + ", " + plural(n)
			d, err := b.snapDuel(ctx, ours, floor, m, n, kind.path, kind.body)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", what, err)
			}
			rows = append(rows, d.rows(kind.what, n)...)
			if kind.commits {
				bare, err := b.commitFloor(ctx, n, b.rounds(3))
				if err != nil {
					return nil, err
				}
				rate := d.ours.rate()
				rows = append(rows, row{what: what + ", against bare commits", ours: perSecond(rate), floor: perSecond(bare.rate()), ratio: times(bare.rate() / rate)})
			}
		}
	}
	return rows, nil
}

// makeOne makes a payment, and returns the body of its status request.
func (m *merchant) makeOne(address string) (string, error) {
	c, err := dial(address)
	if err != nil {
		return "", err
	}
	defer c.conn.Close()
	body, err := c.send(m.request(address, createPath, m.creation()))
	if err != nil {
		return "", err
	}
	reference, err := member(body, "referenceNo")
	return `{"originalReferenceNo":"` + string(reference) + `","serviceCode":"54"}`, err
}

func (b *bench) snapDuel(ctx context.Context, ours *platform, floor *process, m *merchant, clients int, path, body string) (d duel, err error) {
	signed, err := each(clients, m.sends(ours.address, path, body))
	if err != nil {
		return d, err
	}
	nothing, err := each(clients, m.sends(floor.address, path, body))
	if err != nil {
		return d, err
	}
	return b.duel(ctx, b.rounds(5), 800*time.Millisecond, side{ours.process, signed}, side{floor, nothing})
}

func (d duel) rows(kind string, clients int) []row {
	what := kind + ", " + plural(clients)
	return []row{
		{what: what, ours: perSecond(d.ours.rate()), floor: perSecond(d.floor.rate()), ratio: times(d.floor.rate() / d.ours.rate())},
		{what: what + ", p50", ours: inMillis(d.ours.p50()), floor: inMillis(d.floor.p50()), ratio: times(d.ours.p50() / d.floor.p50())},
		{what: what + ", p99", ours: inMillis(d.ours.p99()), floor: inMillis(d.floor.p99()), ratio: times(d.ours.p99() / d.floor.p99())},
		d.cpuRow(what+", ", "request", kind, clients),
	}
}

// checkRows measures signature checks alone, in this process.
func (b *bench) checkRows(m *merchant, asked string) (rows []row, err error) {
	at := timestamp()
	text := signature.AccessToken(m.Snap.ClientKey, at)
	signed, err := signature.SignRSA(m.key, text)
	if err != nil {
		return nil, err
	}
	add := func(what string, check func() bool) {
		const checks = 2000
		var took []float64
		for range b.rounds(9) {
			began := time.Now()
			for range checks {
				if !check() {
					err = errors.New(what + ": the signature does not verify")
				}
			}
			took = append(took, float64(time.Since(began).Nanoseconds())/1000/checks)
		}
		rows = append(rows, row{what: "signature check alone, " + what, floor: fmt.Sprintf("%.1f µs", median(took))})
	}
	add("token", func() bool { return signature.VerifyRSA(&m.key.PublicKey, text, signed) })
	for _, one := range []struct{ what, path, body string }{{"creation", createPath, m.creation()}, {"status", statusPath, asked}} {
		body := []byte(one.body)
		hmac := signature.SignHMAC(m.Snap.ClientSecret, signature.Request("POST", one.path, m.token, body, at))
		add(one.what, func() bool {
			return signature.VerifyRequest(m.Snap.ClientSecret, "POST", one.path, m.token, body, at, hmac)
		})
	}
	return rows, err
}
