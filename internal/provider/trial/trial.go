// Package trial tries an operator's provider before it holds real money. It sends equal and
// conflicting requests at the same time, repeats them with other contents, cuts off
// connections, and spoils signatures.
//
// The trial needs a user of the operator's test system with a known balance. It charges and
// refunds the whole balance again and again, so that a charge of one rupiah more shows money
// that was moved twice. At the end the user has the balance again.
package trial

import (
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net/http"
	"sync/atomic"
	"time"

	"github.com/selasar/selasar/internal/clock"
	"github.com/selasar/selasar/internal/money"
	"github.com/selasar/selasar/internal/provider"
	"github.com/selasar/selasar/internal/transfer"
)

// Config configures Run.
type Config struct {
	URL     string
	Secrets []string
	UserID  string       // of a user whose money the trial may move
	Balance money.Rupiah // of that user, exactly
	Timeout time.Duration
}

// Report is the result of a trial.
type Report struct {
	Provider string  `json:"provider"`
	Checks   []Check `json:"checks"`
	Findings int     `json:"findings"` // of all checks
}

// Check is the result of one check.
type Check struct {
	Name     string   `json:"name"`
	Meaning  string   `json:"meaning"`
	Findings []string `json:"findings"` // empty if the provider is right
}

// checks are the checks in their order. The first ones are needed by the others.
var checks = []struct {
	name, meaning string
	run           func(*trier, context.Context)
}{
	{"answers", "every answer is signed for its request; unknown ids are 404", (*trier).answers},
	{"signatures", "requests with a wrong signature are refused and move nothing", (*trier).signatures},
	{"users", "the profile and the bank account can be read", (*trier).users},
	{"charge", "the whole balance can be charged and refunded, and one rupiah more cannot", (*trier).charge},
	{"race", "16 equal charges at once charge once; of 16 different ones that the balance covers once, one is made", (*trier).race},
	{"replay", "an id with another content is refused, and its outcome stays", (*trier).replay},
	{"lost-answers", "a charge whose connection was cut off can be asked for and sent again, and charges once", (*trier).lostAnswers},
	{"cancel", "a cancelled charge is refused when it comes, and a charge that was made stays", (*trier).cancel},
	{"refunds", "refunds never exceed their charge, also at once", (*trier).refunds},
}

// trier runs the checks.
type trier struct {
	Config
	client   *provider.Client
	run      string // makes the ids of this trial unique
	ids      atomic.Int64
	findings []string
}

// Run tries a provider. An error means that the trial could not begin.
func Run(ctx context.Context, c Config) (Report, error) {
	if c.UserID == "" || c.Balance < 2 || c.Balance > money.Max {
		return Report{}, errors.New("the trial needs a user, and the exact balance of the user in rupiah: 2 or more")
	}
	report := Report{Provider: c.URL, Checks: []Check{}}
	t := &trier{Config: c, run: "TRIAL" + rand.Text()[:12]}
	for _, one := range checks {
		transport := &http.Transport{MaxIdleConnsPerHost: racers} // a new client: failures of one check open no breaker for the next
		client, err := provider.New(provider.Config{
			URL: c.URL, Secrets: c.Secrets, Transport: transport, Clock: clock.NewSystem(), Timeout: cmp.Or(c.Timeout, provider.DefaultTimeout),
		})
		if err != nil {
			return report, err
		}
		t.client, t.findings = client, []string{}
		if len(report.Checks) == 0 {
			if _, err := client.Probe(ctx, provider.Probe{Method: http.MethodGet, Path: []string{"users", c.UserID}}); err != nil {
				return report, err // nobody answers at all
			}
		}
		one.run(t, ctx)
		transport.CloseIdleConnections()
		if ctx.Err() != nil {
			return report, ctx.Err()
		}
		report.Checks = append(report.Checks, Check{one.name, one.meaning, t.findings})
		report.Findings += len(t.findings)
	}
	return report, nil
}

// racers is how many requests a race sends at once.
const racers = 16

func (t *trier) find(format string, args ...any) {
	t.findings = append(t.findings, fmt.Sprintf(format, args...))
}

// id returns an id that no other transfer has.
func (t *trier) id() string {
	return fmt.Sprintf("%s-%d", t.run, t.ids.Add(1))
}

// newCharge returns a charge of the user that was not sent before.
func (t *trier) newCharge(amount money.Rupiah) transfer.Transfer {
	id := t.id()
	return transfer.Transfer{ID: id, Kind: transfer.Charge, Payment: "P" + id, MiniAppID: "trial", UserID: t.UserID, Amount: amount, Title: "Selasar's trial"}
}

// refundOf returns a refund of a charge that was not sent before.
func (t *trier) refundOf(charge transfer.Transfer, amount money.Rupiah) transfer.Transfer {
	return transfer.Transfer{ID: t.id(), Kind: transfer.Refund, ChargeID: charge.ID, UserID: t.UserID, Amount: amount}
}

// expect sends a transfer, and reports any other state than the wanted one.
func (t *trier) expect(ctx context.Context, what string, one transfer.Transfer, want transfer.State) (ok bool) {
	o, err := t.client.Send(ctx, one)
	return t.compare(what, o, err, want)
}

func (t *trier) compare(what string, o transfer.Outcome, err error, want transfer.State) (ok bool) {
	switch {
	case err != nil:
		t.find("%s: %v", what, err)
	case o.State != want:
		t.find("%s: the outcome is %s (%s), and must be %s", what, o.State, o.Reason, want)
	default:
		return true
	}
	return false
}

// spent checks that the user has nothing left, and pays a charge of the whole balance back.
// So it notices money that was moved twice, or not at all.
func (t *trier) spent(ctx context.Context, after string, charge transfer.Transfer) {
	one := t.newCharge(1)
	if !t.expect(ctx, "one rupiah more than the balance, "+after, one, transfer.Declined) {
		t.expect(ctx, "giving that rupiah back", t.refundOf(one, 1), transfer.Done)
	}
	t.expect(ctx, "the refund of the balance, "+after, t.refundOf(charge, t.Balance), transfer.Done)
}
