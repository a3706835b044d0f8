package payment

import "context"

// expire ends a payment whose time has passed, and reports whether it did. A held payment
// does not expire: the provider may have charged the user in time.
func (s *Service) expire(p *Payment) bool {
	if p.State.Final() || p.Held() || s.Clock.Now().UnixMilli() < p.ExpiresAt {
		return false
	}
	s.move(p, Expired, "")
	p.SheetAsk = ""
	return true
}

// atOnce is the largest number of payments in one sweep.
const atOnce = 100

// Sweep ends at most a hundred payments whose time has passed, and returns how many
// it ended. A payment in an open sheet ends with the sheet.
func (s *Service) Sweep(ctx context.Context) (ended int, err error) {
	err = s.DB.Write(ctx, func(tx Tx) error {
		ended = 0
		due, err := tx.Payments().Due(ctx, s.Clock.Now().UnixMilli(), atOnce)
		if err != nil {
			return err
		}
		for _, p := range due {
			over, err := s.sweep(ctx, tx, p.Ref)
			if err != nil {
				return err
			}
			if over {
				ended++
			}
		}
		return nil
	})
	return ended, err
}

// sweep ends one payment, unless it changed since it was found.
func (s *Service) sweep(ctx context.Context, tx Tx, ref string) (over bool, err error) {
	var p Payment
	err = tx.Payments().Change(ctx, ref, func(kept *Payment) error {
		over = kept.SheetAsk == "" && s.expire(kept)
		p = *kept
		return nil
	})
	if err == nil && over {
		err = s.told(ctx, tx, p, "")
	}
	return over, err
}
