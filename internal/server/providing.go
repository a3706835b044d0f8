package server

import (
	"cmp"
	"context"
	"log/slog"
	"net/netip"
	"net/url"
	"strconv"

	"github.com/selasar/selasar/internal/outbound"
	"github.com/selasar/selasar/internal/payment"
	"github.com/selasar/selasar/internal/provider"
	"github.com/selasar/selasar/internal/sqlstore"
	"github.com/selasar/selasar/internal/transfer"
)

// providing moves money at the operator's provider, and reads its users.
type providing struct {
	client *outbound.Client
	sender *transfer.Sender
	cancel context.CancelFunc
}

// prepareProvider connects the rules with the provider of the configuration. Without one,
// it does nothing. An automatic answer of a Responder pays nothing then.
func (p *Platform) prepareProvider(c Config) error {
	if c.Provider == nil {
		return nil
	}
	base, err := provider.ParseURL(c.Provider.URL)
	if err != nil {
		return err
	}
	config := *c.Provider
	limit := cmp.Or(config.Timeout, provider.DefaultTimeout)
	p.providing.client = outbound.New(outbound.Config{Own: c.Own, Allow: ownNetwork(base), Timeout: limit})
	config.Transport, config.Clock, config.Timeout = p.providing.client, p.Clock.Machine(), limit
	client, err := provider.New(config)
	if err != nil {
		return err
	}
	p.providing.sender = transfer.NewSender(transfer.Config{
		DB: sqlstore.View[transfer.Tx](p.DB), Clock: p.Clock, Machine: p.Clock.Machine(), Provider: client,
		Settle: p.Payments.TransferEnded, Unawaited: p.unawaited, Unclear: p.unclear, Alone: c.Database.URL == "",
	})
	p.Payments.Transfers = p.providing.sender
	p.Bank.Directory, p.Engine.Directory, p.directory = client, client, client
	return nil
}

// ownNetwork returns which private addresses the provider's client may call. The operator
// chose the provider's address, so it may be in a private network. It never is link-local,
// where clouds have their metadata. No redirect is followed, so no other host is called.
func ownNetwork(base *url.URL) func(netip.AddrPort) bool {
	port := cmp.Or(base.Port(), map[string]string{"http": "80", "https": "443"}[base.Scheme])
	return func(to netip.AddrPort) bool {
		at := to.Addr().Unmap()
		return strconv.Itoa(int(to.Port())) == port && (at.IsPrivate() || at.IsLoopback())
	}
}

// unawaited settles the sheet of a payment whose charge nobody waits for.
func (p *Platform) unawaited(ctx context.Context, t transfer.Transfer) error {
	return p.Engine.SettlePaid(ctx, t.Payment)
}

// unclear records the first try of a transfer without a certain outcome, and logs each.
func (p *Platform) unclear(t transfer.Transfer, why error) {
	slog.Warn("the provider gave no certain answer; it is asked again", "transfer", t.ID, "tries", t.Attempts, "error", why)
	if t.Attempts == 1 {
		p.Journal.Trace(payment.UnclearEntry(t, why))
	}
}

// sendTransfers sends the waiting transfers until Close.
func (p *Platform) sendTransfers() {
	if p.providing.sender == nil {
		return
	}
	ctx, cancel := context.WithCancel(context.Background())
	p.providing.cancel = cancel
	p.background.Go(func() { p.providing.sender.Run(ctx) })
}

// stopTransfers breaks off the running tries. Their outcomes are asked for after the next
// start.
func (p *Platform) stopTransfers() {
	if p.providing.sender == nil {
		return
	}
	p.providing.cancel()
	p.providing.sender.Wait()
	p.providing.client.Close()
}
