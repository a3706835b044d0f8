package payment

import "context"

// expire ends a payment whose time has passed, and says whether it did.
func (s *Service) expire(p *Payment) bool {
	if p.State.Final() || s.Clock.Now().UnixMilli() < p.ExpiresAt {
		return false
	}
	s.move(p, Expired, "")
	p.SheetAsk = ""
	return true
}

// atOnce is how much a sweep does in one transaction.
const atOnce = 100

// Sweep ends the payments whose time has passed, at most a hundred a call,
// and gives how many it ended. A payment in an open sheet ends when that does.
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

// sweep ends one payment, unless something else has happened to it since it
// was found.
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
