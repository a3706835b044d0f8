package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// peerShares are the shares of stripe-mock's rate that creations must reach.
var peerShares = map[int]bar{1: {0.3, 0.4}, 16: {0.8, 1}, 64: {0.9, 1.1}}

// peerProgram is stripe-mock: a double that checks a request against its API's
// description, answers with a fixture, and stores nothing. bench/peer/go.mod names its
// version; it is no dependency of the product.
const peerProgram = "stripe-mock"

// measurePeer measures signed payment creations beside creations of stripe-mock.
func measurePeer(ctx context.Context, b *bench) (rows []row, err error) {
	program := filepath.Join(b.programs, peerProgram)
	if _, err := os.Stat(program); errors.Is(err, fs.ErrNotExist) {
		fmt.Fprintln(os.Stderr, "bench: without stripe-mock, which could not be built, its rows are missing")
		return nil, nil
	}
	ours, err := b.startPlatform(ctx, filepath.Join(b.scratch, "peer"))
	if err != nil {
		return nil, err
	}
	defer ours.stop()
	m, err := ours.merchant()
	if err != nil {
		return nil, err
	}
	address, err := freeAddress()
	if err != nil {
		return nil, err
	}
	peer, err := start(ctx, address, "/", program, "-http-addr", address)
	if err != nil {
		return nil, err
	}
	defer peer.stop()
	for _, n := range clientCounts {
		one, err := b.peerRow(ctx, ours, peer, m, n)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", plural(n), err)
		}
		rows = append(rows, one)
	}
	return rows, nil
}

func (b *bench) peerRow(ctx context.Context, ours *platform, peer *process, m *merchant, clients int) (row, error) {
	creations, err := each(clients, m.sends(ours.address, createPath, m.creation()))
	if err != nil {
		return row{}, err
	}
	intents, err := each(clients, emptyWork(peer.address, paymentIntent(peer.address), 1))
	if err != nil {
		return row{}, err
	}
	d, err := b.duel(ctx, b.rounds(5), 2*time.Second, side{ours.process, creations}, side{peer, intents})
	if err != nil {
		return row{}, err
	}
	share := d.ours.rate() / d.floor.rate()
	return peerShares[clients].ofPeer(row{
		what: "signed payment creations, " + plural(clients) + ", beside stripe-mock",
		ours: perSecond(d.ours.rate()), floor: perSecond(d.floor.rate()),
	}, share), nil
}

// paymentIntent returns the request of Stripe's API that creates a payment.
func paymentIntent(address string) []byte {
	const form = "amount=15000&currency=idr"
	return fmt.Appendf(nil, "POST /v1/payment_intents HTTP/1.1\r\nHost: %s\r\nAuthorization: Bearer sk_test_123\r\n"+
		"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\n\r\n%s", address, len(form), form)
}
