package trial

import (
	"context"
	"net/http"
	"net/http/httptrace"
	"sync"
	"time"

	"github.com/selasar/selasar/internal/provider"
	"github.com/selasar/selasar/internal/transfer"
)

// charge checks the balance, and that a declined charge stays declined.
func (t *trier) charge(ctx context.Context) {
	more := t.newCharge(t.Balance + 1)
	for _, what := range []string{"more than the balance", "more than the balance, again"} {
		if !t.expect(ctx, what, more, transfer.Declined) {
			return
		}
	}
	whole := t.newCharge(t.Balance)
	if t.expect(ctx, "the whole balance", whole, transfer.Done) {
		t.spent(ctx, "after one charge", whole)
	}
}

// together sends transfers at once, and returns how many are done.
func (t *trier) together(ctx context.Context, what string, list []transfer.Transfer) (done []transfer.Transfer) {
	var mu sync.Mutex
	var all sync.WaitGroup
	gate := make(chan struct{})
	for _, one := range list {
		all.Go(func() {
			<-gate
			o, err := t.client.Send(ctx, one)
			mu.Lock()
			defer mu.Unlock()
			switch {
			case err != nil:
				t.find("%s: %v", what, err)
			case o.State == transfer.Done:
				done = append(done, one)
			}
		})
	}
	close(gate)
	all.Wait()
	return done
}

// race checks charges that come at once. The connections are open before, so that the
// requests arrive together.
func (t *trier) race(ctx context.Context) {
	var open sync.WaitGroup
	for range racers {
		open.Go(func() { _, _, _ = t.client.Look(ctx, t.newCharge(1)) })
	}
	open.Wait()
	equal := t.newCharge(t.Balance)
	list := make([]transfer.Transfer, racers)
	for i := range list {
		list[i] = equal
	}
	if n := len(t.together(ctx, "equal charges", list)); n != racers {
		t.find("equal charges: %d of %d answers say that it was made; a repeated request gets the first outcome", n, racers)
	}
	t.spent(ctx, "after equal charges", equal)
	for range rounds {
		for i := range list {
			list[i] = t.newCharge(t.Balance)
		}
		done := t.together(ctx, "different charges", list)
		if len(done) != 1 {
			t.find("different charges: %d of %d were made, and the balance covers one", len(done), racers)
		}
		for _, one := range done {
			t.expect(ctx, "giving a charge back", t.refundOf(one, t.Balance), transfer.Done)
		}
		if len(done) != 1 {
			return
		}
	}
}

// rounds is how often the race of different charges is repeated, because most races have
// no collision.
const rounds = 5

// replay checks ids that are used again with another content.
func (t *trier) replay(ctx context.Context) {
	first := t.newCharge(t.Balance)
	if !t.expect(ctx, "a charge", first, transfer.Done) {
		return
	}
	for what, change := range map[string]func(*transfer.Transfer){
		"another amount":  func(one *transfer.Transfer) { one.Amount-- },
		"another user":    func(one *transfer.Transfer) { one.UserID += "x" },
		"another payment": func(one *transfer.Transfer) { one.Payment += "x" },
	} {
		again := first
		change(&again)
		t.status(ctx, "the same id with "+what, provider.Probe{Method: http.MethodPost, Path: []string{"charges"}, Key: again.ID, Body: chargeBody(again)}, http.StatusConflict)
	}
	o, found, err := t.client.Look(ctx, first)
	if !found && err == nil {
		t.find("the charge is unknown after its id was used again")
	} else {
		t.compare("the charge after its id was used again", o, err, transfer.Done)
	}
	t.spent(ctx, "after repeated ids", first)
}

const (
	// cuts is how many connections are cut off.
	cuts = 4
	// arriving is how long a charge whose connection was cut off may still arrive.
	arriving = 300 * time.Millisecond
)

// lostAnswers cuts the connection as soon as a charge was written.
func (t *trier) lostAnswers(ctx context.Context) {
	for range cuts {
		charge := t.newCharge(t.Balance)
		cut, cancel := context.WithCancel(ctx)
		written := &httptrace.ClientTrace{WroteRequest: func(httptrace.WroteRequestInfo) { cancel() }}
		_, _ = t.client.Send(httptrace.WithClientTrace(cut, written), charge) // its answer is what the check gives up
		cancel()
		t.look(ctx, charge)
		if t.expect(ctx, "sending a lost charge again", charge, transfer.Done) {
			t.spent(ctx, "after a lost answer", charge)
		}
	}
}

// look asks for a lost charge until the provider knows it, or for a while.
func (t *trier) look(ctx context.Context, charge transfer.Transfer) {
	limit, stop := context.WithTimeout(ctx, arriving)
	defer stop()
	tick := time.NewTicker(arriving / 10)
	defer tick.Stop()
	for {
		o, found, err := t.client.Look(ctx, charge)
		if err != nil || found {
			t.compare("asking for a lost charge", o, err, transfer.Done)
			return
		}
		select {
		case <-limit.Done():
			return // it never arrived, or arrives with the next one
		case <-tick.C:
		}
	}
}

// cancel checks both orders of a charge and its cancellation.
func (t *trier) cancel(ctx context.Context) {
	never := t.newCharge(t.Balance)
	o, err := t.client.Cancel(ctx, never)
	t.compare("a cancellation before the charge", o, err, transfer.Cancelled)
	t.expect(ctx, "a charge after its cancellation", never, transfer.Cancelled)
	o, found, err := t.client.Look(ctx, never)
	if !found && err == nil {
		t.find("a cancelled charge is unknown, so a late one would be made")
	} else {
		t.compare("asking for a cancelled charge", o, err, transfer.Cancelled)
	}
	made := t.newCharge(t.Balance)
	if !t.expect(ctx, "a charge of the whole balance after a cancellation", made, transfer.Done) {
		return
	}
	o, err = t.client.Cancel(ctx, made)
	t.compare("a cancellation after the charge", o, err, transfer.Done)
	t.spent(ctx, "after a late cancellation", made)
}

// refunds checks that a charge is refunded at most once.
func (t *trier) refunds(ctx context.Context) {
	charge := t.newCharge(t.Balance)
	if !t.expect(ctx, "a charge", charge, transfer.Done) {
		return
	}
	t.expect(ctx, "a refund of more than the charge", t.refundOf(charge, t.Balance+1), transfer.Declined)
	t.expect(ctx, "a refund of an unknown charge", t.refundOf(t.newCharge(1), 1), transfer.Declined)
	list := make([]transfer.Transfer, racers)
	equal := t.refundOf(charge, t.Balance-1)
	for i := range list {
		list[i] = equal
	}
	if n := len(t.together(ctx, "equal refunds", list)); n != racers {
		t.find("equal refunds: %d of %d answers say that it was made; a repeated request gets the first outcome", n, racers)
	}
	t.status(ctx, "a refund id with another amount", provider.Probe{
		Method: http.MethodPost, Path: []string{"refunds"}, Key: equal.ID, Body: map[string]any{"refund_id": equal.ID, "charge_id": charge.ID, "amount": 1},
	}, http.StatusConflict)
	for i := range list {
		list[i] = t.refundOf(charge, 1)
	}
	if n := len(t.together(ctx, "different refunds", list)); n != 1 {
		t.find("different refunds: %d of %d were made, and one rupiah was left", n, racers)
	}
	whole := t.newCharge(t.Balance)
	if t.expect(ctx, "the whole balance after all refunds", whole, transfer.Done) {
		t.spent(ctx, "after all refunds", whole)
	}
}
