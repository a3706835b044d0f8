package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"sync"
)

// entry is one line of the ledger: the outcome of a charge or a refund, which never
// changes.
type entry struct {
	ID     string `json:"id"`
	Kind   string `json:"kind"` // charge or refund
	User   string `json:"user,omitempty"`
	Charge string `json:"charge,omitempty"` // of a refund
	Amount int64  `json:"amount"`           // whole rupiah
	State  string `json:"state"`            // charged, refunded, declined or cancelled
	Reason string `json:"reason,omitempty"`
	Memo   string `json:"memo,omitempty"` // of a charge: the payment
}

// person is a user. Balance is the balance before the first line of the ledger.
type person struct {
	ID       string `json:"id"`
	Name     string `json:"name"`
	Username string `json:"username"`
	Phone    string `json:"phone_number"`
	Email    string `json:"email"`
	Balance  int64  `json:"balance"`
	Bank     bank   `json:"bank"`
}

type bank struct {
	Code   string `json:"bank_code"`
	Name   string `json:"account_name"`
	Number string `json:"account_number"`
}

// ledger has the entries in a file, one per line. A line is on the disk before it counts,
// so a killed process has either moved the money and knows it, or neither.
type ledger struct {
	mu       sync.Mutex
	file     *os.File
	entries  map[string]entry
	balances map[string]int64
	refunded map[string]int64 // by charge
	broken   error            // a write failed: the file must be read again first
}

// openLedger reads the file. A line that a kill has cut off never counted; it is removed.
func openLedger(path string, people map[string]person) (*ledger, error) {
	l := &ledger{entries: map[string]entry{}, balances: map[string]int64{}, refunded: map[string]int64{}}
	for id, p := range people {
		l.balances[id] = p.Balance
	}
	text, err := os.ReadFile(path)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return nil, err
	}
	whole := text[:bytes.LastIndexByte(text, '\n')+1]
	for n, line := range bytes.Split(bytes.TrimSuffix(whole, []byte("\n")), []byte("\n")) {
		var e entry
		if len(line) == 0 {
			continue
		}
		if err := json.Unmarshal(line, &e); err != nil {
			return nil, fmt.Errorf("%s, line %d: %w", path, n+1, err)
		}
		l.apply(e)
	}
	if l.file, err = os.OpenFile(path, os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600); err != nil {
		return nil, err
	}
	return l, errors.Join(l.file.Truncate(int64(len(whole))), l.file.Sync())
}

func (l *ledger) close() { _ = l.file.Close() }

func (l *ledger) apply(e entry) {
	l.entries[e.ID] = e
	switch e.State {
	case "charged":
		l.balances[e.User] -= e.Amount
	case "refunded":
		l.balances[e.User] += e.Amount
		l.refunded[e.Charge] += e.Amount
	}
}

// add writes an entry to the disk, and then applies it.
func (l *ledger) add(e entry) (entry, error) {
	line, err := json.Marshal(e)
	if err == nil {
		_, err = l.file.Write(append(line, '\n'))
	}
	if err == nil {
		err = l.file.Sync()
	}
	if err != nil {
		l.broken = fmt.Errorf("writing the ledger; restart to read it again: %w", err)
		return e, l.broken
	}
	l.apply(e)
	return e, nil
}

// errReused means that an id was used before for something else.
var errReused = errors.New("id_reused")

// charge takes an amount from a user, once for an id.
func (l *ledger) charge(e entry) (entry, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	first, found := l.entries[e.ID]
	held, exists := l.balances[e.User]
	switch {
	case l.broken != nil:
		return e, l.broken
	case found && first.State == "cancelled" && first.Amount == 0: // cancelled before it came
		return first, nil
	case found:
		return first, same(first, e)
	case !exists:
		e.State, e.Reason = "declined", "user_unknown"
	case held < e.Amount:
		e.State, e.Reason = "declined", "insufficient_funds"
	default:
		e.State = "charged"
	}
	return l.add(e)
}

// refund returns a part of a charge to its user, once for an id.
func (l *ledger) refund(e entry) (entry, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	first, found := l.entries[e.ID]
	of, charged := l.entries[e.Charge]
	e.User = of.User
	switch {
	case l.broken != nil:
		return e, l.broken
	case found:
		return first, same(first, e)
	case !charged || of.State != "charged":
		e.State, e.Reason = "declined", "charge_unknown"
	case l.refunded[e.Charge]+e.Amount > of.Amount:
		e.State, e.Reason = "declined", "exceeds_charge"
	default:
		e.State = "refunded"
	}
	return l.add(e)
}

// cancel makes a later charge of an id be refused.
func (l *ledger) cancel(id string) (entry, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if first, found := l.entries[id]; found || l.broken != nil {
		return first, l.broken
	}
	return l.add(entry{ID: id, Kind: "charge", State: "cancelled", Reason: "cancelled"})
}

func (l *ledger) get(id, kind string) (e entry, found bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	e, found = l.entries[id]
	return e, found && e.Kind == kind
}

func same(first, again entry) error {
	if first.Kind != again.Kind || first.User != again.User || first.Charge != again.Charge || first.Amount != again.Amount || first.Memo != again.Memo {
		return errReused
	}
	return nil
}
