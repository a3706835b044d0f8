package serve

import (
	"context"
	"time"

	"github.com/selasar/selasar/internal/money"
	"github.com/selasar/selasar/internal/payment"
)

// LookAtCertificate makes the next handshake look at the certificate's files.
func (p *Platform) LookAtCertificate() {
	p.tls.mu.Lock()
	defer p.tls.mu.Unlock()
	p.tls.looked = time.Time{}
}

// Order makes a payment, as a mini app's backend does by BI-SNAP.
func (p *Platform) Order(ctx context.Context, miniAppID string, amount int64) (deeplink string, err error) {
	made, err := p.platform.Payments.Create(ctx, payment.Order{MiniAppID: miniAppID, Amount: money.Rupiah(amount), Title: "Es kopi", Via: payment.BySnap})
	return payment.Deeplink(made.Ref), err
}

// Sweep does the housekeeping now.
func (p *Platform) Sweep(ctx context.Context) error { return p.platform.Sweep(ctx) }
