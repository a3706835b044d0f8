package registry

import (
	"context"

	"github.com/selasar/selasar/internal/consent"
	"github.com/selasar/selasar/internal/problem"
	"github.com/selasar/selasar/internal/store"
)

// Expire applies the end of grants that have expired, for at most a hundred mini apps. It
// returns how many it changed.
func (s *Service) Expire(ctx context.Context) (int, error) {
	var due []string
	err := s.DB.Read(ctx, func(tx Tx) (err error) {
		due, err = tx.Registrations().Expiring(ctx, s.now(), 100)
		return err
	})
	for _, id := range due {
		if err == nil {
			err = s.DB.Write(ctx, func(tx Tx) error {
				_, err := s.change(ctx, tx, id, nil, func(*Registration) error { return nil })
				return err
			})
		}
		if problem.Is(err, problem.MiniAppUnknown) {
			err = nil // it was deleted since
		}
	}
	return len(due), err
}

// usersAtOnce is the number of users in one transaction of Withdraw.
const usersAtOnce = 100

// Withdraw withdraws the consents of deleted mini apps, and returns how many mini apps it
// finished. After a kill, the next start goes on: a consent that is withdrawn stays so.
func (s *Service) Withdraw(ctx context.Context) (int, error) {
	var due []string
	err := s.DB.Read(ctx, func(tx Tx) (err error) {
		due, err = tx.Registrations().Deleting(ctx, 10)
		return err
	})
	for _, id := range due {
		if err == nil {
			err = s.withdraw(ctx, id)
		}
	}
	return len(due), err
}

func (s *Service) withdraw(ctx context.Context, id string) error {
	for page := store.First(usersAtOnce); ; {
		var decided []consent.Entry
		next := ""
		err := s.DB.Write(ctx, func(tx Tx) (err error) {
			if decided, next, err = s.Consents.WithdrawAll(ctx, tx, id, page); err != nil || next != "" {
				return err
			}
			return tx.Registrations().Change(ctx, id, func(r *Registration) error {
				r.Status = Deleted
				return nil
			})
		})
		if err != nil {
			return err
		}
		consent.Tell(s.Events, decided...)
		if next == "" {
			return nil
		}
		page.Cursor = next
	}
}
