package launch

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/selasar/selasar/internal/ask"
	"github.com/selasar/selasar/internal/consent"
	"github.com/selasar/selasar/internal/journal/event"
)

// Review closes the consent sheet of a launch if a launch that opens now would show
// another one: the user gave or withdrew a consent in another way, or the mini app was
// suspended. The launch opens, is refused, or gets a sheet with the new lines.
func (s *Service) Review(ctx context.Context, tx Tx, l Launch, a ask.Ask) (over bool, err error) {
	if l.State != Consent {
		return false, nil
	}
	app, err := tx.MiniApps().Get(ctx, l.MiniAppID)
	if err != nil {
		return false, err
	}
	var shown struct{ Consents []consent.Offer }
	if err := json.Unmarshal(a.Show, &shown); err != nil {
		return false, fmt.Errorf("reading the sheet of ask %s: %w", a.ID, err)
	}
	offers, err := due(ctx, tx, app, l.UserID)
	stops := app.Runs() != nil
	if err != nil || !stops && slices.Equal(offers, shown.Consents) {
		return false, err
	}
	now := s.Clock.Now()
	took, err := tx.Asks().Take(ctx, a.ID, ask.Withdrawn, now.UnixMilli())
	switch {
	case err != nil || !took:
		return false, err
	case stops:
		_, err = s.move(ctx, tx, l.ID, Refused, event.LaunchMove{Reason: event.AppSuspended})
	case len(offers) == 0:
		_, err = s.settle(ctx, tx, l, app, nil, event.Settler(event.Elsewhere))
	default:
		err = tx.Asks().Insert(ctx, s.sheet(l, app, offers, now))
	}
	return err == nil, err
}
